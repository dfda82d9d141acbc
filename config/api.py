"""/api/: every chapter's addresses, each write wrapped in one effect; the schema and its page behind login."""

from __future__ import annotations

from collections import defaultdict
from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from config.floors import FLOORS
from integration.idempotency import one_effect
from integration.problems import explain

__all__ = ["explain", "urlpatterns"]


def _addresses() -> list[URLResolver]:
    """Every `urlpatterns` of a chapter's api.py, by their first word, so that an address is looked for among few."""
    rooms = [import_module(f"{chapter}.api") for chapter in FLOORS if find_spec(f"{chapter}.api")]
    shelves: dict[str, list[URLPattern]] = defaultdict(list)
    for pattern in (pattern for room in rooms for pattern in room.urlpatterns):
        first, slash, rest = str(pattern.pattern).partition("/")
        act = one_effect(pattern.callback)
        shelves[first + slash].append(path(rest, act, pattern.default_args, name=pattern.name))
    return [path(first, include(patterns)) for first, patterns in shelves.items()]


urlpatterns = [
    path("v1/", include((_addresses(), "api"))),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="docs"),
]
