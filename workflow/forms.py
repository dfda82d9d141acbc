"""What people may type: words, figures, days. One place, so that every form of the house refuses the same things."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

EARLIEST, LATEST = dt.date(2000, 1, 1), dt.date(2099, 12, 31)
FULL_WIDTH = {**{0xFF10 + n: 0x30 + n for n in range(10)}, 0xFF0E: 0x2E, 0xFF0D: 0x2D}
FIGURE = re.compile(r"[0-9]+(\.[0-9]+)?")
DAY = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
MOMENT = re.compile(r"(?P<day>\S+)[T ]+(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(:[0-9]{2})?")
BREAKS = "\n\t"
DECEIVING = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def clean_words(text: str, *, lines: bool = False) -> str:
    """NFC, trimmed (全角空格也算), without characters that nobody can see; bidi marks and halves are refused."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    text = text if lines else re.sub(r"[\n\t]+", " ", text)
    if any(unicodedata.category(character) in DECEIVING and character not in BREAKS for character in text):
        raise ValidationError(_("含有看不见的控制字符，请删掉后再填"), code="deceiving")
    return text


def figure(text: str, *, digits: int, places: int) -> Decimal:
    """A figure as people write it: full-width digits count; commas, exponents, signs, other scripts are refused."""
    text = text.strip().translate(FULL_WIDTH)
    if "," in text or "，" in text:
        raise ValidationError(_("数字里不要逗号，例如写 1000"), code="comma")
    if text.startswith("-"):
        raise ValidationError(_("不能是负数"), code="negative")
    if not FIGURE.fullmatch(text):
        raise ValidationError(_("请填数字，例如 1000 或 0.68"), code="not_a_figure")
    whole, _point, fraction = text.partition(".")
    if len(fraction) > places:
        raise ValidationError(_("最多 %(n)d 位小数") % {"n": places}, code="too_fine")
    if len(whole.lstrip("0")) > digits - places:
        raise ValidationError(_("数字太大，请核对"), code="too_large")
    return Decimal(text)


def day_of(text: str) -> dt.date:
    """A day, year first; what is not on the calendar or far off is refused."""
    found = DAY.fullmatch(text.strip().translate(FULL_WIDTH))
    try:
        day = dt.date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        raise ValidationError(_("没有这一天，请核对日期"), code="no_such_day") from None
    if day is None:
        raise ValidationError(_("日期写成 2026-11-28 这样"), code="not_a_day")
    if not EARLIEST <= day <= LATEST:
        raise ValidationError(_("日期不像是真的，请核对年份"), code="far_off")
    return day


class WordsField(forms.CharField):
    """A line of words, or several with `lines=True`."""

    def __init__(self, *, lines: bool = False, **kwargs: Any) -> None:
        self.lines = lines
        if lines:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 2}))
        super().__init__(strip=False, **kwargs)
        self.validators = []

    def to_python(self, value: Any) -> str:
        text = str(value or "")
        if self.max_length is not None and len(text) > self.max_length * 2 + 200:
            raise ValidationError(_("最多 %(n)d 个字") % {"n": self.max_length}, code="max_length")
        text = clean_words(text, lines=self.lines)
        if self.max_length is not None and len(text) > self.max_length:
            raise ValidationError(_("最多 %(n)d 个字") % {"n": self.max_length}, code="max_length")
        return text


class FigureField(forms.Field):
    """A quantity or a price: never a sign, an exponent or a comma."""

    widget = forms.TextInput

    def __init__(self, *, digits: int = 14, places: int = 3, positive: bool = False, **kwargs: Any) -> None:
        self.digits, self.places, self.positive = digits, places, positive
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "decimal", "maxlength": self.digits + 6, "autocomplete": "off"}

    def to_python(self, value: Any) -> Decimal | None:
        text = str(value or "")[:60]
        if not text.strip():
            return None
        number = figure(text, digits=self.digits, places=self.places)
        if self.positive and not number:
            raise ValidationError(_("要大于零"), code="zero")
        return number

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(initial or "").strip() != str(data or "").strip()


class DayField(forms.Field):
    """A day, typed or picked."""

    widget = forms.TextInput

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"placeholder": "2026-11-28", "maxlength": 12, "autocomplete": "off"}

    def to_python(self, value: Any) -> dt.date | None:
        text = str(value or "")[:40]
        return day_of(text) if text.strip() else None

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, dt.date) else value


class MomentField(forms.Field):
    """A day and a time in the company's time zone."""

    widget = forms.TextInput

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"placeholder": "2026-11-28 16:25", "maxlength": 20, "autocomplete": "off"}

    def to_python(self, value: Any) -> dt.datetime | None:
        text = str(value or "")[:40].strip().translate(FULL_WIDTH).replace("：", ":")
        if not text:
            return None
        found = MOMENT.fullmatch(text)
        if not found:
            raise ValidationError(_("时间写成 2026-11-28 16:25 这样"), code="not_a_moment")
        hour, minute = int(found["hour"]), int(found["minute"])
        if hour > 23 or minute > 59:
            raise ValidationError(_("没有这个钟点，请核对时间"), code="no_such_time")
        return timezone.make_aware(dt.datetime.combine(day_of(found["day"]), dt.time(hour, minute)))

    def prepare_value(self, value: Any) -> Any:
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if isinstance(value, dt.datetime) else value


class HouseForm(forms.Form):
    """A form that says in Chinese which field wants what, and takes no field it does not know."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        for field in self.fields.values():
            field.error_messages["required"] = _("请填%(label)s") % {"label": field.label}
            field.error_messages["invalid_choice"] = _("请从列出的里面选%(label)s") % {"label": field.label}


def filled(form: forms.Form) -> dict[str, Any]:
    """What the form holds; what is wrong with it is said like a service's refusal, beside its fields too."""
    if not form.is_valid():
        raise ValidationError([words for found in form.errors.values() for words in found])
    return form.cleaned_data
