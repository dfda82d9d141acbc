"""台账出门要登记（B7）：谁、何时、按什么条件、导出或印出多少行。"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow import clock
from workflow.models import AppendOnly


class Extract(AppendOnly):
    """一次导出或印出台账：取号、留条件，只加不改（B7）。"""

    class Form(models.TextChoices):
        PDF = "pdf", _("附件5")
        XLSX = "xlsx", _("Excel")

    number = models.CharField(_("编号"), max_length=20, unique=True)
    form = models.CharField(_("形式"), max_length=4, choices=Form)
    asked: Any = models.JSONField(_("条件"), default=dict)
    rows = models.PositiveIntegerField(_("行数"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("何人"))
    at = models.DateTimeField(_("时间"), default=clock.now)

    class Meta(AppendOnly.Meta):
        verbose_name = verbose_name_plural = _("台账抽取")

    def __str__(self) -> str:
        return self.number

    @property
    def about(self) -> str:
        """How its paper names it."""
        return f"{self._meta.db_table}:{self.pk}"
