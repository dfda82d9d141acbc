"""每夜自查的结果：查了多久、哪里不对（RELIABILITY 2）；只加不改。"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow import clock
from workflow.history import AppendOnly


class ProofRun(AppendOnly):
    """一次自查：每条承诺都问过，不对的一条一句。"""

    at = models.DateTimeField(_("时间"), default=clock.now)
    seconds = models.DecimalField(_("用时（秒）"), max_digits=8, decimal_places=1)
    found: Any = models.JSONField(_("不对的地方"), default=list)

    class Meta(AppendOnly.Meta):
        verbose_name = verbose_name_plural = _("自查记录")
        ordering: ClassVar = ["-at"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {len(self.found)}"
