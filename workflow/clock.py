"""The one clock of the house. Services read it; only the demo and tests set it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_told: ContextVar[dt.datetime | None] = ContextVar("told_time", default=None)


def now() -> dt.datetime:
    """This moment, aware, UTC inside."""
    return _told.get() or timezone.now()


def today() -> dt.date:
    """The company's day (TIME_ZONE, usually Asia/Shanghai)."""
    return timezone.localdate(now())


def day_of(moment: dt.datetime) -> dt.date:
    """The company's day of a moment."""
    return timezone.localdate(moment)


@contextmanager
def told(moment: dt.datetime) -> Iterator[None]:
    """Tell the clock another moment, as when a demo company's past is made."""
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)
