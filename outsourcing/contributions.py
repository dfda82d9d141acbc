"""What outsourcing adds to an order's page (DESIGN §4)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from orders.events import ChangeImpact, Impact, OrderAct, OrderActs, OrderTab, OrderTabs
from orders.models import Order
from orders.rights import works
from outsourcing.changes import impacts_of
from outsourcing.models import OutsourcingLine, OutsourcingOrder
from outsourcing.rights import CREATE, VIEW
from outsourcing.selectors import lines_of, visible_outsourcing
from outsourcing.services.making import WHILE
from papers.registry import sees
from parties.models import User
from workflow.events import contributes

URGENCY = 70


@dataclass
class Outside:
    """一张业务单的外协：各加工单及其各行。"""

    order: Order
    user: User

    @cached_property
    def documents(self) -> list[tuple[OutsourcingOrder, list[OutsourcingLine]]]:
        found = list(visible_outsourcing(self.user).filter(order=self.order).order_by("-id"))
        lines = lines_of(found)
        return [(document, lines[document.pk]) for document in found]

    @property
    def may_create(self) -> bool:
        return self.order.state in WHILE and self.user.may(CREATE) and works(self.order, self.user)

    @property
    def new_url(self) -> str:
        return f"{reverse('outsourcing:new')}?order={self.order.number}"


@contributes(OrderTabs)
def outsourcing_tab(request: OrderTabs) -> list[OrderTab]:
    """外协：这张单的加工单。"""
    if not request.user.may(VIEW):
        return []
    outside = Outside(request.order, request.user)
    return [OrderTab("outsourcing", _("外协"), "", "outsourcing/_order_tab.html", {"outside": outside}, 45)]


@contributes(OrderActs)
def outsourcing_acts(request: OrderActs) -> list[OrderAct]:
    """新建加工单。"""
    outside = Outside(request.order, request.user)
    return [OrderAct("outsource", _("新建加工单"), outside.new_url, URGENCY)] if outside.may_create else []


@sees("outsourcing_outsourcingorder")
def outsourcing_is_visible(user: User, pk: int) -> bool:
    """看得见加工单的人，才看得见它的文件（B7）。"""
    return bool(OutsourcingOrder.objects.visible_to(user).filter(pk=pk).exists())


@contributes(ChangeImpact)
def work_outside(request: ChangeImpact) -> list[Impact]:
    """更改碰到的外协：开着的加工单、发出去的材料（第二十二条）。"""
    return list(impacts_of(request.order, request.changes))
