"""/api/: every chapter's addresses, each write wrapped in one effect; the schema and its page behind login."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from config.floors import FLOORS
from integration.idempotency import one_effect
from integration.problems import explain

__all__ = ["explain", "urlpatterns"]


def _wrapped(pattern: URLPattern) -> URLPattern:
    pattern.callback = one_effect(pattern.callback)
    return pattern


def _addresses() -> list[URLPattern]:
    """Every `urlpatterns` of a chapter's api.py."""
    rooms = [import_module(f"{chapter}.api") for chapter in FLOORS if find_spec(f"{chapter}.api")]
    return [_wrapped(pattern) for room in rooms for pattern in room.urlpatterns]


urlpatterns = [
    path("v1/", include((_addresses(), "api"))),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="docs"),
]
