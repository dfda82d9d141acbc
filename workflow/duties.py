"""Reminders are questions asked on time; the same question fills a person's day and the sweep (STYLE 4.13)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import islice

from django.db.models import F, Q
from django.utils import timezone

from parties.models import User
from workflow.deputies import deputies_on, stood_in_by
from workflow.models import Duty
from workflow.outbox import post
from workflow.probing import with_something
from workflow.scope import BATCH, Due, Reminder, Scope

__all__ = ["REMINDERS", "Due", "Reminder", "Scope", "reminder", "sweep", "waiting_for"]

PER_REMINDER = 50

REMINDERS: dict[str, Reminder] = {}


def reminder(
    *, rule: str, article: str, right: str = ""
) -> Callable[[Callable[[Scope], Iterable[Due]]], Callable[[Scope], Iterable[Due]]]:
    """Register a reminder; `right` spares people who could never hold such a duty the question."""

    def wrap(asks: Callable[[Scope], Iterable[Due]]) -> Callable[[Scope], Iterable[Due]]:
        REMINDERS[asks.__name__] = Reminder(asks.__name__, rule, article, asks, right)
        return asks

    return wrap


def _asked(question: Reminder, scope: Scope) -> Iterable[Due]:
    for due in question.asks(scope):
        yield Due(
            due.about, due.holder_id, due.by, str(due.title), str(due.words), due.url, str(due.button), due.subject,
            due.climbs_to_id, due.article or question.article, due.rule or question.rule, question.name,
        )  # fmt: skip


def waiting_for(user: User, now: dt.datetime) -> list[Due]:
    """待办：此刻等着这个人做的事，连同代别人办的，按紧急程度（各章提醒各问一次）。"""
    scope = Scope(now, user)
    found: list[Due] = []
    for question in with_something([one for one in REMINDERS.values() if not one.right or user.may(one.right)], scope):
        found.extend(islice(_asked(question, scope), PER_REMINDER))
    absent = {person.pk: str(person) for person in stood_in_by(user)}
    marked = (replace(due, behalf=absent.get(due.holder_id, "")) for due in found)
    return sorted(marked, key=lambda due: due.by)


def sweep(now: dt.datetime) -> int:
    """Bring the duties up to date: new ones opened once, vanished ones closed, overdue ones climbed; how many stay."""
    for question in REMINDERS.values():
        _sweep_one(question, now)
    _climb(now)
    return Duty.objects.filter(closed_at__isnull=True).count()


def _sweep_one(question: Reminder, now: dt.datetime) -> None:
    dues = iter(_asked(question, Scope(now)))
    while rows := [_row(due, now) for due in islice(dues, BATCH)]:
        Duty.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["reminder", "about", "by", "holder"],
            update_fields=["seen_at", "words", "url", "climbs_to"],
        )
    Duty.objects.filter(reminder=question.name, closed_at__isnull=True, seen_at__lt=now).update(closed_at=now)


def _row(due: Due, now: dt.datetime) -> Duty:
    return Duty(
        rule=due.rule, reminder=due.reminder, about=due.about, by=due.by, holder_id=due.holder_id,
        climbs_to_id=due.climbs_to_id, title=due.title[:60], words=due.words[:300], article=due.article, url=due.url,
        opened_at=now, seen_at=now,
    )  # fmt: skip


def _climb(now: dt.datetime) -> None:
    """过期的待办报上一级：一次，留下时间；上一级不在，报他的代理人。"""
    overdue = Duty.objects.filter(
        Q(closed_at__isnull=True, by__lt=now, climbed_at__isnull=True, climbs_to__isnull=False)
        & ~Q(climbs_to=F("holder"))
    )
    stands_in = deputies_on(timezone.localdate(now))
    for pk, climbs_to_id in overdue.values_list("pk", "climbs_to_id").iterator(chunk_size=BATCH):
        if Duty.objects.filter(pk=pk, climbed_at__isnull=True).update(climbed_at=now):
            post("duty.climbed", f"workflow_duty:{pk}", {"duty": pk, "to": stands_in.get(climbs_to_id, climbs_to_id)})
