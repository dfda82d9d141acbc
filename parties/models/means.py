"""凭什么证明是本人（第三条、第二十条）。"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Means(models.TextChoices):
    """凭什么（第三条、第二十条）。"""

    PASSWORD = "password", _("口令")
    CODE = "code", _("口令和动态码")
    RECOVERY = "recovery", _("口令和恢复码")
    PASSKEY = "passkey", _("通行密钥")
    TOKEN = "token", _("接口令牌")
