"""告知：评审之后把结果和交期告诉业务员或客户（第二十条）。"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reviews.models.round import Round
from workflow import clock
from workflow.models import AppendOnly


class Told(AppendOnly):
    """一次告知：告诉了谁、什么时候、怎么说的；只加不改（第二十条）。"""

    class Whom(models.TextChoices):
        SALESPERSON = "salesperson", _("业务员")
        CUSTOMER = "customer", _("客户")

    round = models.ForeignKey(Round, models.PROTECT, related_name="tellings", verbose_name=_("评审"))
    whom = models.CharField(_("告知"), max_length=12, choices=Whom)
    who = models.CharField(_("谁"), max_length=60)
    how = models.CharField(_("方式"), max_length=40)
    at = models.DateTimeField(_("何时"))
    note = models.TextField(_("说明"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("告知人"))
    by_name = models.CharField(max_length=80)
    recorded_at = models.DateTimeField(_("登记时间"), default=clock.now)

    class Meta(AppendOnly.Meta):
        verbose_name = verbose_name_plural = _("告知")
        indexes: ClassVar = [models.Index(fields=["round", "at"], name="told_of_round")]

    def __str__(self) -> str:
        return f"{self.who} {self.how}"
