"""签字前重新验证口令：五分钟以内验过的不再问，验证的时间记进签字（第十九条、第二十条）。

The moment is the browser session's own and is told by the real clock: a demo's told time proves nobody.
"""

from __future__ import annotations

import datetime as dt
import time

from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

KEY = "authenticated_at"
FRESH = dt.timedelta(minutes=5)


def remember(request: HttpRequest) -> dt.datetime:
    """This session's person has just proved who they are."""
    request.session[KEY] = int(time.time())
    return _moment(request.session[KEY])


def proved_at(request: HttpRequest) -> dt.datetime | None:
    """When the person of this session proved who they are, if that is not too long ago to sign by it."""
    then = request.session.get(KEY, 0)
    return _moment(then) if 0 <= time.time() - then <= FRESH.total_seconds() else None


def prove(request: HttpRequest, password: str) -> dt.datetime:
    """Ask the password once more; wrong ones count towards the lock-out like those of the login page."""
    user = authenticate(request, username=request.user.get_username(), password=password)
    if user is None or user.pk != request.user.pk:
        raise ValidationError({"password": _("口令不对，没有签")})
    return remember(request)


def _moment(seconds: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(seconds, tz=dt.UTC)
