"""What the orders floor tells the floors below when they ask."""

from __future__ import annotations

from orders.models import Order
from papers.registry import sees
from parties.models import User


@sees("orders_order")
def order_is_visible(user: User, pk: int) -> bool:
    """看得见业务单的人，才看得见它的文件（B7）。"""
    return bool(Order.objects.visible_to(user).filter(pk=pk).exists())
