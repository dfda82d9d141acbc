"""How figures, dates and controls are worded on every page: one place, so that a number looks the same everywhere."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from workflow import clock

register = template.Library()

SOON_DAYS = 5


def _decimal(value: Any) -> Decimal | None:
    try:
        return None if value is None or value == "" else Decimal(str(value))
    except InvalidOperation:
        return None


def _signed(text: str) -> str:
    return text.replace("-", "−")


@register.filter
def money(value: Any) -> str:
    """Two decimals, thousands by comma, a true minus; a dash where there is nothing to say."""
    amount = _decimal(value)
    return "—" if amount is None else _signed(f"{amount.quantize(Decimal('0.01'), ROUND_HALF_UP):,.2f}")


@register.filter
def quantity(value: Any) -> str:
    """Thousands by comma, no needless zeros behind the point."""
    amount = _decimal(value)
    if amount is None:
        return "—"
    text = f"{amount:,.3f}".rstrip("0").rstrip(".")
    return _signed(text)


@register.filter
def price(value: Any) -> str:
    """A unit price: at least two decimals, as many more as it has."""
    amount = _decimal(value)
    if amount is None:
        return "—"
    whole, _point, fraction = f"{amount:,.6f}".partition(".")
    return _signed(f"{whole}.{fraction.rstrip('0').ljust(2, '0')}")


@register.filter
def percent(value: Any) -> str:
    """A rate as people say it: 0.13 is 13%."""
    rate = _decimal(value)
    return "—" if rate is None else f"{quantity(rate * 100)}%"


@register.filter
def plain(value: Any) -> str:
    """A figure as it is typed: no commas, no needless zeros."""
    amount = _decimal(value)
    if amount is None:
        return ""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _today() -> dt.date:
    return clock.today()


def _date(value: Any) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value if isinstance(value, dt.date) else None


@register.filter
def day(value: Any) -> str:
    """11-28 inside the year, 2027-01-08 outside it."""
    date = _date(value)
    if date is None:
        return "—"
    return f"{date:%m-%d}" if date.year == _today().year else f"{date:%Y-%m-%d}"


@register.filter
def moment(value: Any) -> str:
    """今天 08:00, 11-21 15:40."""
    if not isinstance(value, dt.datetime):
        return day(value)
    local = timezone.localtime(value)
    date = _("今天") if local.date() == _today() else day(local)
    return f"{date} {local:%H:%M}"


@register.filter
def distance(value: Any) -> str:
    """还有 5 天, 今天, 超 3 天: what a deadline means in days."""
    date = _date(value)
    if date is None:
        return ""
    days = (date - _today()).days
    if days == 0:
        return _("就是今天")
    return _("还有 %(days)d 天") % {"days": days} if days > 0 else _("超 %(days)d 天") % {"days": -days}


@register.filter
def urgency(value: Any) -> str:
    """The colour beside the words of `distance`: late past the date, risk within five days."""
    date = _date(value)
    if date is None:
        return ""
    days = (date - _today()).days
    return "t-late" if days < 0 else "t-risk" if days <= SOON_DAYS else "dim"


def _control_class(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput):
        return "form-check-input"
    return "form-select" if isinstance(widget, forms.Select) else "form-control"


@register.filter
def control(field: BoundField) -> SafeString:
    """A bound field's control in the house's dress; red where it has errors."""
    widget = field.field.widget
    dress = [widget.attrs.get("class", ""), _control_class(widget), "is-invalid" if field.errors else ""]
    attrs: dict[str, Any] = {"class": " ".join(filter(None, dress))}
    if field.errors:
        attrs["aria-describedby"] = f"{field.id_for_label}_error"
    return field.as_widget(attrs=attrs)


@register.filter
def cell(field: BoundField) -> SafeString:
    """A bound field as a cell of an editable grid: no dress, but named for those who cannot see the head."""
    attrs: dict[str, Any] = {"data-column": field.name, "data-head": str(field.label), "aria-label": str(field.label)}
    if "decimal" in field.field.widget.attrs.get("inputmode", ""):
        attrs["data-figure"] = ""
    if field.errors:
        attrs["aria-describedby"] = f"{field.id_for_label}_error"
    return field.as_widget(attrs=attrs)
