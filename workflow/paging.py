"""Paging by key: the next page begins behind the last row seen, as fast at a million rows; no OFFSET, no count."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import BadRequest, ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

M = TypeVar("M", bound=Model)

SIZE = 50
LARGEST_SIZE = 200


@dataclass(frozen=True)
class Page:
    """One page of a list and the addresses of its neighbours."""

    rows: Sequence[Any]
    previous_url: str = ""
    next_url: str = ""
    note: str = ""


def keyset(
    rows: QuerySet[Any], params: QueryDict, *, by: str = "pk", descending: bool = True, size: int = SIZE
) -> Page:
    """The page that `after` or `before` names; ordered by `by`, then by key, both in one direction."""
    backwards = "before" in params
    cursor = params.get("before") or params.get("after") or ""
    falling = descending != backwards
    beyond = _beyond(cursor, by, falling=falling) if cursor else None
    found, earlier, later = _cut(rows, beyond, by, falling=falling, backwards=backwards, size=size)
    return Page(
        found,
        _address(params, "before", found[0], by) if earlier else "",
        _address(params, "after", found[-1], by) if later else "",
    )


def by_cursor(rows: QuerySet[M, Any], cursor: str = "", size: int = SIZE) -> tuple[list[M], str, str]:
    """A page of the API, newest first: its rows and the opaque cursors of what comes next and what came before."""
    backwards, key = _read(cursor)
    beyond = None if key is None else Q(pk__gt=key) if backwards else Q(pk__lt=key)
    found, earlier, later = _cut(rows, beyond, "pk", falling=not backwards, backwards=backwards, size=size)
    return found, _write("b", found[-1]) if later else "", _write("f", found[0]) if earlier else ""


def _cut(
    rows: QuerySet[M, Any], beyond: Q | None, by: str, *, falling: bool, backwards: bool, size: int
) -> tuple[list[M], bool, bool]:
    """The rows of one page, whether any come before them, whether any come after."""
    keys = ["pk"] if by == "pk" else [by, "pk"]
    rows = rows.order_by(*[f"-{key}" if falling else key for key in keys])
    found = list((rows if beyond is None else rows.filter(beyond))[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    inside = beyond is not None
    earlier, later = (more, inside) if backwards else (inside, more)
    return found, bool(found) and earlier, bool(found) and later


# --- the addresses of pages: ?after=2026-11-22~17 -------------------------------------------------------------------
def _beyond(cursor: str, by: str, *, falling: bool) -> Q:
    value, _tilde, pk = cursor.rpartition("~")
    side = "lt" if falling else "gt"
    if not (pk.isascii() and pk.isdecimal() and len(pk) < 19):
        raise BadRequest("cursor")
    if by == "pk":
        return Q(**{f"pk__{side}": int(pk)})
    try:
        day = dt.date.fromisoformat(value)
    except ValueError as error:
        raise BadRequest("cursor") from error
    return Q(**{f"{by}__{side}": day}) | Q(**{by: day, f"pk__{side}": int(pk)})


def _address(params: QueryDict, side: str, row: Any, by: str) -> str:
    kept = params.copy()
    for key in ("after", "before"):
        kept.pop(key, None)
    kept[side] = str(row.pk) if by == "pk" else f"{getattr(row, by).isoformat()}~{row.pk}"
    return f"?{kept.urlencode()}"


# --- the cursors of the API: `b` = what lies below the row, `f` = what lies above it ----------------------------------
def _write(towards: str, row: Model) -> str:
    return base64.urlsafe_b64encode(f"{towards}{row.pk}".encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[bool, int | None]:
    if not cursor:
        return False, None
    try:
        text = base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)).decode()
        towards, key = text[0], int(text[1:])
    except (ValueError, IndexError, binascii.Error, UnicodeError) as error:
        raise ValidationError({"cursor": _("翻页记号认不出来，请从第一页开始")}) from error
    if towards not in "bf" or not 0 <= key < 2**63:
        raise ValidationError({"cursor": _("翻页记号认不出来，请从第一页开始")})
    return towards == "f", key
