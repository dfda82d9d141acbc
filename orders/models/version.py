"""业务单的每一版都有快照与指纹，签名绑定于它（I19、I20）。"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow import clock
from workflow.models import AppendOnly


class OrderVersion(AppendOnly):
    """某一版的全文（规范文本）与 sha256；只加不改。"""

    order = models.ForeignKey("orders.Order", models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField(_("版"))
    content: Any = models.JSONField(_("全文"))
    sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta(AppendOnly.Meta):
        verbose_name = verbose_name_plural = _("业务单版本")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "version"], name="one_snapshot_per_order_version")
        ]

    def __str__(self) -> str:
        return f"{self.order_id} v{self.version}"
