"""Keyset paging by primary key: the same speed on page one and at a million rows; no OFFSET, no exact count."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

M = TypeVar("M", bound=Model)

USUAL_SIZE = 50
LARGEST_SIZE = 200


@dataclass(frozen=True)
class Page(Generic[M]):
    """One page, newest first, and the cursors beside it (empty = nothing there)."""

    rows: list[M]
    next: str
    previous: str


def page_of(rows: QuerySet[M, Any], cursor: str = "", size: int = USUAL_SIZE) -> Page[M]:
    """The page of rows, by descending key, that a cursor names; an unreadable cursor is bad input."""
    backwards, key = _read(cursor)
    if backwards:
        found = list(rows.filter(pk__gt=key).order_by("pk")[: size + 1])
        more, found = len(found) > size, found[:size][::-1]
        return Page(found, _write("b", found) if found else "", _write("f", found) if more else "")
    if key is not None:
        rows = rows.filter(pk__lt=key)
    found = list(rows.order_by("-pk")[: size + 1])
    more, found = len(found) > size, found[:size]
    return Page(found, _write("b", found) if more else "", _write("f", found) if key is not None and found else "")


def _write(towards: str, rows: list[M]) -> str:
    """`b` = what lies below the last row, `f` = what lies above the first."""
    row = rows[-1] if towards == "b" else rows[0]
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
