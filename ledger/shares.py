"""An amount shared out in proportion, to the cent: nobody gets more than the own part, the last takes the remainder."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from orders.models.line import CENT

NONE = Decimal(0)


def shared(amount: Decimal, parts: Sequence[Decimal]) -> list[Decimal]:
    """Split `amount` ≤ Σ parts over parts ≥ 0 pro rata; the shares add up to it exactly and none exceeds its part.

    Rounding the running sum, not each share, is what keeps both promises.
    """
    whole = sum(parts, NONE)
    if not NONE <= amount <= whole:
        raise ValueError(f"{amount} cannot be shared over {whole}")
    shares, before, reached = [], NONE, NONE
    for part in parts:
        reached += part
        upto = (amount * reached / whole).quantize(CENT, ROUND_HALF_UP) if whole else NONE
        shares.append(upto - before)
        before = upto
    return shares
