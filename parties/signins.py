"""登录着的地方：登录时记一笔，改口令、请出去时结束别处的（第三条）。

A session of the database belongs to nobody until it is read; this table says whose it is.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest

from parties.models import SignIn, User

BROWSERS = (("Edg/", "Edge"), ("MicroMessenger", "微信"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"))
SYSTEMS = (("Android", "安卓"), ("iPhone", "iPhone"), ("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux"))


@dataclass(frozen=True)
class Place:
    """One place where somebody is logged in, in words."""

    row: SignIn
    words: str
    here: bool


def keep(request: HttpRequest, user: User, means: str) -> None:
    """记下这一次登录；自己早已过期的几笔顺手清掉。"""
    SignIn.objects.filter(user=user).exclude(Exists(_session())).delete()
    if request.session.session_key is None:
        request.session.save()
    SignIn.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "user": user,
            "address": request.META.get("REMOTE_ADDR") or None,
            "agent": request.headers.get("User-Agent", "")[:200],
            "means": means,
        },
    )


def moved(user: User, before: str | None, request: HttpRequest) -> None:
    """The session of this very request got another key, as when the password was changed."""
    SignIn.objects.filter(user=user, session_key=before).update(session_key=request.session.session_key)


def places_of(user: User, request: HttpRequest) -> list[Place]:
    """这个人现在登录着的地方，新的在前。"""
    here = request.session.session_key
    rows = _live(user).order_by("-at", "-pk")[:50]
    return [Place(row, _words(row.agent), row.session_key == here) for row in rows]


@transaction.atomic
def end(rows: QuerySet[SignIn]) -> int:
    """请出去：会话立即失效。"""
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    SignIn.objects.filter(session_key__in=keys).delete()
    return len(keys)


def others_of(user: User, request: HttpRequest) -> QuerySet[SignIn]:
    """别处的，不算这一处。"""
    return SignIn.objects.filter(user=user).exclude(session_key=request.session.session_key)


def _live(user: User) -> QuerySet[SignIn]:
    return SignIn.objects.filter(Exists(_session().filter(expire_date__gt=Now())), user=user)


def _session() -> QuerySet[Session]:
    return Session.objects.filter(session_key=OuterRef("session_key"))


def device_of(request: HttpRequest) -> str:
    """这台设备怎么称呼：系统和浏览器。"""
    return _words(request.headers.get("User-Agent", ""))


def _words(agent: str) -> str:
    found = [next((word for sign, word in table if sign in agent), "") for table in (SYSTEMS, BROWSERS)]
    return "，".join(filter(None, found)) or "—"
