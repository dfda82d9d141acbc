"""进门（第三条）：口令对了，开着动态码的还要一个码；都对了才登录，凭什么进来的记下来。

Between password and code nobody is logged in: the session only remembers, for ten minutes, whose password was right.
"""

from __future__ import annotations

import time

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare

from parties import newcomers, reauth, signins
from parties.account_log import note
from parties.models import AccountEvent, User

KEY = "password_given"
WAITS = 600


def let_wait(request: HttpRequest, user: User, then: str) -> None:
    """The password was right; nothing more is open than the page that asks for the code."""
    request.session.flush()
    request.session[KEY] = [user.pk, user.get_session_auth_hash(), int(time.time()), then]


def waiting(request: HttpRequest) -> User | None:
    """Who may now give their code, if their password was right just now and is still the same."""
    pk, proof, since, _then = request.session.get(KEY, (0, "", 0, ""))
    if not 0 <= time.time() - since <= WAITS:
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    return user if user is not None and constant_time_compare(proof, user.get_session_auth_hash()) else None


def leads_to(request: HttpRequest) -> str:
    """Where the person who waits wanted to go; judged when they came to the login page."""
    return str(request.session.get(KEY, (0, "", 0, ""))[3])


def enter(request: HttpRequest, user: User, means: str, then: str) -> HttpResponse:
    """登录；还用着初始口令的先去改（第三条）。"""
    if user.initial_password:
        newcomers.let_wait(request, user, means)
        return redirect("parties:first_password")
    request.session.pop(KEY, None)
    login(request, user, backend=newcomers.BACKEND)
    remember_entry(request, user, means)
    return redirect(then)


def remember_entry(request: HttpRequest, user: User, means: str) -> None:
    """登录着的地方、证明的时间、账号留痕，各记一笔（第三条）。"""
    reauth.remember(request, means)
    signins.keep(request, user, means)
    note(user, AccountEvent.Act.ENTERED, actor=user, request=request, means=means)
