"""幂等键：同一键同一内容只做一次，答复照旧（I39）。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow import clock


class IdempotencyKey(models.Model):
    """一次已经做成的请求和它的答复，与其效果同一事务写下。"""

    owner = models.CharField(max_length=40)
    key = models.CharField(max_length=255)
    request_sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    content_type = models.CharField(max_length=80)
    etag = models.CharField(max_length=40, blank=True)
    body = models.BinaryField()
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = _("幂等键")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "key"], name="one_answer_per_idempotency_key")
        ]
        indexes: ClassVar = [models.Index(fields=["created_at"], name="idempotency_by_age")]

    def __str__(self) -> str:
        return f"{self.owner} {self.key}"
