"""What the register of samples shows on an order's page, and who sees its files (DESIGN §4)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from orders.events import OrderTab, OrderTabs
from orders.models import Order, OrderLine, State
from orders.rights import works
from papers.registry import sees
from parties.models import User
from samples.models import Loan, Sample, SampleDispatch
from samples.rights import KEEP
from samples.selectors import open_loans, proofed_not_retained, visible_dispatches, visible_samples, without_retained
from workflow.events import contributes

PLACE = 35
MADE = (State.SHIPPING, State.COLLECTING, State.COMPLETED)
GONE = (State.REJECTED, State.CANCELLED)
BEFORE = (State.DRAFT, State.REJECTED)


@dataclass
class OnOrder:
    """一张业务单的样品：在册的、在外的、寄出的、还没有留样的。"""

    order: Order
    user: User

    @cached_property
    def samples(self) -> list[Sample]:
        return list(visible_samples(self.user).filter(order=self.order).order_by("-pk")[:100])

    @cached_property
    def loans(self) -> list[Loan]:
        return list(open_loans(self.order))

    @cached_property
    def dispatches(self) -> list[SampleDispatch]:
        return list(visible_dispatches(self.user).filter(order=self.order).order_by("-pk")[:50])

    @cached_property
    def missing(self) -> list[OrderLine]:
        """做好了还没有留样的行（第十条）。"""
        if self.order.state not in MADE:
            return []
        return list(without_retained(OrderLine.objects.goods().filter(order=self.order)).order_by("position"))

    @cached_property
    def proofs_missing(self) -> list[OrderLine]:
        """打了样还没有留一件的行（第十条）。"""
        if self.order.state in GONE:
            return []
        return list(proofed_not_retained(OrderLine.objects.goods().filter(order=self.order)).order_by("position"))

    @property
    def may_register(self) -> bool:
        return self.order.state not in BEFORE and self.user.may(KEEP) and works(self.order, self.user)

    @property
    def new_url(self) -> str:
        return f"{reverse('samples:new')}?order={self.order.number}"


@contributes(OrderTabs)
def samples_tab(request: OrderTabs) -> list[OrderTab]:
    """样品：这张单的标样、样张、留样、客供料，谁借着，寄了什么。"""
    count = open_loans(request.order).count()
    held = OnOrder(request.order, request.user)
    name = _("样品")
    return [OrderTab("samples", name, str(count or ""), "samples/_order_tab.html", {"held": held}, PLACE)]


@sees("samples_sample")
def sample_is_visible(user: User, pk: int) -> bool:
    """看得见样品的人，才看得见它的照片（B7）。"""
    return bool(Sample.objects.visible_to(user).filter(pk=pk).exists())


@sees("samples_loan")
def loan_is_visible(user: User, pk: int) -> bool:
    """看得见样品的人，才看得见它的领用单（B7）。"""
    return bool(Loan.objects.visible_to(user).filter(pk=pk).exists())


@sees("samples_sampledispatch")
def dispatch_is_visible(user: User, pk: int) -> bool:
    """看得见寄样的人，才看得见样品寄送单（B7）。"""
    return bool(SampleDispatch.objects.visible_to(user).filter(pk=pk).exists())
