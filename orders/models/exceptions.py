"""例外要有总监批准并留存（A53、I2）：款项关口的放行、超容差发货的授权。"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from orders.models.line import OrderLine
from workflow import clock
from workflow.models import AppendOnly


class GateException(AppendOnly):
    """总监放行某一关口：定金、发货前付清、信用、逾期（A53、D1），退货日期与售后时间（C5）。"""

    class Gate(models.TextChoices):
        DEPOSIT = "deposit", _("定金")
        PREPAID = "prepaid", _("发货前付清")
        CREDIT = "credit", _("信用额度")
        OVERDUE = "overdue", _("逾期欠款")
        RETURNS = "returns", _("退货时间")

    order = models.ForeignKey("orders.Order", models.PROTECT, related_name="gate_exceptions")
    gate = models.CharField(_("关口"), max_length=10, choices=Gate)
    reason = models.TextField(_("理由"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("批准人"))
    at = models.DateTimeField(_("时间"), default=clock.now)

    class Meta(AppendOnly.Meta):
        verbose_name = verbose_name_plural = _("关口例外")

    def __str__(self) -> str:
        return f"{self.order_id} {self.gate}"


class OverAuthorisation(AppendOnly):
    """超发授权：某行可比溢装容差多发多少，谁提谁批，到哪天（I2）。"""

    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="over_authorisations")
    quantity = models.DecimalField(_("可多发"), max_digits=14, decimal_places=3)
    reason = models.TextField(_("理由"))
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("提出人")
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("批准人")
    )
    expires = models.DateField(_("到期"), null=True, blank=True)
    at = models.DateTimeField(_("时间"), default=clock.now)

    class Meta(AppendOnly.Meta):
        verbose_name = verbose_name_plural = _("超发授权")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="over_authorisation_is_a_quantity", condition=Q(quantity__gt=0, quantity__lt=10**11)
            ),
            models.CheckConstraint(name="over_authorisation_by_another", condition=~Q(requested_by=F("approved_by"))),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} +{self.quantity}"
