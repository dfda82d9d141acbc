"""What import-linter cannot see: foreign keys by string and reverse accessors obey the floors too (DESIGN §4)."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models.fields.reverse_related import ForeignObjectRel

from config.floors import FLOORS

HEIGHT = {app: height for height, app in enumerate(FLOORS)}


def test_foreign_keys_point_downward() -> None:
    upward = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models()
        for field in model._meta.fields
        if field.is_relation
        and model._meta.app_label in HEIGHT
        and field.related_model._meta.app_label in HEIGHT
        and HEIGHT[field.related_model._meta.app_label] > HEIGHT[model._meta.app_label]
    ]
    assert not upward


def accessors_from_above() -> dict[str, set[str]]:
    """App → names by which rows of higher floors hang on its models; ambiguous names are left out."""
    names: dict[str, set[str]] = defaultdict(set)
    fields = {field.name for model in apps.get_models() for field in model._meta.fields}
    for model in apps.get_models():
        for relation in model._meta.get_fields():
            if not isinstance(relation, ForeignObjectRel) or model._meta.app_label not in HEIGHT:
                continue
            other = relation.related_model._meta.app_label
            name = relation.get_accessor_name()
            if other in HEIGHT and HEIGHT[other] > HEIGHT[model._meta.app_label] and name and name not in fields:
                names[model._meta.app_label].add(name)
    return names


@pytest.mark.parametrize("app", FLOORS[:11])
def test_nobody_reaches_up_through_a_reverse_accessor(app: str) -> None:
    folder: Path = settings.BASE_DIR / app
    if not folder.is_dir():
        pytest.skip(f"{app} is not built yet")
    from_above = set().union(
        *(names for lower, names in accessors_from_above().items() if HEIGHT[lower] <= HEIGHT[app])
    )
    owned = {
        relation.get_accessor_name()
        for model in apps.get_models()
        for relation in model._meta.get_fields()
        if isinstance(relation, ForeignObjectRel)
        and HEIGHT.get(relation.related_model._meta.app_label, 99) <= HEIGHT[app]
    }
    pattern = re.compile(
        r"\.(" + "|".join(sorted(from_above - owned) or ["nothing_at_all"]) + r")\.(all|filter|exists|count|values)"
    )
    found = [
        f"{path.name}: {hit.group(0)}" for path in folder.rglob("*.py") for hit in pattern.finditer(path.read_text())
    ]
    assert not found


def test_models_outside_the_floors_are_not_ours() -> None:
    ours = {config.label for config in apps.get_app_configs() if str(settings.BASE_DIR) in str(config.path)}
    third_party = {label for label in ours if ".venv" in str(apps.get_app_config(label).path)}
    assert ours - third_party - {"config"} <= set(FLOORS)
