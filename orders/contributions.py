"""What the orders floor tells the floors below when they ask."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from orders.events import OrderAct, OrderActs, OrderChains
from orders.models import FormSheet, Order, OrderContract, Quotation
from orders.rights import works
from orders.services.contract import WHILE
from papers.registry import sees
from parties.models import User
from workflow.events import contributes

CONTRACT_URGENCY = 60


@sees("orders_order")
def order_is_visible(user: User, pk: int) -> bool:
    """看得见业务单的人，才看得见它的文件（B7）。"""
    return bool(Order.objects.visible_to(user).filter(pk=pk).exists())


@sees("orders_formsheet")
def sheet_is_mine(user: User, pk: int) -> bool:
    """还没存成业务单的文件，只有开表的人看得见（B7）。"""
    return FormSheet.objects.filter(pk=pk, owner=user).exists()


@sees("orders_quotation")
def quotation_is_visible(user: User, pk: int) -> bool:
    """看得见报价单的人，才看得见它的文件（B7）。"""
    return bool(Quotation.objects.visible_to(user).filter(pk=pk).exists())


@sees("orders_ordercontract")
def contract_is_visible(user: User, pk: int) -> bool:
    """看得见业务单、又看得见金额的人，才看得见合同（B7）。"""
    return bool(OrderContract.objects.visible_to(user).filter(pk=pk).exists())


@contributes(OrderChains)
def quotation_of_the_order(request: OrderChains) -> list[str]:
    """成单的报价也在业务单的时间线上（B1、B8）。"""
    found = Quotation.objects.filter(order=request.order_id).order_by("pk")
    return [quotation.chain for quotation in found.only("pk")]


@contributes(OrderActs)
def contract_to_make(request: OrderActs) -> list[OrderAct]:
    """发订单确认书：受理以后，还没有现行的（B1b）。"""
    order, user = request.order, request.user
    if order.state not in WHILE or not (user.may("orders.contract") and works(order, user)):
        return []
    if order.contracts.current().exists():
        return []
    return [
        OrderAct("contract", _("发订单确认书"), reverse("orders:new_contract", args=[order.number]), CONTRACT_URGENCY)
    ]
