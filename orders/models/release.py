"""下单这一步的凭据与停办日：担保单、业务员的书面话、客户的再确认（C3b）；确认了的退货日（C5）。"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from orders.models.kind import BusinessKind
from workflow import clock
from workflow.models import AppendOnly


class ReleaseWord(AppendOnly):
    """下单要的一句凭据：谁在何时说的、谁登记的；只加不改（C3b）。"""

    class What(models.TextChoices):
        GUARANTEE = "guarantee", _("担保单")
        SALESPERSON = "salesperson", _("业务员书面确认")
        CUSTOMER = "customer", _("客户再确认")

    order = models.ForeignKey("orders.Order", models.PROTECT, related_name="release_words")
    what = models.CharField(_("凭据"), max_length=12, choices=What)
    who = models.CharField(_("谁"), max_length=60)
    words = models.TextField(_("内容"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("登记人"))
    at = models.DateTimeField(_("时间"), default=clock.now)

    class Meta(AppendOnly.Meta):
        verbose_name = verbose_name_plural = _("下单凭据")

    def __str__(self) -> str:
        return f"{self.order_id} {self.what}"


class ReturnDay(AppendOnly):
    """确认了的退货日：这一天本种类不收单、不下单，业务员事先知道（C5）。"""

    kind = models.ForeignKey(BusinessKind, models.PROTECT, related_name="confirmed_days", verbose_name=_("业务种类"))
    day = models.DateField(_("哪天"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("确认人"))
    at = models.DateTimeField(_("时间"), default=clock.now)

    class Meta(AppendOnly.Meta):
        verbose_name = verbose_name_plural = _("退货日")
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "day"], name="a_return_day_is_confirmed_once")]

    def __str__(self) -> str:
        return f"{self.kind_id} {self.day}"
