"""How the query parameters and line references of this chapter are read; what cannot be read is 400."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _


def by_id(rows: QuerySet[Any], ids: Iterable[int], field: str) -> dict[int, Any]:
    """The named rows by id; one that is not there, or not this person's, is 400 at its line."""
    wanted = list(ids)
    there = {row.pk: row for row in rows.filter(pk__in=wanted)}
    missing = {
        f"lines.{n}.{field}": _("没有这一行 %(id)s") % {"id": pk} for n, pk in enumerate(wanted) if pk not in there
    }
    if missing:
        raise ValidationError(missing)
    return there


def yes_or_no(name: str, value: str) -> bool:
    return one_of(name, value, ("true", "false")) == "true"


def one_of(name: str, value: str, known: Iterable[str]) -> str:
    if value not in known:
        raise ValidationError({name: _("只能是 %(known)s") % {"known": "、".join(known)}})
    return value


def moment_of(name: str, value: str) -> Any:
    try:
        moment = parse_datetime(value)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ValidationError({name: _("时间写成 2026-11-28T16:25:00+08:00 这样")})
    return moment
