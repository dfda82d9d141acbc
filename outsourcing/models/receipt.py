"""收货：收了多少，合格、让步、返工、拒收各多少；只加不改（第四章，A23.4、A41）。"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from outsourcing.models.order import OutsourcingLine, OutsourcingOrder
from reviews.models import Notice
from workflow import clock
from workflow.history import AppendOnlyQuerySet
from workflow.models import AppendOnly

MOST = 10**11


class ReceiptQuerySet(AppendOnlyQuerySet):
    """Receipts, narrowed to those that stand."""

    def standing(self) -> Self:
        """没有被更正的。"""
        return self.filter(corrected_by__isnull=True)


class Receipt(AppendOnly):
    """收一次货：收货 = 合格 + 让步 + 返工 + 拒收；返工、拒收的退回加工商（第四章，A41）。"""

    outsourcing = models.ForeignKey(OutsourcingOrder, models.PROTECT, related_name="receipts")
    line = models.ForeignKey(OutsourcingLine, models.PROTECT, related_name="receipts")
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="+", verbose_name=_("通知单"))
    received = models.DecimalField(_("收货"), max_digits=14, decimal_places=3)
    accepted = models.DecimalField(_("合格"), max_digits=14, decimal_places=3)
    concession = models.DecimalField(_("让步接收"), max_digits=14, decimal_places=3, default=0)
    rework = models.DecimalField(_("返工"), max_digits=14, decimal_places=3, default=0)
    rejected = models.DecimalField(_("拒收"), max_digits=14, decimal_places=3, default=0)
    report_no = models.CharField(_("检验报告号"), max_length=40, blank=True)
    note = models.TextField(_("说明"), blank=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by", verbose_name=_("更正")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("收货人"))
    at = models.DateTimeField(_("时间"), default=clock.now)

    objects: ClassVar[models.Manager[Any]] = ReceiptQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        verbose_name = verbose_name_plural = _("外协收货")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="receipt_figures_are_quantities",
                condition=Q(
                    received__gte=0, received__lt=MOST, accepted__gte=0, accepted__lt=MOST, concession__gte=0,
                    concession__lt=MOST, rework__gte=0, rework__lt=MOST, rejected__gte=0, rejected__lt=MOST,
                ),
            ),
            models.CheckConstraint(
                name="receipt_adds_up",
                condition=Q(received=F("accepted") + F("concession") + F("rework") + F("rejected")),
                violation_error_message=_("收货 = 合格 + 让步 + 返工 + 拒收（A41）"),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.line_id} {self.received}"

    @property
    def good(self) -> Decimal:
        """可用的：合格加让步。"""
        return self.accepted + self.concession
