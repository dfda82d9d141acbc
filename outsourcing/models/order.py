"""外协加工单：给哪家加工商、做哪道工序、多少钱（第四章，A23.2、A41；附件4）。"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from orders.models import Order, OrderLine
from orders.models.part import OfOrder, OrderPart
from outsourcing import guards
from outsourcing.models.plan import OutsourcingPlan
from outsourcing.models.processor import Processor
from outsourcing.rights import approves_amount, leads, moves_or_works, works
from papers.numbered import Numbered, NumberedQuerySet
from parties.models import User
from reviews.models import Notice
from workflow import clock
from workflow.guards import Right


class OutsourcingQuerySet(OfOrder, NumberedQuerySet):
    """Outsourcing orders, narrowed to what a person may see."""

    def open(self) -> Self:
        """还没有收完的：草稿、已批准、加工中。"""
        return self.filter(state__in=OutsourcingOrder.OPEN)


class OutsourcingOrder(OrderPart, Numbered):
    """外协加工单：编制、批准、发出、收货、对账、结算；材料与收货另记，只加不改（第四章，A41）。

    What lies between `sent` and `received` (materials issued, in process, receiving, inspected) is computed.
    """

    series = "WX"
    provisional_prefix = "DW"
    lock_with = ("processor", "notice", "made_by")

    class State(models.TextChoices):
        DRAFT = "draft", _("待批准")
        APPROVED = "approved", _("待发出")
        SENT = "sent", _("加工中")
        RECEIVED = "received", _("已收完")
        RECONCILED = "reconciled", _("已对账")
        SETTLED = "settled", _("已结算")
        CANCELLED = "cancelled", _("已取消")

    OPEN: ClassVar = (State.DRAFT, State.APPROVED, State.SENT)

    order = models.ForeignKey(Order, models.PROTECT, related_name="outsourcing_orders", verbose_name=_("业务单"))
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="outsourcing_orders", verbose_name=_("通知单"))
    plan = models.ForeignKey(
        OutsourcingPlan, models.PROTECT, null=True, blank=True, related_name="orders", verbose_name=_("计划")
    )
    processor = models.ForeignKey(Processor, models.PROTECT, related_name="orders", verbose_name=_("加工商"))
    processor_name = models.CharField(_("加工商名称"), max_length=120)
    processor_contact = models.CharField(_("联系人、电话"), max_length=100, blank=True)
    processor_address = models.CharField(_("加工商地址"), max_length=200, blank=True)
    state = FSMField(_("状态"), max_length=20, choices=State, default=State.DRAFT, protected=True)
    delivery_date = models.DateField(_("交回日期"))
    transport = models.CharField(_("运输"), max_length=60, blank=True)
    terms = models.CharField(_("结算方式"), max_length=100, blank=True)
    requirement = models.TextField(_("加工与质量要求"), blank=True)
    amount = models.DecimalField(_("加工费"), max_digits=14, decimal_places=2, default=0)
    short_reason = models.TextField(_("短收原因"), blank=True)
    deduction = models.DecimalField(_("扣款"), max_digits=14, decimal_places=2, default=0)
    deduction_reason = models.TextField(_("扣款原因"), blank=True)
    payable = models.DecimalField(_("应付"), max_digits=14, decimal_places=2, null=True, blank=True)
    paid_on = models.DateField(_("付款日期"), null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("编制"))
    made_at = models.DateTimeField(_("编制时间"), default=clock.now)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("批准")
    )
    approved_at = models.DateTimeField(_("批准时间"), null=True, blank=True)
    sent_at = models.DateTimeField(_("发出时间"), null=True, blank=True)
    form_mark = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects: ClassVar[models.Manager[Any]] = OutsourcingQuerySet.as_manager()

    class Meta(OrderPart.Meta):
        verbose_name = verbose_name_plural = _("外协加工单")
        triggers: ClassVar = [*OrderPart.Meta.triggers, *Numbered.Meta.triggers]
        constraints: ClassVar = [
            *Numbered.Meta.constraints,
            models.CheckConstraint(
                name="outsourcing_amounts_are_money",
                condition=Q(amount__gte=0, amount__lt=10**12, deduction__gte=0, deduction__lt=10**12),
            ),
            models.CheckConstraint(
                name="outsourcing_payable_is_money",
                condition=Q(payable__isnull=True) | Q(payable__gte=0, payable__lt=10**12),
            ),
            models.CheckConstraint(
                name="reconciled_outsourcing_says_what_is_owed",
                condition=~Q(state__in=["reconciled", "settled"]) | Q(payable__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["order"], name="outsourcing_open_by_order", condition=Q(state__in=["draft", "approved", "sent"])
            ),
            models.Index(fields=["state", "-id"], name="outsourcing_by_state"),
            models.Index(fields=["processor", "-id"], name="outsourcing_by_processor"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.processor_name}"

    @cached_property
    def lines_now(self) -> list[OutsourcingLine]:
        """各行，锁住以后只读一次，连同收了多少。"""
        rows = OutsourcingLine.objects.filter(outsourcing=self).with_received().select_related("line")
        return list(rows.order_by("id"))

    # --- the machine, in the order of life ---------------------------------------------------------------------------
    @transition(
        field=state,
        source=State.DRAFT,
        target=State.APPROVED,
        permission=Right("outsourcing.approve", when=leads, unless=approves_amount),
        conditions=[guards.processor_is_in_use, guards.notice_holds],
        custom={"label": _("批准"), "article": "第四章，加工单", "rule": "A23.2", "takes_number": True},
    )
    def approve(self, *, by: User) -> None:
        """主任批准加工单，超过金额由总监批（第四章，加工单）。"""
        self.approved_by = by
        self.approved_at = clock.now()

    @transition(
        field=state,
        source=State.APPROVED,
        target=State.SENT,
        permission=Right("outsourcing.send", when=works),
        conditions=[guards.processor_is_in_use, guards.notice_holds],
        custom={"label": _("发出"), "article": "第四章，加工单", "rule": "A41"},
    )
    def send(self, *, by: User) -> None:
        """加工单发给加工商，可以发料、收货了（第四章，加工单）。"""
        self.sent_at = clock.now()

    @transition(
        field=state,
        source=State.SENT,
        target=State.RECEIVED,
        permission=Right("outsourcing.finish_receiving", when=moves_or_works),
        conditions=[guards.everything_came_back],
        custom={"label": _("收货完成"), "article": "第四章，收货", "rule": "A41"},
    )
    def finish_receiving(self, *, by: User) -> None:
        """各行收齐，或写明短收的原因（第四章，收货）。"""

    @transition(
        field=state,
        source=State.RECEIVED,
        target=State.RECONCILED,
        permission=Right("outsourcing.reconcile", when=leads),
        custom={"label": _("对账"), "article": "第四章，对账", "rule": "A23.5"},
    )
    def reconcile(self, *, by: User, payable: Decimal, deduction: Decimal, why: str) -> None:
        """与加工商对清收了多少、扣多少、应付多少（第四章，对账）。"""
        self.payable = payable
        self.deduction = deduction
        self.deduction_reason = why

    @transition(
        field=state,
        source=State.RECONCILED,
        target=State.SETTLED,
        permission=Right("outsourcing.settle"),
        custom={"label": _("结算"), "article": "第四章，结算", "rule": "A23.5"},
    )
    def settle(self, *, by: User, paid_on: dt.date) -> None:
        """财务付清加工费（第四章，结算）。"""
        self.paid_on = paid_on

    @transition(
        field=state,
        source=[State.DRAFT, State.APPROVED, State.SENT],
        target=State.CANCELLED,
        permission=Right("outsourcing.cancel", when=works),
        conditions=[guards.nothing_lies_outside],
        custom={"label": _("取消加工单"), "article": "第四章，加工单", "rule": "A41"},
    )
    def cancel(self, *, by: User) -> None:
        """不外发了；材料都退回、也没有收过货才行（第四章，加工单）。"""


class LineQuerySet(models.QuerySet["OutsourcingLine"]):
    """Lines of outsourcing orders with what came back."""

    def with_received(self) -> Self:
        """Annotate the sums of what came back, by finding; corrected receipts do not count."""
        stands = Q(receipts__corrected_by__isnull=True)
        zero = models.Value(Decimal(0))
        sums = {
            name: models.functions.Coalesce(models.Sum(f"receipts__{field}", filter=stands), zero)
            for name, field in (
                ("received_sum", "received"), ("accepted_sum", "accepted"), ("concession_sum", "concession"),
                ("rework_sum", "rework"), ("rejected_sum", "rejected"),
            )
        }  # fmt: skip
        return self.annotate(**sums)


class OutsourcingLine(models.Model):
    """加工单的一行：业务单哪一行、哪道工序、数量与单价（附件4）。"""

    outsourcing = models.ForeignKey(OutsourcingOrder, models.CASCADE, related_name="lines")
    order = models.ForeignKey(Order, models.PROTECT, related_name="+")
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="outsourcing_lines")
    operation = models.CharField(_("工序"), max_length=60)
    specification = models.CharField(_("加工要求"), max_length=200, blank=True)
    unit = models.CharField(_("单位"), max_length=10)
    quantity = models.DecimalField(_("数量"), max_digits=14, decimal_places=3)
    unit_price = models.DecimalField(_("单价"), max_digits=18, decimal_places=6)
    amount = models.DecimalField(_("金额"), max_digits=14, decimal_places=2)
    remark = models.CharField(_("备注"), max_length=200, blank=True)

    received_sum: Decimal
    accepted_sum: Decimal
    concession_sum: Decimal
    rework_sum: Decimal
    rejected_sum: Decimal

    objects: ClassVar[models.Manager[Any]] = LineQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("加工单明细")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["outsourcing", "id"], name="outsourcing_line_belongs"),
            models.CheckConstraint(
                name="outsourcing_line_is_a_quantity", condition=Q(quantity__gt=0, quantity__lt=10**11)
            ),
            models.CheckConstraint(
                name="outsourcing_price_is_money", condition=Q(unit_price__gte=0, unit_price__lt=10**12)
            ),
            models.CheckConstraint(
                name="outsourcing_line_amount_is_money", condition=Q(amount__gte=0, amount__lt=10**12)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.operation}"

    @property
    def good(self) -> Decimal:
        """收回可用的：合格加让步。"""
        return self.accepted_sum + self.concession_sum

    @property
    def least(self) -> Decimal:
        """短缺容差之内算收齐的最小数量，容差同业务单那一行。"""
        return self.quantity * (100 - self.line.under_percent) / 100

    @property
    def most(self) -> Decimal:
        """溢装容差之内最多可收的数量，容差同业务单那一行。"""
        return self.quantity * (100 + self.line.over_percent) / 100
