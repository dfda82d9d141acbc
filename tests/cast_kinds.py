"""Business kinds as they are edited: the page as it is sent, and a kind changed by the service."""

from __future__ import annotations

from typing import Any

from orders import services
from orders.kind_sheet import KindSheet
from orders.kinds import content_of
from orders.models import BusinessKind
from tests.cast import Cast


def kind(code: str = "printing") -> BusinessKind:
    """A kind, read anew."""
    return BusinessKind.objects.get(code=code)


def content(code: str = "printing", **changes: Any) -> dict[str, Any]:
    """A kind's content with something changed; what is no column is an option."""
    whole = content_of(kind(code))
    options = {key: changes.pop(key) for key in list(changes) if key not in whole}
    kept = {key: value for key, value in {**whole["options"], **options}.items() if value is not None}
    return {**whole, **changes, "options": kept}


def changed_kind(cast: Cast, code: str = "printing", **changes: Any) -> BusinessKind:
    """A new version of a kind, made by the supervisor."""
    one = kind(code)
    given = content(code, **changes)
    return services.edit_kind(one, given, active=True, expected=one.version, actor=cast.laowang)


def page_of(code: str = "printing", **changes: str | list[str]) -> dict[str, Any]:
    """The editor's page as it is sent when nothing else was typed."""
    one = kind(code)
    sheet = KindSheet.of(one)
    data: dict[str, Any] = {"version": str(one.version)}
    data |= {name: sheet.form[name].value() for name in sheet.form.fields}
    data = {name: value for name, value in data.items() if value not in (None, False, "", [])}
    data["active"] = "on"
    for rows, prefix in (
        (one.milestones, "milestones"),
        (one.options.get("lead_days", []), "leads"),
        (one.options.get("points", []), "points"),
    ):
        data |= {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": str(len(rows))}
        data |= {f"{prefix}-{n}-{key}": str(value) for n, row in enumerate(rows) for key, value in row.items()}
    return data | changes


def shop(cast: Cast, **options: Any) -> BusinessKind:
    """The printing kind as a shop has it: 接单 and 下单 apart, ten days before delivery (C3b)."""
    return changed_kind(cast, release_days=10, **options)
