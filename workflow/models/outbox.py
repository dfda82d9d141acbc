"""发件箱：凡出门的事先在同一事务里落一行，再由中继送出（I33、I36–I38）。"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workflow import clock


class OutboxMessage(models.Model):
    """一件要送出去的事：至少送一次，同一单据按先后送。"""

    kind = models.CharField(max_length=60)
    aggregate = models.CharField(max_length=80)
    payload: Any = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    dead_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("发件箱")
        indexes: ClassVar = [
            models.Index(fields=["id"], name="outbox_pending", condition=Q(sent_at__isnull=True, dead_at__isnull=True)),
            models.Index(
                fields=["aggregate", "id"],
                name="outbox_pending_aggregate",
                condition=Q(sent_at__isnull=True, dead_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.aggregate}"
