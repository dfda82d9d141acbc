"""手机、密钥丢了：管理员清掉一个人的通行密钥和动态码，本人凭口令进来重新加（第三条）。"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from parties import signins
from parties.account_log import note
from parties.models import AccountEvent, CodeDevice, Passkey, RecoveryCode, SignIn, User

CLEARS = "parties.administer"


@transaction.atomic
def clear(person: User, *, actor: User, request: HttpRequest | None = None) -> int:
    """清除二次验证，登录着的地方一起结束；谁清的记下来（第三条）。"""
    if not actor.may(CLEARS):
        raise PermissionDenied(_("二次验证由管理员清除"))
    gone = Passkey.objects.filter(user=person).delete()[0]
    gone += CodeDevice.objects.filter(user=person).delete()[0]
    RecoveryCode.objects.filter(user=person).delete()
    signins.end(SignIn.objects.filter(user=person).exclude(session_key=_own_session(person, actor, request)))
    note(person, AccountEvent.Act.RESET, actor=actor, request=request)
    return gone


def _own_session(person: User, actor: User, request: HttpRequest | None) -> str | None:
    """An administrator who clears their own stays where they are."""
    return request.session.session_key if request is not None and person.pk == actor.pk else None
