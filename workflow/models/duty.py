"""待办：什么事、该谁、到何时；由事实关闭，不由点击关闭。"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Duty(models.Model):
    """一件到期要做的事（按 rule、about、by 唯一，扫两遍不变，I32）。"""

    rule = models.CharField(max_length=10)
    reminder = models.CharField(max_length=60)
    about = models.CharField(max_length=80)
    by = models.DateTimeField(_("期限"))
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="duties", verbose_name=_("责任人")
    )
    climbs_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(_("事项"), max_length=60)
    words = models.CharField(_("说明"), max_length=300)
    article = models.CharField(max_length=40)
    url = models.CharField(max_length=200)
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    climbed_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("待办")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reminder", "about", "by", "holder"], name="one_duty_per_reminder_and_due")
        ]
        indexes: ClassVar = [
            models.Index(fields=["holder", "by"], name="duty_open_by_holder", condition=Q(closed_at__isnull=True)),
            models.Index(
                fields=["reminder", "seen_at"], name="duty_open_by_reminder", condition=Q(closed_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.title
