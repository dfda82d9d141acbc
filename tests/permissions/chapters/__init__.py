"""Rows of the matrix that a chapter brings itself: one module each, found by being here.

A module may hold `ROWS` (a table like those of pages.py), `BODIES` (what its acts are sent with, as in bodies.py) and
`prepare(world)`, which keeps its documents in the world.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import Any


def every() -> list[Any]:
    """The chapters' modules, by name."""
    return [import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]


def brought(name: str) -> list[Any]:
    """What each chapter brings under this name."""
    return [getattr(module, name) for module in every() if hasattr(module, name)]
