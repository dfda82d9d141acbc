"""服务说哪一栏不对，话就写在那一栏旁边；没有点名的，写在页首。"""

from __future__ import annotations

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError

from workflow.forms import FigureField, HouseForm, WordsField
from workflow.views import Problem, beside, problem_of


class Head(HouseForm):
    """一张表的表头。"""

    name = WordsField(label="名称")
    tax = WordsField(label="税")
    mark = WordsField(label="标记", widget=forms.HiddenInput)


class Row(HouseForm):
    """表里的一行。"""

    quantity = FigureField(label="数量")


def typed() -> tuple[Head, list[Row]]:
    head, rows = Head({"name": "纸", "tax": "13", "mark": "x"}), [Row({"quantity": "1"}), Row({"quantity": "2"})]
    assert head.is_valid()
    assert all(row.is_valid() for row in rows)
    return head, rows


def test_what_names_a_field_stands_beside_it_and_leaves_nothing_for_the_head() -> None:
    head, rows = typed()
    said = ValidationError({"name": "已经有了", "tax_rate": ["不对", "太高"], "lines.1.quantity": "太多"})
    assert beside(problem_of(said), head, {"tax_rate": "tax"}, lines=rows) is None
    assert head.errors == {"name": ["已经有了"], "tax": ["不对", "太高"]}
    assert [row.errors for row in rows] == [{}, {"quantity": ["太多"]}]


def test_an_error_that_names_nothing_is_said_at_the_head() -> None:
    head, _rows = typed()
    left = beside(problem_of(ValidationError(["今天是假日", "没有人代"])), head)
    assert left is not None
    assert (left.status, left.words) == (400, "今天是假日；没有人代")
    assert head.errors == {}


def test_what_the_page_cannot_show_is_said_at_the_head() -> None:
    head, rows = typed()
    unknown = {"colour": "没有这种", "mark": "旧了", "lines.2.quantity": "没有第三行", "lines.0.unit": "没有单位"}
    left = beside(problem_of(ValidationError({**unknown, "parts.0.name": "缺", "name": "短了"})), head, lines=rows)
    assert left is not None
    assert left.words == "没有这种；旧了；没有第三行；没有单位；缺"
    assert head.errors == {"name": ["短了"]}
    assert [row.errors for row in rows] == [{}, {}]


def test_a_refusal_that_is_not_about_the_form_stays_as_it_was() -> None:
    head, _rows = typed()
    refused = problem_of(PermissionDenied("不归您"))
    assert beside(refused, head) is refused
    assert beside(Problem(409, "别人先办了"), head) == Problem(409, "别人先办了")
