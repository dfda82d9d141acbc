"""动态码与恢复码（第三条）：手机应用每三十秒算出六位数（RFC 6238），每个只收一次；恢复码用一次作废。"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
import time

import structlog
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Now
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from pyotp import TOTP, random_base32

from parties.account_log import note
from parties.models import AccountEvent, CodeDevice, Means, RecoveryCode, User

log = structlog.get_logger(__name__)

STEP = 30  # seconds
DIGITS = 6
ASIDE = 1  # steps that a phone's clock may be off, each way
RECOVERIES, GROUPS, GROUP = 10, 4, 4
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that looks like another
WAITS = 900  # seconds an offer stands


def has_codes(user: User) -> bool:
    """这个人登录时还要不要动态码。"""
    return CodeDevice.objects.filter(user=user).exists()


def offer(user: User) -> str:
    """A fresh secret for this person, sealed: the page carries it until it is confirmed, nothing is kept before."""
    secret = random_base32()
    return _box().encrypt(f"{user.pk}:{secret}".encode()).decode()


def offered(user: User, sealed: str) -> str:
    """The secret of an offer; nothing if it is another's, too old or made up."""
    try:
        whose, _colon, secret = _box().decrypt(sealed.encode(), ttl=WAITS).decode().partition(":")
    except InvalidToken:
        return ""
    return secret if whose == str(user.pk) else ""


def address_of(secret: str, user: User, company: str) -> str:
    """What the QR code says to the phone's application."""
    house = _("跟单 %(company)s") % {"company": company} if company else _("跟单")
    return _clock(secret).provisioning_uri(name=user.username, issuer_name=house)


@transaction.atomic
def turn_on(request: HttpRequest, user: User, secret: str, typed: str) -> list[str]:
    """开动态码：先输对一个，才算开；交出恢复码，只此一次（第三条）。"""
    step = _step_of(secret, typed)
    if step is None:
        raise ValidationError({"code": _("动态码不对。请看手机上的时间准不准，再输现在的六位数")})
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if has_codes(user):
        raise ValidationError({"code": _("动态码已经开着")})
    CodeDevice.objects.create(user=user, sealed=_box().encrypt(secret.encode()).decode(), last_step=step)
    note(user, AccountEvent.Act.CODE_ON, actor=user, request=request)
    return _new_recoveries(user)


@transaction.atomic
def turn_off(request: HttpRequest, user: User) -> None:
    """停动态码，恢复码一起作废（第三条）。"""
    RecoveryCode.objects.filter(user=user).delete()
    if CodeDevice.objects.filter(user=user).delete()[0]:
        note(user, AccountEvent.Act.CODE_OFF, actor=user, request=request)


@transaction.atomic
def remake_recoveries(request: HttpRequest, user: User) -> list[str]:
    """重新生成恢复码，原来的全部作废（第三条）。"""
    if not CodeDevice.objects.select_for_update().filter(user=user).exists():
        raise ValidationError(_("没有开动态码，用不着恢复码"))
    note(user, AccountEvent.Act.CODES_REMADE, actor=user, request=request)
    return _new_recoveries(user)


def recoveries_left(user: User) -> int:
    """还剩几个恢复码。"""
    return RecoveryCode.objects.filter(user=user, used_at__isnull=True).count()


def accepted(user: User, typed: str) -> Means | None:
    """收下动态码或者恢复码；同一个不收第二次（第三条）。"""
    device = CodeDevice.objects.filter(user=user).first()
    if device is None:
        return None
    step = _step_of(_opened(device), typed)
    if step is not None:
        mine = CodeDevice.objects.filter(pk=device.pk, last_step__lt=step)
        return Means.CODE if mine.update(last_step=step) else None
    mine_left = RecoveryCode.objects.filter(user=user, sha256=_fingerprint(user, typed), used_at__isnull=True)
    return Means.RECOVERY if mine_left.update(used_at=Now()) else None


def code_at(secret: str, step: int) -> str:
    """The six digits of one step."""
    return _clock(secret).at(step * STEP)


def _clock(secret: str) -> TOTP:
    return TOTP(secret, digits=DIGITS, interval=STEP)


def _step_of(secret: str, typed: str) -> int | None:
    """Which step of now these digits are; none, if they are none."""
    word = re.sub(r"\s", "", typed)
    if not secret or not re.fullmatch(rf"[0-9]{{{DIGITS}}}", word):
        return None
    now = int(time.time()) // STEP
    return next(
        (at for at in range(now - ASIDE, now + ASIDE + 1) if constant_time_compare(code_at(secret, at), word)), None
    )


def _new_recoveries(user: User) -> list[str]:
    RecoveryCode.objects.filter(user=user).delete()
    words = ["-".join(_group() for _n in range(GROUPS)) for _n in range(RECOVERIES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, sha256=_fingerprint(user, word)) for word in words)
    return words


def _group() -> str:
    return "".join(secrets.choice(LETTERS) for _n in range(GROUP))


def _fingerprint(user: User, typed: str) -> str:
    """80 random bits need no slow hash; the person's number keeps equal ones apart."""
    word = re.sub(r"[\s-]", "", typed[:100]).upper()
    return hashlib.sha256(f"{user.pk}:{word}".encode()).hexdigest()


def _opened(device: CodeDevice) -> str:
    try:
        return _box().decrypt(device.sealed.encode()).decode()
    except InvalidToken:
        log.error("a code device was sealed with another SECRET_KEY", user=device.user_id)
        return ""


def _box() -> MultiFernet:
    keys = [str(settings.SECRET_KEY), *map(str, settings.SECRET_KEY_FALLBACKS)]
    digests = [hashlib.sha256(f"codes:{key}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
