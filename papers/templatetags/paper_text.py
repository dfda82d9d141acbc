"""How figures, dates and codes stand on paper: thousands, true minus, unbroken codes, units bound to their number."""

import re
from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from papers.capitals import capitals

register = template.Library()

MINUS, DASH, BOUND = "−", "—", "\u00a0"
CENT = Decimal("0.01")
EDGE = "[A-Za-z0-9-]"
CODE = re.compile(
    f"(?<!{EDGE})("
    "[A-Z]{1,6}[0-9]{0,4}-[A-Z0-9][A-Z0-9-]*"  # TZ26-000187, YLC-PO-2611-07
    "|(?:[0-9]{4}-)?[0-9]{2}-[0-9]{2}(?: [0-9]{2}:[0-9]{2})?"  # 2026-11-27, 11-27, 11-10 15:20
    f")(?!{EDGE})"
)
UNIT = re.compile(r"(?<=\d) (?=(?:mm|cm|m|g|kg|t|h|kN/m|N|%|℃|P|D)(?![A-Za-z]))|(?<=\d) (?=± \d)|(?<=±) (?=\d)")


def number(value: str | int | Decimal | None) -> Decimal | None:
    """A figure of the snapshot, or None where the paper leaves a blank."""
    return None if value in (None, "") else Decimal(str(value))


def grouped(value: Decimal, places: int) -> str:
    return f"{value:,.{places}f}".replace("-", MINUS)


def places_of(value: Decimal) -> int:
    """How many decimals a figure really has."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


@register.filter
def quantity(value: str | int | None) -> str:
    """20000.000 → 20,000"""
    found = number(value)
    return "" if found is None else grouped(found, places_of(found))


@register.filter
def money(value: str | int | None) -> str:
    """142080 → 142,080.00"""
    found = number(value)
    return "" if found is None else grouped(found.quantize(CENT), 2)


@register.filter
def price(value: str | int | None) -> str:
    """As many decimals as it has, at least two: 0.085, 14.80"""
    found = number(value)
    return "" if found is None else grouped(found, max(2, places_of(found)))


@register.filter
def or_dash(text: str) -> str:
    """Zero and nothing are a dash in dense tables."""
    return DASH if text in ("", "0", "0.00") else text


@register.filter
def or_blank(text: str) -> str:
    """Zero and nothing stay empty where a dash stands above."""
    return "" if text in ("0", "0.00") else text


@register.filter
def is_negative(value: str | int | None) -> bool:
    """Negative figures are red."""
    return (number(value) or 0) < 0


@register.filter
def in_capitals(value: str | int) -> str:
    """大写金额。"""
    return capitals(Decimal(str(value)).quantize(CENT))


@register.filter
def day(value: str | datetime | None) -> str:
    """2026-12-11, the company's day of a moment."""
    found = moment_or_day(value)
    return found.strftime("%Y-%m-%d") if found else ""


@register.filter
def short_day(value: str | datetime | None) -> str:
    """12-11"""
    found = moment_or_day(value)
    return found.strftime("%m-%d") if found else ""


@register.filter
def moment(value: str | datetime | None) -> str:
    """2026-11-13 10:12"""
    found = moment_or_day(value)
    return found.strftime("%Y-%m-%d %H:%M") if isinstance(found, datetime) else day(value)


@register.filter
def short_moment(value: str | datetime | None) -> str:
    """11-13 16:20"""
    found = moment_or_day(value)
    return found.strftime("%m-%d %H:%M") if isinstance(found, datetime) else short_day(value)


def moment_or_day(value: str | datetime | None) -> date | datetime | None:
    """A date, or a moment in the company's zone."""
    if isinstance(value, datetime):
        return timezone.localtime(value, timezone.get_default_timezone())
    text = value or ""
    found = parse_datetime(text) if "T" in text else None
    return moment_or_day(found) if found else parse_date(text)


@register.filter
def pairs(value: str | None) -> str:
    """The first eight signs of a hash, in two groups: 9F3C 21A8"""
    text = (value or "")[:8].upper()
    return f"{text[:4]} {text[4:]}".strip()


@register.filter
def tolerance(line: dict[str, str]) -> str:
    """溢短：±3，或 +3 / −0。"""
    over, under = quantity(line["over_percent"]), quantity(line["under_percent"])
    return f"±{over}" if over == under else f"+{over} / {MINUS}{under}"


@register.filter
def words(text: str | None) -> SafeString:
    """Free text: escaped, codes and dates unbroken, units bound to their number."""
    parts = CODE.split(UNIT.sub(BOUND, text or ""))
    marked = (
        (format_html('<span class="nw">{}</span>', part) if place % 2 else part,) for place, part in enumerate(parts)
    )
    return format_html_join("", "{}", marked)


@register.filter
def letters(text: str) -> list[str]:
    """One sign under the other, for the narrow strip of copies."""
    return list(text)


@register.filter
def get(mapping: dict[str, object] | None, key: str | int) -> object:
    """An entry by a key that the template holds."""
    return (mapping or {}).get(str(key))


@register.filter
def at(items: list[object] | None, position: int) -> object:
    """The entry at a place counted from one, if there is one."""
    return items[position - 1] if items and len(items) >= position else ""


@register.filter
def in_twos(items: list[object]) -> list[list[object]]:
    """Two to a row."""
    return [items[start : start + 2] for start in range(0, len(items), 2)]


@register.filter
def laid_out(requirements: list[dict[str, object]]) -> list[list[dict[str, object]]]:
    """Requirements in rows: a wide one alone, narrow ones two by two."""
    rows: list[list[dict[str, object]]] = []
    for item in requirements:
        open_row = rows and len(rows[-1]) == 1 and not rows[-1][0].get("wide")
        if open_row and not item.get("wide"):
            rows[-1].append(item)
        else:
            rows.append([item])
    return rows


@register.filter
def difference(detail: dict[str, dict[str, str]]) -> dict[str, str]:
    """What a change of text really changed: the same words before and after, the old and the new between."""
    old, new = str(detail["was"]["old"]), str(detail["text"])
    start = common(old, new)
    end = min(common(old[::-1], new[::-1]), len(old) - start, len(new) - start)
    return {
        "before": new[:start],
        "old": old[start : len(old) - end],
        "new": new[start : len(new) - end],
        "after": new[len(new) - end :],
    }


def common(one: str, other: str) -> int:
    """How far two texts agree, never cutting through a Latin word, a number or a code."""
    length = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        length += 1
    while length > 0 and re.match(r"[A-Za-z0-9 .-]", one[length - 1]):
        length -= 1
    return length
