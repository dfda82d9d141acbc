"""The shapes in which a business kind is typed in (第五条). No rule stands here: `services.kind` has them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.guards import REQUIREMENT_NAMES
from orders.kind_words import DEPARTMENT_LISTS, LABELS, LINE_DETAILS, ORDER_DETAILS, SWITCHES
from orders.models import BusinessKind
from orders.review_points import COST, EVERY_CODE, POINTS
from workflow.forms import FULL_WIDTH, FigureField, HouseForm, WordsField
from workflow.templatetags.wording import plain

if TYPE_CHECKING:
    Rows = BaseFormSet[Any]
else:
    Rows = BaseFormSet

MOST_ROWS, MOST_PAPERS, LONGEST_PAPER = 30, 20, 40


class CountField(FigureField):
    """A whole number of days."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        self.most = most
        super().__init__(digits=4, places=0, **kwargs)

    def to_python(self, value: Any) -> Any:
        number = super().to_python(value)
        if number is not None and number > self.most:
            raise ValidationError(_("最多 %(n)d") % {"n": self.most}, code="too_large")
        return None if number is None else int(number)


class TimeField(forms.Field):
    """A time of the day, 08:30."""

    widget = forms.TextInput

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"placeholder": "08:30", "maxlength": 8, "autocomplete": "off"}

    def to_python(self, value: Any) -> str:
        text = str(value or "")[:20].strip().translate(FULL_WIDTH).replace("：", ":")
        if not text:
            return ""
        try:
            return f"{dt.time.fromisoformat(text.zfill(5)):%H:%M}"
        except ValueError:
            raise ValidationError(_("时间写成 08:30 这样"), code="not_a_time") from None


class NamesField(WordsField):
    """Names of papers, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(lines=True, max_length=1000, required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        names = [line.strip() for line in str(super().clean(value)).splitlines() if line.strip()]
        if len(names) > MOST_PAPERS:
            raise ValidationError(_("最多 %(n)d 项") % {"n": MOST_PAPERS}, code="too_many")
        if any(len(name) > LONGEST_PAPER for name in names):
            raise ValidationError(_("每项最多 %(n)d 个字") % {"n": LONGEST_PAPER}, code="too_long")
        if len(set(names)) != len(names):
            raise ValidationError(_("有一项写了两遍"), code="twice")
        return names

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value


class Choices(forms.MultipleChoiceField):
    """Several of a list, ticked."""

    def __init__(self, label: Any, choices: Iterable[tuple[str, Any]] = ()) -> None:
        super().__init__(
            label=label,
            choices=choices,
            required=False,
            widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        )
        self.error_messages["invalid_choice"] = _("请从列出的里面选%(label)s") % {"label": label}


def details(keys: Iterable[str]) -> list[tuple[str, Any]]:
    """The details that a kind may require, with their names."""
    return [(key, gettext_lazy(REQUIREMENT_NAMES[key])) for key in keys]


class KindForm(HouseForm):
    """业务种类的编订表（第五条）。"""

    name = WordsField(label=LABELS["name"], max_length=40)
    active = forms.BooleanField(label=gettext_lazy("在用：登记业务单时可以选"), required=False)
    over_percent = FigureField(label=LABELS["over_percent"], digits=5, places=2)
    under_percent = FigureField(label=LABELS["under_percent"], digits=5, places=2)
    buffer_days = CountField(label=LABELS["buffer_days"], most=60, required=False)
    release_days = CountField(label=LABELS["release_days"], most=365, required=False)
    cut_off_from = TimeField(label=gettext_lazy("收单从"), required=False)
    cut_off_to = TimeField(label=gettext_lazy("收单到"), required=False)
    after_sales_from = TimeField(label=gettext_lazy("售后从"), required=False)
    after_sales_to = TimeField(label=gettext_lazy("售后到"), required=False)
    return_days_from = CountField(label=gettext_lazy("退货从几号"), most=31, positive=True, required=False)
    return_days_to = CountField(label=gettext_lazy("退货到几号"), most=31, positive=True, required=False)
    papers = NamesField(label=LABELS["papers"])
    papers_before_dispatch = NamesField(label=LABELS["papers_before_dispatch"])

    def __init__(self, *args: Any, departments: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.departments = departments
        offered = list(departments.items())
        for name in DEPARTMENT_LISTS:
            self.fields[name] = Choices(LABELS[name], offered)
        self.fields["organiser"] = forms.ChoiceField(
            label=LABELS["organiser"], choices=[("", _("跟单主任")), *offered], required=False,
            error_messages={"invalid_choice": _("请从列出的里面选组织评审的部门")},
        )  # fmt: skip
        self.fields["required_order"] = Choices(LABELS["required_order"], details(ORDER_DETAILS))
        self.fields["required_line"] = Choices(LABELS["required_line"], details(LINE_DETAILS))
        for code, name in offered:
            label = _("%(name)s评审什么") % {"name": name}
            self.fields[f"aspect_{code}"] = WordsField(label=label, max_length=100, required=False)
        for point in (*POINTS, COST):
            for part, most, usual in (("title", 30, point.title), ("hint", 60, point.hint)):
                words = WordsField(label=usual, max_length=most, required=False)
                words.widget.attrs |= {"placeholder": usual, "aria-label": _("%(what)s换成") % {"what": usual}}
                self.fields[f"point_{point.code}_{part}"] = words
        for name in SWITCHES:
            self.fields[name] = forms.BooleanField(label=LABELS[name], required=False)

    def clean(self) -> dict[str, Any]:
        for name in ("over_percent", "under_percent"):
            if (self.cleaned_data.get(name) or 0) > 100:
                self.add_error(name, _("最多 100"))
        for name in ("cut_off", "after_sales", "return_days"):
            ends = [self.cleaned_data.get(f"{name}_{end}") for end in ("from", "to")]
            if any(ends) and not all(ends):
                missing = "from" if not ends[0] else "to"
                self.add_error(f"{name}_{missing}", _("起和止要一起填"))
        return self.cleaned_data

    def grid(self) -> Iterator[dict[str, Any]]:
        """One row per department: its boxes and the field of its aspect."""
        ticked = {name: set(self[name].value() or ()) for name in DEPARTMENT_LISTS}
        for code, name in self.departments.items():
            boxes = [(field, str(LABELS[field]), code in ticked[field]) for field in DEPARTMENT_LISTS]
            yield {"code": code, "name": name, "boxes": boxes, "aspect": self[f"aspect_{code}"]}

    def point_rows(self) -> Iterator[dict[str, Any]]:
        """六项和成本，各两格：换成什么名称、什么提示。"""
        for point in (*POINTS, COST):
            yield {"point": point, "cells": [self[f"point_{point.code}_{part}"] for part in ("title", "hint")]}

    def point_words(self) -> dict[str, dict[str, str]]:
        """What was reworded, by code."""
        said = {
            code: {part: words for part in ("title", "hint") if (words := self.cleaned_data[f"point_{code}_{part}"])}
            for code in EVERY_CODE
        }
        return {code: words for code, words in said.items() if words}

    def detail_fields(self) -> list[forms.BoundField]:
        """整单必填、每行必填。"""
        return [self["required_order"], self["required_line"]]

    def switches(self) -> list[forms.BoundField]:
        """The yes-or-no rules."""
        return [self[name] for name in SWITCHES]


class NewKindForm(KindForm):
    """新的种类，另有代码。"""

    code = forms.SlugField(
        label=gettext_lazy("代码"), max_length=40,
        error_messages={"invalid": gettext_lazy("代码只用小写字母、数字、下划线或短横")},
    )  # fmt: skip


class MilestoneForm(HouseForm):
    """一个节点：代码、名称、哪个部门、平常几天。"""

    code = forms.SlugField(
        label=gettext_lazy("代码"), max_length=30,
        error_messages={"invalid": gettext_lazy("代码只用字母、数字、下划线或短横")},
    )  # fmt: skip
    name = WordsField(label=gettext_lazy("节点"), max_length=20)
    department = forms.ChoiceField(label=gettext_lazy("部门"))
    days = CountField(label=gettext_lazy("平常几天"), most=400, positive=True)

    def __init__(self, *args: Any, departments: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].choices = [("", ""), *departments.items()]  # type: ignore[attr-defined]


class LeadForm(HouseForm):
    """一类产品最少提前几天下单。"""

    category = WordsField(label=gettext_lazy("产品类别"), max_length=40)
    days = CountField(label=gettext_lazy("交期前几天"), most=365)

    def __init__(self, *args: Any, departments: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class PointForm(HouseForm):
    """另加的一项评审：代码、名称、看什么。"""

    code = forms.SlugField(
        label=gettext_lazy("代码"), max_length=30,
        error_messages={"invalid": gettext_lazy("代码只用字母、数字、下划线或短横")},
    )  # fmt: skip
    title = WordsField(label=gettext_lazy("评审什么"), max_length=30)
    hint = WordsField(label=gettext_lazy("提示"), max_length=60, required=False)

    def __init__(self, *args: Any, departments: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class RowSet(Rows):
    """Rows of one list; empty ones and those struck out do not count."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].widget = forms.HiddenInput()

    @property
    def filled(self) -> list[forms.Form]:
        """The rows that count, in the order in which they stand."""
        return [form for form in self.forms if form.has_changed() and form["DELETE"].value() not in {True, "on", "1"}]

    def values(self) -> list[dict[str, Any]]:
        """What the rows say."""
        return [{k: v for k, v in form.cleaned_data.items() if k != "DELETE"} for form in self.filled]


def _rows(form: type[HouseForm]) -> Any:
    return formset_factory(
        form, formset=RowSet, extra=1, max_num=MOST_ROWS, absolute_max=MOST_ROWS + 1, validate_max=True, can_delete=True
    )


MilestoneSet, LeadSet, PointSet = _rows(MilestoneForm), _rows(LeadForm), _rows(PointForm)


def initial_of(kind: BusinessKind) -> dict[str, Any]:
    """What the form shows of a kind."""
    options = dict(kind.options)
    made_by = options.get("manufacturing") or []
    shown = {
        "name": kind.name, "active": kind.active, "departments": kind.departments, "copies": kind.copies,
        "required_order": kind.required_order, "required_line": kind.required_line,
        "over_percent": plain(kind.over_percent), "under_percent": plain(kind.under_percent),
        "manufacturing": [made_by] if isinstance(made_by, str) else made_by,
    }  # fmt: skip
    for name in ("cut_off", "after_sales", "return_days"):
        shown |= {f"{name}_{end}": value for end, value in (options.get(name) or {}).items()}
    for code, said in (options.get("point_words") or {}).items():
        shown |= {f"point_{code}_{part}": words for part, words in said.items()}
    shown |= {f"aspect_{code}": words for code, words in (options.get("aspects") or {}).items()}
    return {**options, **shown}
