"""Which reminders have anything at all for a person: one statement asks them together.

Each reminder writes its question itself. What a process keeps is the text of "is there such a row?", with blanks for
the people, for one day; never an answer. A question that needs more than the people and the day to be written (the
hour, the person's office, another answer of the database) is not kept: it is asked in full every time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, NoReturn

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from workflow.prepared import BLANK, first_row, rendered
from workflow.scope import Reminder, Scope

_kept: dict[tuple[str, int, dt.date], str | None] = {}


class NeedsMore(Exception):
    """The question cannot be written from the people and the day alone."""


class Draft(Scope):
    """Takes a question down instead of asking it."""

    def __init__(self, day: dt.date, blanks: int) -> None:
        self._day = day
        self._people = [BLANK - n for n in range(blanks)]
        self.rows: list[QuerySet[Any]] = []

    @property
    def now(self) -> NoReturn:
        raise NeedsMore

    @property
    def holder(self) -> NoReturn:
        raise NeedsMore

    @property
    def today(self) -> dt.date:
        return self._day

    @property
    def people(self) -> list[int]:
        return self._people

    def concerns(self, *holders: int) -> NoReturn:
        raise NeedsMore

    def each(self, rows: QuerySet[Any]) -> Iterable[Any]:
        self.rows.append(rows)
        return ()


def with_something(questions: list[Reminder], scope: Scope) -> list[Reminder]:
    """The questions that have a row for these people, and those that can only be asked in full."""
    people, day = scope.people or [], scope.today
    texts = [_text_of(question, len(people), day) for question in questions]
    asked = [text for text in texts if text is not None]
    found = iter((asked and first_row("SELECT " + ", ".join(asked), *people)) or ())
    return [question for question, text in zip(questions, texts, strict=True) if text is None or next(found)]


def _text_of(question: Reminder, blanks: int, day: dt.date) -> str | None:
    key = question.name, blanks, day
    if key not in _kept:
        for old in [one for one in _kept if one[2] != day]:
            _kept.pop(old, None)
        _kept[key] = _written(question, Draft(day, blanks))
    return _kept[key]


def _written(question: Reminder, draft: Draft) -> str | None:
    try:
        with connection.execute_wrapper(_refuse):
            if any(True for _due in question.asks(draft)):
                return None
    except NeedsMore:
        return None
    parts = [f"EXISTS({text})" for text in map(_one, draft.rows) if text]
    return f"({' OR '.join(parts) or 'FALSE'})"


def _one(rows: QuerySet[Any]) -> str:
    try:
        return rendered(*rows.query.exists().sql_with_params())
    except EmptyResultSet:
        return ""


def _refuse(*_statement: Any) -> NoReturn:
    raise NeedsMore
