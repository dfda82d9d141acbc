"""Relations between a person and a delivery: who works the orders on it (A3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orders.rights import works

if TYPE_CHECKING:
    from parties.models import User


def works_all(document: Any, user: User) -> bool:
    """办这张送货单（退货单）上每一张业务单的人：跟单员本人，或带他的主任（第三条）。"""
    return all(works(order, user) for order in document.orders_now)
