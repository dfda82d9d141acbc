"""The one search box (B8, DESIGN §6): every chapter says what it finds, each as far as the person sees it (B7)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from parties.models import User
from workflow.events import collect

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NUMBER = re.compile(r"[A-Z]{1,2}[0-9-][0-9-]{0,17}")


@dataclass(frozen=True)
class Find:
    """What was typed and by whom. Answer: an iterable of `Found`, at most `most` rows of each document."""

    user: User
    words: str
    most: int


@dataclass(frozen=True)
class Found:
    """One document that was found: its number, whose it is or what, where it is, what kind, its state."""

    number: str
    name: str
    url: str
    kind: StrOrPromise
    state: str = ""
    note: str = ""


def found_by(request: Find) -> list[Found]:
    """Everything that the chapters find, floor by floor."""
    return [one for answer in collect(request) for one in answer]


def by_number(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Documents whose number begins so, by its index; what cannot be a number of theirs asks nothing."""
    typed, model = words.strip().upper(), rows.model
    if not NUMBER.fullmatch(typed):
        return rows.none()
    if typed.startswith(f"{model.provisional_prefix}-"):
        return rows.numbered(typed)  # type: ignore[attr-defined, no-any-return]
    if not typed.startswith(model.series):
        return rows.none()
    return rows.filter(formal_number__startswith=typed)


def newest(
    rows: QuerySet[Any], request: Find, as_found: Callable[[Any], Found], *, searched: bool = False
) -> Iterator[Found]:
    """The newest rows that fit: by their search text where they have one, else by number."""
    draft = request.words.strip().upper().startswith(f"{rows.model.provisional_prefix}-")
    fitting = rows.searched(request.words) if searched and not draft else by_number(rows, request.words)  # type: ignore[attr-defined]
    if fitting.query.is_empty():
        return
    for one in fitting.order_by("-pk")[: request.most]:
        yield as_found(one)
