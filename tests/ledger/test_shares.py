"""按比例分摊（I10）：分得的加起来一分不差，谁也不超过自己的一份。"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.shares import shared
from orders.models.line import amounts

SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
CENTS = st.integers(min_value=0, max_value=10**9).map(lambda cents: Decimal(cents) / 100)


@pytest.mark.rule("I10")
@settings(SLOW, max_examples=300)
@given(parts=st.lists(CENTS, min_size=1, max_size=12), per_mille=st.integers(min_value=0, max_value=1000))
def test_shares_add_up_and_none_exceeds_its_part(parts: list[Decimal], per_mille: int) -> None:
    amount = (sum(parts, Decimal(0)) * per_mille / 1000).quantize(Decimal("0.01"), "ROUND_DOWN")

    shares = shared(amount, parts)

    assert sum(shares) == amount
    assert all(0 <= share <= part for share, part in zip(shares, parts, strict=True))


@pytest.mark.rule("I10")
def test_the_last_takes_the_remainder() -> None:
    third = Decimal("33.33")
    assert shared(Decimal("0.10"), [third, third, third]) == [Decimal("0.03"), Decimal("0.04"), Decimal("0.03")]
    assert shared(Decimal("99.99"), [third, third, third]) == [third, third, third]
    assert shared(Decimal(0), [Decimal(0)]) == [0]


@pytest.mark.rule("I7")
def test_more_than_there_is_is_never_shared() -> None:
    for amount in (Decimal("1.01"), Decimal("-0.01")):
        with pytest.raises(ValueError, match="cannot be shared"):
            shared(amount, [Decimal(1)])


QUANTITY = st.integers(min_value=1, max_value=10**7).map(lambda n: Decimal(n) / 1000)
PRICE = st.integers(min_value=0, max_value=10**9).map(lambda n: Decimal(n) / 10**6)
RATE = st.sampled_from([Decimal(rate) for rate in ("0", "0.01", "0.06", "0.09", "0.13")])


@pytest.mark.rule("I10")
@settings(SLOW, max_examples=500)
@given(parts=st.lists(QUANTITY, min_size=1, max_size=6), price=PRICE, rate=RATE, included=st.booleans())
def test_running_totals_of_any_parts_are_the_whole(
    parts: list[Decimal], price: Decimal, rate: Decimal, included: bool
) -> None:
    whole = amounts(sum(parts, Decimal(0)), price, tax_rate=rate, prices_include_tax=included)
    reached, before, taken = Decimal(0), (Decimal(0), Decimal(0)), []
    for part in parts:
        reached += part
        after = amounts(reached, price, tax_rate=rate, prices_include_tax=included)
        taken.append((after[0] - before[0], after[1] - before[1]))
        before = after

    assert (sum(gross for gross, _tax in taken), sum(tax for _gross, tax in taken)) == whole
    assert all(gross >= 0 and tax >= 0 for gross, tax in taken)
