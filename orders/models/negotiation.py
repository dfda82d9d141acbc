"""与客户协商：评审满足不了客户时，谁在什么时候、怎么跟客户说的，客户怎么答（第二十条）。"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow import clock
from workflow.models import AppendOnly


class Negotiation(AppendOnly):
    """一次协商：跟客户的谁、怎么联系、说了什么、谈成什么；只加不改（第二十条）。"""

    class Outcome(models.TextChoices):
        OPEN = "open", _("还没谈定")
        AS_REVIEWED = "as_reviewed", _("同意评审结果")
        DIFFERENT = "different", _("谈定的与评审结果不同")

    order = models.ForeignKey("orders.Order", models.PROTECT, related_name="negotiations", verbose_name=_("业务单"))
    order_version = models.PositiveIntegerField(_("业务单版本"))
    at = models.DateTimeField(_("何时"))
    who = models.CharField(_("客户的谁"), max_length=60)
    how = models.CharField(_("方式"), max_length=40, blank=True)
    said = models.TextField(_("说了什么"))
    outcome = models.CharField(_("结果"), max_length=12, choices=Outcome, default=Outcome.OPEN)
    agreed_date = models.DateField(_("谈定的交期"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("协商人"))
    by_name = models.CharField(max_length=80)
    recorded_at = models.DateTimeField(_("登记时间"), default=clock.now)

    class Meta(AppendOnly.Meta):
        verbose_name = verbose_name_plural = _("与客户协商")
        indexes: ClassVar = [models.Index(fields=["order", "at"], name="negotiation_of_order")]

    def __str__(self) -> str:
        return f"{self.order_id} {self.who}"
