"""退货：客户退回的货，登记、收到（第五章，退货）。"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from orders.models import Order
from papers.numbered import Numbered, NumberedQuerySet
from parties.models import User
from shipping import guards
from shipping.models.delivery import Delivery
from shipping.models.limits import WITHIN_WHAT_WAS_SHIPPED
from shipping.models.lines import DeliveryLine, ReturnLine
from workflow import clock
from workflow.guards import Right
from workflow.models import Stateful


class ReturnQuerySet(NumberedQuerySet):
    """Returns, narrowed to what a person may see."""

    def visible_to(self, user: User) -> Self:
        """看得见送货单的人，看得见它的退货（第三条、B7）。"""
        return self.filter(delivery__in=Delivery.objects.visible_to(user))


class Return(Stateful, Numbered):
    """退货单：哪张送货单退回什么，怎么处理（A56）。"""

    class State(models.TextChoices):
        REGISTERED = "registered", _("已登记")
        RECEIVED = "received", _("已收到")

    class Kind(models.TextChoices):
        CREDIT = "credit", _("冲减")
        REPLACE = "replace", _("换货")
        REWORK = "rework", _("返工")
        SCRAP = "scrap", _("报废")

    series = "TH"
    provisional_prefix = "R"
    lock_with = ("delivery",)

    state = FSMField(_("状态"), max_length=20, choices=State, default=State.REGISTERED, protected=True)
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="returns", verbose_name=_("送货单"))
    order = models.ForeignKey(Order, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(_("处理"), max_length=10, choices=Kind)
    reason = models.CharField(_("退货原因"), max_length=300)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("登记时间"), default=clock.now)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    received_on = models.DateField(_("收到日期"), null=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[models.Manager[Any]] = ReturnQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("退货单")
        triggers: ClassVar = [*Stateful.Meta.triggers, *Numbered.Meta.triggers, WITHIN_WHAT_WAS_SHIPPED]
        constraints: ClassVar = [*Numbered.Meta.constraints]

    def __str__(self) -> str:
        return f"{self.number} {self.reason[:20]}"

    @property
    def chain(self) -> str:
        return f"orders_order:{self.order_id}" if self.order_id else f"shipping_delivery:{self.delivery_id}"

    def chain_roots(self) -> models.QuerySet[Any]:
        orders = DeliveryLine.objects.filter(delivery=self.delivery_id).values("order")
        return Order.objects.filter(pk__in=orders).select_related("team", "customer")

    def take_roots(self, roots: Iterable[Any]) -> None:
        self.orders_now = list(roots)

    @cached_property
    def orders_now(self) -> list[Order]:
        """送货单上的业务单。"""
        return list(self.chain_roots().order_by("pk"))

    @cached_property
    def lines_now(self) -> list[ReturnLine]:
        """各行及其送货单行、业务单行。"""
        return list(self.lines.select_related("delivery_line", "order_line").order_by("position"))

    @cached_property
    def _already(self) -> dict[int, Decimal]:
        sent = [line.delivery_line_id for line in self.lines_now]
        rows = ReturnLine.objects.filter(delivery_line__in=sent, document__state=Return.State.RECEIVED)
        return dict(rows.order_by().values_list("delivery_line").annotate(total=Sum("quantity")))

    def returned_already(self, line: ReturnLine) -> Decimal:
        """同一送货单行，已收到的退货共多少（I5）。"""
        same = [
            one.quantity
            for one in self.lines_now
            if one.delivery_line_id == line.delivery_line_id and one.position < line.position
        ]
        return sum(same, self._already.get(line.delivery_line_id, Decimal(0)))

    @transition(
        field=state,
        source=State.REGISTERED,
        target=State.RECEIVED,
        permission=Right("shipping.receive_return"),
        conditions=[guards.returned_was_shipped],
        custom={"label": _("收到退货"), "article": "第五章，退货", "rule": "A56", "takes_number": True},
    )
    def receive(self, *, by: User) -> None:
        """退货到仓库，点数收下（第五章，退货）。"""
        self.received_by = by
        self.received_on = clock.today()
