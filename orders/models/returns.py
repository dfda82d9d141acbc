"""主任退回：理由，和写在栏目旁的意见；只加不改（第六条，A6.1e）。"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow import clock
from workflow.models import AppendOnly


class OrderReturn(AppendOnly):
    """主任退回一次：理由、谁、何时（A6.1e）。"""

    order = models.ForeignKey("orders.Order", models.PROTECT, related_name="returns")
    reason = models.TextField(_("理由"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("退回人"))
    at = models.DateTimeField(_("时间"), default=clock.now)

    class Meta(AppendOnly.Meta):
        verbose_name = verbose_name_plural = _("退回")

    def __str__(self) -> str:
        return f"{self.order_id} {self.reason[:40]}"


class ReturnRemark(AppendOnly):
    """退回时对某一栏的意见：栏目按接口的叫法，行另记是哪一行，行后来去掉了意见还在（A6.1e）。"""

    returned = models.ForeignKey(OrderReturn, models.PROTECT, related_name="remarks")
    field = models.CharField(_("栏目"), max_length=60)
    line_id = models.BigIntegerField(_("行"), null=True)
    label = models.CharField(_("栏目名"), max_length=200)
    words = models.CharField(_("意见"), max_length=300)

    class Meta(AppendOnly.Meta):
        verbose_name = verbose_name_plural = _("退回意见")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["returned", "field"], name="one_remark_per_field"),
        ]

    def __str__(self) -> str:
        return f"{self.label}：{self.words}"
