"""Facts the shipping floor announces and questions it asks (DESIGN §4); the ledger answers and enters."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shipping.models import Delivery


# --- facts ------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class LineDispatched:
    """送货单的一行已发出（第五章）：`quantity` 是订货数量，`spare` 是不计价的备品；`replaces` 是所补的退货行。

    A line with `replaces` is a replacement: price 0, no new debt. Announced once per line.
    """

    order_id: int
    order_line_id: int
    delivery_line_id: int
    delivery_id: int
    quantity: Decimal
    spare: Decimal
    on: dt.date
    replaces: int | None = None
    actor_id: int = 0


@dataclass(frozen=True)
class GoodsDispatched:
    """一张送货单已发出，各行一次说完：announced once per dispatch, beside one `LineDispatched` a line.

    Whoever writes rows reacts to this one (one batch), never to both.
    """

    delivery_id: int
    on: dt.date
    lines: tuple[LineDispatched, ...]


@dataclass(frozen=True)
class LineReturned:
    """退货的一行已收到（A56）；`kind` 是 credit 冲减、replace 换货、rework 返工、scrap 报废，只有冲减减少应收。"""

    order_id: int
    order_line_id: int
    delivery_line_id: int
    delivery_id: int
    return_id: int
    return_line_id: int
    quantity: Decimal
    kind: str
    on: dt.date
    actor_id: int = 0


@dataclass(frozen=True)
class GoodsReturned:
    """一张退货单已收到，各行一次说完：announced once per receipt, beside one `LineReturned` a line."""

    return_id: int
    on: dt.date
    kind: str
    lines: tuple[LineReturned, ...]


# --- questions: a higher floor may object -----------------------------------------------------------------------------
@dataclass(frozen=True)
class MayNotify:
    """可以通知仓库备货吗？"""

    delivery: Delivery


@dataclass(frozen=True)
class MayDispatch:
    """可以发出吗？（A53：款到发货、信用额度、逾期）

    `delivery.orders_now` are its locked orders, `delivery.lines_now` its lines with `order_line` at hand,
    `delivery.waived` whether the director let this delivery pass; all three cost no query more.
    """

    delivery: Delivery
