"""接口令牌：一个人或一台机器的，只存指纹（API.md Auth）。"""

from __future__ import annotations

import hashlib
import secrets
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow import clock

PREFIX = "gd_"


class ApiToken(models.Model):
    """令牌：明文只在发出时见一次；`scopes` 含 sign 的可以代替重新输密码签字。"""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="api_tokens", verbose_name=_("谁的")
    )
    name = models.CharField(_("用途"), max_length=60)
    sha256 = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(_("范围"), default=list)
    created_at = models.DateTimeField(_("发出时间"), default=clock.now)
    expires_at = models.DateTimeField(_("到期"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("收回时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("接口令牌")
        indexes: ClassVar = [models.Index(fields=["user"], name="api_token_by_user")]

    def __str__(self) -> str:
        return f"{self.user} {self.name}"

    @property
    def live(self) -> bool:
        """没收回、没到期、人也还在。"""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > clock.now())


def fingerprint_of(secret: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_secret() -> str:
    """A fresh token of 256 random bits."""
    return PREFIX + secrets.token_urlsafe(32)
