"""What a transition changed of a document: that is written, and nothing else."""

from __future__ import annotations

import functools
from copy import copy
from typing import Any

from workflow.models import Stateful


@functools.cache
def _columns(model: type[Stateful]) -> tuple[tuple[str, str], ...]:
    return tuple((field.name, field.attname) for field in model._meta.concrete_fields)


@functools.cache
def _stamped(model: type[Stateful]) -> frozenset[str]:
    """Fields that the save itself stamps (auto_now)."""
    return frozenset(field.name for field in model._meta.concrete_fields if getattr(field, "auto_now", False))


def stored(subject: Stateful) -> dict[str, Any]:
    """The values of a document as they are now, to tell afterwards what a transition changed."""
    held = subject.__dict__
    return {attname: copy(held[attname]) for _name, attname in _columns(type(subject)) if attname in held}


def changed_fields(subject: Stateful, before: dict[str, Any]) -> list[str]:
    """The fields that a transition changed, and those the save stamps: what has to be written, no more."""
    held, model = subject.__dict__, type(subject)
    changed = {name for name, attname in _columns(model) if attname in held and held[attname] != before.get(attname)}
    return sorted(changed | _stamped(model))
