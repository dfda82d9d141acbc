"""A reminder's question and whom it is asked for (STYLE 4.13): one person (their page) or everybody (the sweep)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from parties.models import User
from workflow.deputies import ids

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Due:
    """一件该做的事：关于什么、该谁、到何时、去哪一页做、过期报给谁。"""

    about: str
    holder_id: int
    by: dt.datetime
    title: str
    words: str
    url: str
    button: str = ""
    subject: str = ""
    climbs_to_id: int | None = None
    article: str = ""
    rule: str = ""
    reminder: str = ""
    behalf: str = ""


@dataclass(frozen=True)
class Scope:
    """Whose duties are asked for, and when."""

    now: dt.datetime
    holder: User | None = None

    @property
    def today(self) -> dt.date:
        """The day of the question; whoever needs no hour asks for this and not for `now`."""
        return timezone.localdate(self.now)

    @property
    def people(self) -> list[int] | None:
        """The holder and whom they stand in for; None is everybody."""
        return None if self.holder is None else ids(self.holder)

    def since(self, ago: dt.timedelta) -> dt.datetime:
        """The beginning of the day so long ago."""
        return timezone.make_aware(dt.datetime.combine(self.today, dt.time())) - ago

    def of(self, rows: QuerySet[Any], *others: str | Q, holder: str) -> QuerySet[Any]:
        """Narrow rows to the holder, and whom they stand in for: `scope.of(orders, holder="coordinator_id")`.

        `others` are further holders of the same row, or rows to judge one by one when they are read.
        """
        people = self.people
        if people is None:
            return rows
        theirs = Q(**{f"{holder}__in": people})
        for other in others:
            theirs |= other if isinstance(other, Q) else Q(**{f"{other}__in": people})
        return rows.filter(theirs)

    def each(self, rows: QuerySet[Any]) -> Iterable[Any]:
        """The rows of the question: one person's at once, everybody's as they come, however many there are."""
        return rows if self.people is not None else rows.iterator(chunk_size=BATCH)

    def concerns(self, *holders: int) -> bool:
        """Whether one of these people's duties are asked for."""
        people = self.people
        return people is None or not set(holders).isdisjoint(people)


@dataclass(frozen=True)
class Reminder:
    """A registered question with its article."""

    name: str
    rule: str
    article: str
    asks: Callable[[Scope], Iterable[Due]]
    right: str = ""
