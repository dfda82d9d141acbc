"""账号的留痕：谁、什么时候、凭什么、从哪里（第三条）。"""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest

from parties.models import AccountEvent, User

SHOWN = 20


def note(
    person: User, act: str, *, actor: User, request: HttpRequest | None = None, means: str = "", words: str = ""
) -> AccountEvent:
    """记一笔：只加不改（第三条）。"""
    return AccountEvent.objects.create(
        person=person,
        person_name=str(person),
        actor=actor,
        actor_name=str(actor),
        act=act,
        means=means,
        words=words[:120],
        address=(request.META.get("REMOTE_ADDR") or None) if request else None,
    )


def latest(person: User) -> QuerySet[AccountEvent]:
    """这个账号最近的留痕，新的在前（第三条）。"""
    return AccountEvent.objects.filter(person=person).order_by("-pk")[:SHOWN]
