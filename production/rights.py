"""Relations between a person and the work in the shop: who visits, who inspects (第三条、第六条、A51)."""

from __future__ import annotations

from orders.kinds import KindRules
from orders.models import Order, OrderLine
from orders.models.kind import kept
from orders.rights import works
from parties.models import User

VISIT = "production.visit"
INSPECT = "production.inspect"


def visits(order: Order, user: User) -> bool:
    """巡查这张单的人：跟单员本人，或带他的主任（第六条）。"""
    return user.may(VISIT) and works(order, user)


def kind_of(order: Order, line: OrderLine) -> KindRules:
    """这一行的业务种类：行上写明的，没有就是整单的（A6.4e）。"""
    return kept(line.kind_version_id).rules if line.kind_version_id else order.kind


def concerned(order: Order, line: OrderLine, user: User) -> bool:
    """这一行归不归这个人的品质部门（A51）。"""
    department = user.department
    return department is not None and department.code in kind_of(order, line).departments
