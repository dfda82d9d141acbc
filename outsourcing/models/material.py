"""材料：发给加工商的、退回来的；只加不改（第四章，A23.3）。"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from outsourcing.models.order import OutsourcingLine, OutsourcingOrder
from reviews.models import Notice
from workflow import clock
from workflow.models import AppendOnly


class MaterialIssue(AppendOnly):
    """发一次料：什么料、多少、允许损耗几成；能做多少件写明了，收货就以它为限（第四章，A23.3、A41）。"""

    outsourcing = models.ForeignKey(OutsourcingOrder, models.PROTECT, related_name="material_issues")
    line = models.ForeignKey(
        OutsourcingLine, models.PROTECT, null=True, blank=True, related_name="material_issues", verbose_name=_("用于")
    )
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="+", verbose_name=_("通知单"))
    material = models.CharField(_("材料"), max_length=120)
    specification = models.CharField(_("规格"), max_length=200, blank=True)
    unit = models.CharField(_("单位"), max_length=10)
    quantity = models.DecimalField(_("发料数"), max_digits=14, decimal_places=3)
    allowed_loss = models.DecimalField(_("允许损耗 %"), max_digits=5, decimal_places=2, default=0)
    makes = models.DecimalField(_("能做"), max_digits=14, decimal_places=3, null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("发料人"))
    at = models.DateTimeField(_("时间"), default=clock.now)
    note = models.TextField(_("说明"), blank=True)

    class Meta(AppendOnly.Meta):
        verbose_name = verbose_name_plural = _("外协发料")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["outsourcing", "id"], name="material_issue_belongs"),
            models.CheckConstraint(
                name="material_issue_is_a_quantity", condition=Q(quantity__gt=0, quantity__lt=10**11)
            ),
            models.CheckConstraint(
                name="allowed_loss_is_percent", condition=Q(allowed_loss__gte=0, allowed_loss__lte=100)
            ),
            models.CheckConstraint(
                name="material_makes_a_quantity", condition=Q(makes__isnull=True) | Q(makes__gt=0, makes__lt=10**11)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.material} {self.quantity}"


class MaterialReturn(AppendOnly):
    """退一次料：退的是哪一次发的；退不能多于发（第四章，A23.3）。"""

    outsourcing = models.ForeignKey(OutsourcingOrder, models.PROTECT, related_name="material_returns")
    issue = models.ForeignKey(MaterialIssue, models.PROTECT, related_name="returns", verbose_name=_("发料"))
    quantity = models.DecimalField(_("退料数"), max_digits=14, decimal_places=3)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("收料人"))
    at = models.DateTimeField(_("时间"), default=clock.now)
    note = models.TextField(_("说明"), blank=True)

    class Meta(AppendOnly.Meta):
        verbose_name = verbose_name_plural = _("外协退料")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="material_return_is_a_quantity", condition=Q(quantity__gt=0, quantity__lt=10**11)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issue_id} {self.quantity}"
