"""What the shared partials draw: key numbers, timelines, steppers, quick filters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workflow.models import TransitionLog

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

COUNTED = 100  # a quick filter counts no further


@dataclass(frozen=True)
class Figure:
    """One key number of a strip (`_figures.html`)."""

    label: str
    value: str
    unit: str = ""
    prefix: str = ""
    note: str = ""
    tone: str = ""
    url: str = ""


@dataclass(frozen=True)
class Entry:
    """One line of a timeline (`_timeline.html`)."""

    at: Any
    words: str
    kind: str = ""
    url: str = ""


@dataclass(frozen=True)
class Step:
    """One step of a stepper (`_stepper.html`): its word, what stands under it, done, now, stop or still to come."""

    word: str
    note: str
    status: str


@dataclass(frozen=True)
class Chip:
    """A quick filter of a list; it carries a count where it is small and calls for work."""

    key: str
    label: StrOrPromise
    narrow: Callable[[Any], Any]
    counted: bool = False
    count: int | None = None

    @property
    def shown(self) -> str:
        """How many, up to 99."""
        if not self.count:
            return ""
        return str(self.count) if self.count < COUNTED else f"{COUNTED - 1}+"


def told(row: TransitionLog, more: str) -> str:
    """李晓雯退回补充：缺箱唛。"""
    words = f"{row.actor_name}{row.label}"
    return f"{words}：{more}" if more else words
