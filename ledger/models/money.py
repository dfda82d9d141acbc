"""钱落在哪里：分配、分配到行、冲销；都只加不改（A63、I7）。"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.models import columns
from ledger.models.invoice import Invoice, InvoiceLine
from ledger.models.payment import Payment
from ledger.models.triggers import NEVER_OVER_ALLOCATED, NEVER_OVER_PAID
from orders.models import Order, OrderLine
from workflow import clock
from workflow.models import AppendOnly


class Allocation(AppendOnly):
    """一笔收款分给一张发票、一张业务单或一笔退款多少（A63）；待确认的收款上只是打算。"""

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="allocations")
    invoice = models.ForeignKey(
        Invoice, models.PROTECT, null=True, blank=True, related_name="allocations", verbose_name=_("发票")
    )
    order = models.ForeignKey(
        Order, models.PROTECT, null=True, blank=True, related_name="allocations", verbose_name=_("业务单")
    )
    refund = models.ForeignKey(
        Payment, models.PROTECT, null=True, blank=True, related_name="sources", verbose_name=_("退款")
    )
    amount = columns.money(_("金额"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("分配人"))
    at = models.DateTimeField(_("时间"), default=clock.now)

    class Meta(AppendOnly.Meta):
        verbose_name = verbose_name_plural = _("收款分配")
        triggers: ClassVar = [*AppendOnly.Meta.triggers, NEVER_OVER_ALLOCATED]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="allocation_has_one_target",
                condition=(
                    Q(invoice__isnull=False, order__isnull=True, refund__isnull=True)
                    | Q(invoice__isnull=True, order__isnull=False, refund__isnull=True)
                    | Q(invoice__isnull=True, order__isnull=True, refund__isnull=False)
                ),
            ),
            models.CheckConstraint(name="allocation_is_money", condition=Q(amount__gt=0, amount__lt=10**12)),
        ]

    def __str__(self) -> str:
        return f"{self.payment_id} {self.amount}"


class AllocationLine(AppendOnly):
    """分配落到行：哪一行货收了多少；没有发票行的是预收，开票时转到发票行上，一出一进（A62、A63）。"""

    class Cause(models.TextChoices):
        PLACED = "placed", _("收款")
        SETTLED = "settled", _("预收冲票")
        RELEASED = "released", _("红字退回预收")
        REVERSED = "reversed", _("冲销")

    allocation = models.ForeignKey(Allocation, models.PROTECT, related_name="lines")
    order = models.ForeignKey(Order, models.PROTECT, related_name="allocation_lines", verbose_name=_("业务单"))
    order_line = models.ForeignKey(
        OrderLine, models.PROTECT, related_name="allocation_lines", verbose_name=_("业务单行")
    )
    invoice_line = models.ForeignKey(
        InvoiceLine,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="allocation_lines",
        verbose_name=_("发票行"),
    )
    cause = models.CharField(_("缘由"), max_length=10, choices=Cause, default=Cause.PLACED)
    amount = columns.money(_("金额"))
    day = models.DateField(_("日期"))
    at = models.DateTimeField(_("记账时间"), default=clock.now)

    class Meta(AppendOnly.Meta):
        verbose_name = verbose_name_plural = _("收款分配行")
        triggers: ClassVar = [*AppendOnly.Meta.triggers, NEVER_OVER_PAID]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="allocation_line_is_money",
                condition=Q(amount__gt=-(10**12), amount__lt=10**12) & ~Q(amount=0),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["order", "order_line"], name="allocation_line_by_order")]

    def __str__(self) -> str:
        return f"{self.order_line_id} {self.amount:+}"


class PaymentReversal(AppendOnly):
    """冲销：一笔收款只能冲销一次，何时、何人、何故（A63）。"""

    payment = models.OneToOneField(Payment, models.PROTECT, related_name="reversal")
    day = models.DateField(_("冲销日期"))
    reason = models.TextField(_("理由"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("冲销人"))
    at = models.DateTimeField(_("时间"), default=clock.now)

    class Meta(AppendOnly.Meta):
        verbose_name = verbose_name_plural = _("收款冲销")

    def __str__(self) -> str:
        return f"{self.payment_id} {self.day}"
