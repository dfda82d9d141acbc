"""The rows of 《跟单工作管理制度》 and what in the house enforces each; the page 制度 and a test read it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.conf import settings

from workflow.duties import REMINDERS
from workflow.machine import steps_of
from workflow.models import Stateful


@dataclass(frozen=True)
class Row:
    """制度里的一行：编号、条款、要求。"""

    id: str
    article: str
    words: str


@cache
def rows() -> dict[str, Row]:
    """Every row by id, in the order of the regulation (fixtures/regulation.json)."""
    found = json.loads((settings.BASE_DIR / "fixtures" / "regulation.json").read_text())
    return {row["id"]: Row(row["id"], row["article"], row["words"]) for row in found}


def enforcers() -> Iterator[tuple[str, str]]:
    """(row id, what enforces it): every guard, move and reminder of the house."""
    for model in apps.get_models():
        if issubclass(model, Stateful):
            for step in steps_of(model).values():
                yield step.rule, f"{model.__name__}.{step.name}"
                yield from ((guard.rule, guard.__name__) for guard in step.guards)
    yield from ((question.rule, question.name) for question in REMINDERS.values())
