"""The API's fields: as strict as the forms (workflow/forms.py), answered as 400 with a sentence."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from rest_framework import serializers

from parties.models import User
from parties.roles import MONEY_RIGHT
from workflow.forms import clean_words, day_of, figure

ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def plain_number(value: Any, *, digits: int, places: int) -> Decimal:
    """A number written plainly, in a string or as an exact JSON number; booleans and cleverer spellings are refused."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise ValidationError(_("请填数字"))
    return figure(str(value)[:60], digits=digits, places=places)


class PlainText(serializers.CharField):
    """A text of the API, one line unless `several_lines`."""

    def __init__(self, *, several_lines: bool = False, **kwargs: Any) -> None:
        self.several_lines = several_lines
        kwargs.setdefault("max_length", 2000 if several_lines else 200)
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            raise serializers.ValidationError(_("请填文字"))
        try:
            return clean_words(data[: (self.max_length or 200) * 4 + 100], lines=self.several_lines)
        except ValidationError as error:
            raise serializers.ValidationError(error.messages) from error


class PlainDecimal(serializers.DecimalField):
    """A number of the API: read strictly, answered as a string with its fixed decimals."""

    def to_internal_value(self, data: Any) -> Decimal:
        try:
            return plain_number(data, digits=self.max_digits or 14, places=self.decimal_places or 0)
        except ValidationError as error:
            raise serializers.ValidationError(error.messages) from error


class PlainDate(serializers.DateField):
    """A day of the API, YYYY-MM-DD and nothing else."""

    def to_internal_value(self, value: Any) -> Any:
        if not isinstance(value, str) or not ISO_DAY.fullmatch(value):
            raise serializers.ValidationError(_("日期请写成 2026-12-15 这样"))
        try:
            return day_of(value)
        except ValidationError as error:
            raise serializers.ValidationError(error.messages) from error


class Quantity(PlainDecimal):
    """数量：三位小数。"""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=14, decimal_places=3, **kwargs)


class Money(PlainDecimal):
    """金额：两位小数。"""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=14, decimal_places=2, **kwargs)


class Price(PlainDecimal):
    """单价：最多六位小数。"""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=18, decimal_places=6, **kwargs)


def shape_for(user: User, shape: type[serializers.Serializer[Any]], *args: Any, **kwargs: Any) -> Any:
    """The shape as this person may see it: without the right to see money, its sums and prices are left out (B7)."""
    made = shape(*args, **kwargs)
    if not user.may(MONEY_RIGHT):
        for name, field in list(made.fields.items()):
            if isinstance(field, Money | Price):
                made.fields.pop(name)
    return made


class StrictSerializer(serializers.Serializer[Any]):
    """A body of the API: a key it does not know is an error, never ignored (mass assignment)."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and (unknown := set(data) - set(self.fields)):
            raise serializers.ValidationError({str(key): [_("没有这个字段，或者不能写")] for key in unknown})
        return super().to_internal_value(data)


class Reason(StrictSerializer):
    """The body of a move that asks a reason."""

    reason = PlainText(several_lines=True)
