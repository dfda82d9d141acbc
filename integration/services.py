"""令牌的动作：发出、收回（API.md Auth）。"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from integration.models import ApiToken
from integration.models.token import fingerprint_of, new_secret
from parties.models import User
from workflow import clock
from workflow.guards import WrongState
from workflow.machine import together

GIVES = "parties.administer"
MOST_LIVE = 20


def issue_token(
    user: User, *, name: str, scopes: Sequence[str] = (), expires_at: dt.datetime | None = None
) -> tuple[ApiToken, str]:
    """发一枚令牌；明文只在此刻交出。"""
    secret = new_secret()
    token = ApiToken.objects.create(
        user=user, name=name, sha256=fingerprint_of(secret), scopes=list(scopes), expires_at=expires_at
    )
    return token, secret


@together
def give_token(
    user: User, *, actor: User, name: str, signs: bool = False, expires_on: dt.date | None = None
) -> tuple[ApiToken, str]:
    """管理员给一个人或一台机器发令牌；到期那一天还能用（API.md Auth）。"""
    if not actor.may(GIVES):
        raise PermissionDenied(_("令牌由管理员发"))
    if not user.is_active:
        raise ValidationError({"user": _("%(name)s已停用，不能发令牌") % {"name": user}})
    if expires_on is not None and expires_on < clock.today():
        raise ValidationError({"expires_on": _("到期日不能早于今天")})
    live = [token for token in ApiToken.objects.filter(user=user, revoked_at__isnull=True) if token.live]
    if len(live) >= MOST_LIVE:
        raise ValidationError({"user": _("%(name)s已有 %(n)s 枚令牌，请先收回不用的") % {"name": user, "n": len(live)}})
    ends = timezone.make_aware(dt.datetime.combine(expires_on, dt.time.max)) if expires_on else None
    return issue_token(user, name=name, scopes=["sign"] if signs else [], expires_at=ends)


@together
def take_back_token(token: ApiToken, *, actor: User) -> ApiToken:
    """管理员收回一枚令牌，下一次请求就不作数（API.md Auth）。"""
    if not actor.may(GIVES):
        raise PermissionDenied(_("令牌由管理员收回"))
    token = ApiToken.objects.select_for_update(of=("self",)).select_related("user").get(pk=token.pk)
    if token.revoked_at is not None:
        raise WrongState(_("这枚令牌已经收回了"))
    return revoke_token(token)


def revoke_token(token: ApiToken) -> ApiToken:
    """收回令牌，立即失效。"""
    token.revoked_at = clock.now()
    token.save(update_fields=["revoked_at"])
    return token
