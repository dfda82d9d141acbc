"""关了的行：只值已经净发的那些，业务单的合计跟着它走（第二十二条、A62）。"""

from __future__ import annotations

from collections.abc import Iterable

from orders.models import Order, OrderLine
from orders.models.line import totals
from orders.selectors import shipped_of
from workflow import clock
from workflow.machine import together


@together
def reckon_closed(lines: Iterable[OrderLine]) -> None:
    """关了的行退了货、更正了单价（由台账章在入账时推动）：它值多少、业务单合计多少，重算一遍（A62）。"""
    closed = [line for line in lines if line.closed]
    worth = shipped_of(closed)
    for line in closed:
        line.amount, line.tax_amount = worth[line.pk].amount, worth[line.pk].tax
    OrderLine.objects.bulk_update(closed, ["amount", "tax_amount"])
    for order_id in sorted({line.order_id for line in closed}):
        amount, tax = totals(OrderLine.objects.filter(order=order_id))
        Order.objects.filter(pk=order_id).update(amount=amount, tax_amount=tax, updated_at=clock.now())
