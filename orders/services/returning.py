"""主任退回：理由，和写在栏目旁的意见（第六条，A6.1e）。"""

from __future__ import annotations

from collections.abc import Mapping

from orders.models import Order, OrderReturn, ReturnRemark
from orders.remarks import remarks_on
from parties.models import User
from workflow.machine import locked, perform, together


@together
def return_to_coordinator(order: Order, reason: str, *, actor: User, remarks: Mapping[str, str] | None = None) -> Order:
    """主任退回补充：写明理由，意见可以写在栏目旁，跟单员改单时看得见（第六条）。"""
    order = locked(order)
    noted = remarks_on(order, remarks or {})
    words = reason.strip()
    told = "；".join([words.rstrip("。；"), *map(str, noted)]) if words and noted else words
    order = perform(order, "return_to_coordinator", actor=actor, reason=told, words=words)
    returned = OrderReturn.objects.create(order=order, reason=words, by=actor)
    for remark in noted:
        remark.returned = returned
    ReturnRemark.objects.bulk_create(noted)
    return order
