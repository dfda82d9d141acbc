"""签字前再证明一次是本人：五分钟以内证明过的不再问，时间和凭什么都记进签字（第十九条、第二十条）。

The moment is the browser session's own and is told by the real clock: a demo's told time proves nobody.
"""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass

from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from parties.account_log import note
from parties.http import StaffRequest
from parties.models import AccountEvent, Means

KEY = "authenticated_at"
MEANS = "authenticated_by"
FRESH = dt.timedelta(minutes=5)


@dataclass(frozen=True)
class Proof:
    """什么时候、凭什么证明是本人（第二十条）。"""

    at: dt.datetime
    means: str


def remember(request: HttpRequest, means: str) -> Proof:
    """This session's person has just proved who they are."""
    request.session[KEY], request.session[MEANS] = int(time.time()), str(means)
    return Proof(_moment(request.session[KEY]), str(means))


def proved_at(request: HttpRequest) -> Proof | None:
    """When and how the person of this session proved who they are, if that is not too long ago to sign by it."""
    then = request.session.get(KEY, 0)
    if not 0 <= time.time() - then <= FRESH.total_seconds():
        return None
    return Proof(_moment(then), request.session.get(MEANS, Means.PASSWORD.value))


def prove(request: StaffRequest) -> Proof:
    """Ask once more for password or passkey; wrong ones count towards the lock-out like those of the login page."""
    given = request.POST.get("passkey", "")
    means = Means.PASSKEY if given else Means.PASSWORD
    word = {"passkey": given} if given else {"password": request.POST.get("password", "")}
    user = authenticate(request, username=request.user.get_username(), **word)
    if user is None or user.pk != request.user.pk:
        note(request.user, AccountEvent.Act.REFUSED, actor=request.user, request=request, means=means)
        wrong = _("通行密钥没有核对上，再试一次，或者用口令") if given else _("口令不对，没有办成")
        raise ValidationError({means.value: wrong})
    note(request.user, AccountEvent.Act.PROVED, actor=request.user, request=request, means=means)
    return remember(request, means)


def _moment(seconds: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(seconds, tz=dt.UTC)
