"""下单这一步的凭据与停办日：担保单、业务员的书面话、客户的再确认（C3b）；确认了的退货日（C5）。"""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from orders.models.kind import BusinessKind
from workflow import clock
from workflow.history import AppendOnlyQuerySet
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


class ReturnDayQuerySet(AppendOnlyQuerySet):
    """Return days, as they stand."""

    def standing(self) -> Self:
        """确认了、没有撤回的（C5）。"""
        return self.filter(withdrawal=None)


class ReturnDay(AppendOnly):
    """确认了的退货日：这一天本种类不收单、不下单，业务员事先知道（C5）。

    A day that was withdrawn may be confirmed anew: `turn` counts how often it was.
    """

    kind = models.ForeignKey(BusinessKind, models.PROTECT, related_name="confirmed_days", verbose_name=_("业务种类"))
    day = models.DateField(_("哪天"))
    turn = models.PositiveSmallIntegerField(_("第几次"), default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("确认人"))
    at = models.DateTimeField(_("时间"), default=clock.now)

    objects: ClassVar[models.Manager[Any]] = ReturnDayQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        verbose_name = verbose_name_plural = _("退货日")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "day", "turn"], name="a_return_day_is_confirmed_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind_id} {self.day}"


class ReturnDayWithdrawal(AppendOnly):
    """退货日撤回了：谁、何时、为什么；这一天照常收单、下单（C5）。"""

    return_day = models.OneToOneField(ReturnDay, models.PROTECT, related_name="withdrawal", verbose_name=_("退货日"))
    reason = models.CharField(_("理由"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("撤回人"))
    at = models.DateTimeField(_("时间"), default=clock.now)

    class Meta(AppendOnly.Meta):
        verbose_name = verbose_name_plural = _("退货日撤回")

    def __str__(self) -> str:
        return f"{self.return_day_id} {self.reason[:20]}"
