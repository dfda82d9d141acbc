"""Listening to what production announces, beside the chapters that really listen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from production.events import GoodsPassed
from workflow.events import REACTIONS


@contextmanager
def told_facts() -> Iterator[list[GoodsPassed]]:
    """Every GoodsPassed announced inside."""
    heard: list[GoodsPassed] = []
    REACTIONS[GoodsPassed].append(heard.append)
    try:
        yield heard
    finally:
        REACTIONS[GoodsPassed].remove(heard.append)
