"""凭什么证明是本人：口令以外的通行密钥、动态码、恢复码，和账号的留痕（第三条）。"""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from parties.models.means import Means
from parties.models.staff import User


class Passkey(models.Model):
    """通行密钥：私钥留在本人的设备里，这里只有公钥；只在建它的网址上有用（第三条）。"""

    user = models.ForeignKey(User, models.CASCADE, related_name="passkeys", verbose_name=_("人员"))
    name = models.CharField(_("名字"), max_length=40)
    credential_id = models.CharField(max_length=1400, unique=True, editable=False)
    credential = models.BinaryField()  # the authenticator's own record: id and public key
    host = models.CharField(_("网址"), max_length=253)
    sign_count = models.BigIntegerField(default=0)
    added_at = models.DateTimeField(_("加上的时间"), auto_now_add=True)
    used_at = models.DateTimeField(_("最近用过"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("通行密钥")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name


class CodeDevice(models.Model):
    """动态码：手机应用每三十秒算一个，每个只收一次（第三条）。"""

    user = models.OneToOneField(User, models.CASCADE, related_name="code_device", verbose_name=_("人员"))
    sealed = models.TextField(editable=False)  # encrypted with SECRET_KEY: a stolen backup makes no codes
    last_step = models.BigIntegerField(default=0)
    added_at = models.DateTimeField(_("加上的时间"), auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = _("动态码")

    def __str__(self) -> str:
        return str(self.user)


class RecoveryCode(models.Model):
    """恢复码：手机不在手边时代替动态码，用一次作废；只存指纹（第三条）。"""

    user = models.ForeignKey(User, models.CASCADE, related_name="recovery_codes", verbose_name=_("人员"))
    sha256 = models.CharField(max_length=64, editable=False)
    used_at = models.DateTimeField(_("用掉的时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("恢复码")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "sha256"], name="recovery_code_once_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.sha256[:8]}"


class AccountEvent(models.Model):
    """账号的一笔留痕：谁的账号、谁做的、凭什么、从哪里；只加不改（第三条）。"""

    append_only = True

    class Act(models.TextChoices):
        ENTERED = "entered", _("登录")
        PROVED = "proved", _("再证明一次是本人")
        REFUSED = "refused", _("没有通过")
        PASSKEY_ADDED = "passkey_added", _("加了通行密钥")
        PASSKEY_REMOVED = "passkey_removed", _("去掉通行密钥")
        CODE_ON = "code_on", _("开了动态码")
        CODE_OFF = "code_off", _("停了动态码")
        CODES_REMADE = "codes_remade", _("重新生成恢复码")
        RESET = "reset", _("管理员清除二次验证")

    person = models.ForeignKey(User, models.PROTECT, related_name="account_events", verbose_name=_("谁的账号"))
    person_name = models.CharField(_("姓名"), max_length=80)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("谁做的"))
    actor_name = models.CharField(_("做的人"), max_length=80)
    act = models.CharField(_("什么事"), max_length=20, choices=Act)
    means = models.CharField(_("凭什么"), max_length=12, choices=Means, blank=True)
    words = models.CharField(_("说明"), max_length=120, blank=True)
    address = models.GenericIPAddressField(_("网络地址"), null=True, blank=True)
    at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = _("账号留痕")
        indexes: ClassVar = [models.Index(fields=["person", "-id"], name="account_event_by_person")]
        triggers: ClassVar = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="no_truncate",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Truncate,
                func="RAISE EXCEPTION 'gendan: % is append-only', TG_TABLE_NAME;",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_name} {self.get_act_display()}"
