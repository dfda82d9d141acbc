"""The rounds of one order side by side: what each asked, answered and came to, with the differences marked (A20.6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.models import Order
from reviews.models import Answer, Round
from reviews.selectors import at_hand, with_answers
from workflow.templatetags.wording import day, moment

EMPTY = "—"

Tell = Callable[[Round], str]
HEAD: tuple[tuple[Any, Tell], ...] = (
    (gettext_lazy("业务单版本"), lambda one: _("第 %(n)s 版") % {"n": one.order_version}),
    (gettext_lazy("形式"), lambda one: _form(one)),
    (gettext_lazy("理由"), lambda one: one.reason),
)
END: tuple[tuple[Any, Tell], ...] = (
    (gettext_lazy("最晚的计划"), lambda one: day(one.latest_planned)),
    (gettext_lazy("结论"), lambda one: str(one.get_state_display())),
    (gettext_lazy("交期"), lambda one: day(one.delivery_date)),
    (gettext_lazy("说明"), lambda one: one.note),
)


@dataclass(frozen=True)
class Cell:
    """What one round says, and whether the round before said something else."""

    words: str
    changed: bool = False


@dataclass(frozen=True)
class Line:
    """One thing told for every round."""

    label: str
    cells: list[Cell]

    @property
    def differs(self) -> bool:
        """Whether any round departs from the one before."""
        return any(cell.changed for cell in self.cells)


@dataclass(frozen=True)
class Comparison:
    """The table: its columns are the rounds, oldest first."""

    rounds: list[Round]
    head: list[Line]
    departments: list[Line]
    end: list[Line]


def compare_rounds(order: Order) -> Comparison:
    """各轮并排：形式、各部门的结论与日期、交期；和上一轮不同的标出来（第二十条）。"""
    rows = Round.objects.filter(order=order).select_related("opened_by", "concluded_by")
    rounds = [at_hand(one) for one in rows.prefetch_related(with_answers()).order_by("number")]
    return Comparison(
        rounds,
        [_convened(rounds), *(_line(str(label), rounds, tell) for label, tell in HEAD)],
        [_line(name, rounds, partial(_answered, code)) for code, name in _departments(rounds)],
        [_line(str(label), rounds, tell) for label, tell in END],
    )


def _convened(rounds: Sequence[Round]) -> Line:
    """Who convened each and when: no two are alike, so none is marked."""
    return Line(_("召集"), [Cell(f"{one.opened_by} {moment(one.opened_at)}") for one in rounds])


def _form(one: Round) -> str:
    words = str(one.get_form_display())
    if one.short:
        words += _("，短评审")
    if one.meeting_at:
        words += f" {moment(one.meeting_at)} {one.meeting_place}"
    return words


def _departments(rounds: Sequence[Round]) -> list[tuple[str, str]]:
    found = {answer.department.code: answer.department.name for one in rounds for answer in one.answers_now}
    return list(found.items())


def _answered(code: str, one: Round) -> str:
    answer: Answer | None = next((answer for answer in one.answers_now if answer.department.code == code), None)
    if answer is None:
        return _("没有请它评审")
    if answer.state == Answer.State.BLANK:
        return _("没答")
    return f"{day(answer.planned_date)} {answer.get_verdict_display()}".strip()


def _line(label: str, rounds: Sequence[Round], tell: Tell) -> Line:
    cells: list[Cell] = []
    for one in rounds:
        words = tell(one) or EMPTY
        cells.append(Cell(words, bool(cells) and words != cells[-1].words))
    return Line(label, cells)
