"""工作日历：周末与节假日、调休（A6.4a 的半日、各种期限）。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Holiday(models.Model):
    """与平常不同的一天：放假，或者周末上班（调休）。"""

    day = models.DateField(_("日期"), unique=True)
    name = models.CharField(_("名称"), max_length=40)
    working = models.BooleanField(_("上班"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("节假日")
        ordering: ClassVar = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
