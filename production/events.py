"""Facts the production floor announces, and what it asks before one of them is taken back (DESIGN §4)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from orders.models import Order


# --- facts ------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class GoodsPassed:
    """一行货检验合格（合格 + 让步）若干，可以入成品库；更正检验时是差额，可以为负（A51、E7）。

    Announced under the order's lock, in the transaction of the inspection. `quantity` is never zero.
    """

    order_id: int
    line_id: int
    quantity: Decimal
    inspection_id: int
    report_no: str
    actor_id: int


# --- questions: a higher floor may object -----------------------------------------------------------------------------
@dataclass(frozen=True)
class MayTakeBackPassed:
    """更正会减少已合格数：还在成品库里吗？（E7：成品台账不为负）`quantity` is how much would be taken back."""

    order: Order
    line_id: int
    quantity: Decimal
