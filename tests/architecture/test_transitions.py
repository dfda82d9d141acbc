"""Every move of every machine says what it is, who may, by which article; nothing moves a state beside the door."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from config.floors import FLOORS
from workflow.guards import Right
from workflow.machine import Step, steps_of
from workflow.models import Stateful

OURS = (*FLOORS, "config")
MACHINES = [model for model in apps.get_models() if issubclass(model, Stateful)]
STEPS = [(model, step) for model in MACHINES for step in steps_of(model).values()]


def sources() -> Iterator[tuple[Path, str]]:
    for app in OURS:
        for path in (settings.BASE_DIR / app).rglob("*.py"):
            if "migrations" not in path.parts:
                yield path, path.read_text()


@pytest.mark.parametrize(
    ("model", "step"), STEPS, ids=lambda value: getattr(value, "name", getattr(value, "__name__", ""))
)
def test_a_move_is_labelled_guarded_cited_and_told(model: type[Stateful], step: Step) -> None:
    assert step.label
    assert step.article
    assert re.fullmatch(r"[A-E][0-9]{1,2}[a-z]?(\.[0-9][a-z]?)?", step.rule), step.rule
    assert isinstance(step.right, Right)
    assert step.article.split("，")[0] in (step.method.__doc__ or ""), f"{model.__name__}.{step.name}"
    assert all(guard.article and guard.rule for guard in step.guards)


@pytest.mark.parametrize("model", MACHINES, ids=lambda model: model.__name__)
def test_a_machine_is_protected_and_logged_by_the_database(model: type[Stateful]) -> None:
    assert model._meta.get_field("state").protected
    names = {trigger.name for trigger in model._meta.triggers}
    assert {"state_needs_log", "no_hard_delete"} <= names


def test_there_are_machines_to_look_at() -> None:
    assert {"Order", "Instruction"} <= {model.__name__ for model in MACHINES}
    assert len(STEPS) > 20


@pytest.mark.parametrize(
    ("forbidden", "but"),
    [
        (r"@receiver|post_save|pre_save|post_transition", ()),
        (r"\.update\([^)]*\bstate=", ()),
        (r"_django_fsm", ("workflow/machine.py",)),
        (r"\bfloat\(", ("config/",)),
        (r"mark_safe|\|safe\b|\.raw\(|\.extra\(", ("workflow/outbox.py", "papers/")),
        (r"timezone\.now\(\)|datetime\.now\(", ("workflow/clock.py", "workflow/outbox.py", "config/")),
        (r"fields = \"__all__\"|exclude = \[", ()),
        (r"\bTODO\b|\bFIXME\b|\bXXX\b", ()),
    ],
)
def test_what_this_house_does_not_do(forbidden: str, but: tuple[str, ...]) -> None:
    found = [
        f"{path.relative_to(settings.BASE_DIR)}:{text[: hit.start()].count(chr(10)) + 1}"
        for path, text in sources()
        if not str(path.relative_to(settings.BASE_DIR)).startswith(but or ("\0",))
        for hit in re.finditer(forbidden, text)
    ]
    assert not found


def test_only_services_open_the_door() -> None:
    """`perform` is called in services and reactions, never in views, API, forms, tasks or admin."""
    calling = [
        str(path.relative_to(settings.BASE_DIR))
        for path, text in sources()
        if re.search(r"\bperform\(", text) and not re.search(r"services|reactions|machine\.py", str(path))
    ]
    assert not calling
