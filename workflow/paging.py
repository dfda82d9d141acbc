"""Paging by key: the next page begins behind the last row seen, however many rows there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import Q, QuerySet
from django.http import QueryDict

SIZE = 50


@dataclass(frozen=True)
class Page:
    """One page of a list and the addresses of its neighbours."""

    rows: Sequence[Any]
    previous_url: str = ""
    next_url: str = ""
    note: str = ""


def keyset(
    rows: QuerySet[Any], params: QueryDict, *, by: str = "id", descending: bool = True, size: int = SIZE
) -> Page:
    """The page that `after` or `before` names; ordered by `by`, then by id, both in one direction."""
    backwards = "before" in params
    cursor = params.get("before") or params.get("after") or ""
    falling = descending != backwards
    keys = [by] if by == "id" else [by, "id"]
    rows = rows.order_by(*[f"-{key}" if falling else key for key in keys])
    if cursor:
        rows = rows.filter(_beyond(cursor, by, falling=falling))
    found = list(rows[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    earlier, later = (more, bool(cursor)) if backwards else (bool(cursor), more)
    return Page(
        found,
        _address(params, "before", found[0], by) if found and earlier else "",
        _address(params, "after", found[-1], by) if found and later else "",
    )


def _beyond(cursor: str, by: str, *, falling: bool) -> Q:
    value, _tilde, pk = cursor.rpartition("~")
    side = "lt" if falling else "gt"
    if not (pk.isascii() and pk.isdecimal() and len(pk) < 19):
        raise BadRequest("cursor")
    if by == "id":
        return Q(**{f"id__{side}": int(pk)})
    try:
        day = dt.date.fromisoformat(value)
    except ValueError as error:
        raise BadRequest("cursor") from error
    return Q(**{f"{by}__{side}": day}) | Q(**{by: day, f"id__{side}": int(pk)})


def _address(params: QueryDict, side: str, row: Any, by: str) -> str:
    kept = params.copy()
    for key in ("after", "before"):
        kept.pop(key, None)
    kept[side] = str(row.pk) if by == "id" else f"{getattr(row, by).isoformat()}~{row.pk}"
    return f"?{kept.urlencode()}"
