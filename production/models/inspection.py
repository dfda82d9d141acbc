"""检验：品质部门放行，成品才能发货；只加不改，更正另记一次（第五章，品质放行，A51）。"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from orders.models import Order, OrderLine
from orders.models.part import OfOrder
from workflow import clock
from workflow.history import AppendOnlyQuerySet
from workflow.models import AppendOnly

MOST = 10**11


class InspectionQuerySet(OfOrder, AppendOnlyQuerySet):
    """Inspections, narrowed to those that stand and that a person may see."""

    def standing(self) -> Self:
        """没有被更正的。"""
        return self.filter(corrected_by__isnull=True)


class Inspection(AppendOnly):
    """一行的一次检验：合格、让步接收、返工、拒收各多少；检验报告凭 `report_no`（第五章，品质放行）。

    合格数不受订货数与巡查数的限制（多做是常事）。`report_no` is unique per line among first records;
    a correction may repeat it. A correction replaces the record that it names, whole.
    `entry` makes a form that is sent twice act once.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="inspections")
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="inspections")
    notice = models.ForeignKey("reviews.Notice", models.PROTECT, related_name="inspections", verbose_name=_("通知单"))
    accepted = models.DecimalField(_("合格"), max_digits=14, decimal_places=3)
    concession = models.DecimalField(_("让步接收"), max_digits=14, decimal_places=3, default=0)
    rework = models.DecimalField(_("返工"), max_digits=14, decimal_places=3, default=0)
    rejected = models.DecimalField(_("拒收"), max_digits=14, decimal_places=3, default=0)
    report_no = models.CharField(_("检验报告号"), max_length=40, blank=True)
    note = models.TextField(_("说明"), blank=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by", verbose_name=_("更正")
    )
    entry = models.UUIDField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("检验人"))
    at = models.DateTimeField(_("时间"), default=clock.now)
    recorded_at = models.DateTimeField(_("登记时间"), default=clock.now)

    objects: ClassVar[models.Manager[Any]] = InspectionQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        verbose_name = verbose_name_plural = _("检验")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="inspection_figures_are_quantities",
                condition=Q(
                    accepted__gte=0, accepted__lt=MOST, concession__gte=0, concession__lt=MOST,
                    rework__gte=0, rework__lt=MOST, rejected__gte=0, rejected__lt=MOST,
                ),
            ),
            models.CheckConstraint(
                name="inspection_looked_at_something",
                condition=Q(corrects__isnull=False)
                | Q(accepted__gt=-F("concession") - F("rework") - F("rejected")),
            ),
            models.UniqueConstraint(fields=["line", "entry"], name="one_inspection_per_line_and_entry"),
            models.UniqueConstraint(
                fields=["line", "report_no"],
                condition=Q(corrects__isnull=True) & ~Q(report_no=""),
                name="inspection_report_once_per_line",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["order", "-at"], name="inspection_of_order")]

    def __str__(self) -> str:
        return f"{self.line_id} {self.accepted}"

    @property
    def passed(self) -> Decimal:
        """放行数：合格加让步接收（A51）。"""
        return self.accepted + self.concession

    @property
    def inspected(self) -> Decimal:
        """检了多少。"""
        return self.passed + self.rework + self.rejected
