"""Planned against actual by milestone: the actual dates come from visits and inspections (第九条、第二十一条)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from orders.models import Order, State
from parties.roles import Function
from production.models import Inspection, Milestone, Visit
from production.workdays import Workdays
from workflow import clock

SHIPPED = (State.COLLECTING, State.COMPLETED)


@dataclass
class Standing:
    """Where one milestone stands: planned, actual, how many working days late, when it is expected."""

    name: str
    department: str
    planned_from: dt.date | None
    planned: dt.date
    actual_from: dt.date | None = None
    actual_to: dt.date | None = None
    late: int = 0
    expected: dt.date | None = None
    department_id: int | None = None
    code: str = ""
    department_code: str = ""

    @property
    def done(self) -> bool:
        return self.actual_to is not None

    @property
    def result(self) -> str:
        """按时；晚 1 天；预计 11-26，晚 1 天；进行中；未开始。"""
        late = _("晚 %(n)d 天") % {"n": self.late}
        if self.done:
            return late if self.late else _("按时")
        if self.late and self.expected:
            return _("预计 %(day)s，%(late)s") % {"day": f"{self.expected:%m-%d}", "late": late}
        return _("进行中") if self.actual_from else _("未开始")

    @property
    def tone(self) -> str:
        """The colour beside the words: good in time, risk late but done, late when it will be."""
        if self.done:
            return "t-risk" if self.late else "t-good"
        return "t-late b" if self.late else "soft"


@dataclass
class Facts:
    """What visits and inspections of one order say about its milestones."""

    order: Order
    milestones: Sequence[Milestone]
    visits: Sequence[Visit]
    inspections: Sequence[Inspection]

    def __post_init__(self) -> None:
        self.visits = sorted((v for v in self.visits if not hasattr(v, "corrected_by")), key=lambda v: (v.at, v.pk))
        standing = (one for one in self.inspections if not hasattr(one, "corrected_by"))
        self.inspections = sorted(standing, key=lambda one: (one.at, one.pk))
        self.position = {row.code: row.position for row in self.milestones}

    def actual(self, milestone: Milestone) -> tuple[dt.date | None, dt.date | None]:
        """(实际开始, 实际完成)：自己的巡查与检验，或看见它已经过去的那次巡查。"""
        own = [visit for visit in self.visits if visit.step == milestone.code]
        days = [visit.day for visit in own]
        if milestone.department.function == Function.QUALITY:
            days += [_day(one) for one in self.inspections]
            finished = self._all_passed()
        else:
            finished = self._all_done(own) or self._seen_past(milestone)
        return min(days, default=None), finished

    def _all_done(self, visits: Sequence[Visit]) -> dt.date | None:
        """The day when every line was done at this step."""
        done: dict[int, Decimal] = {}
        for visit in visits:
            done.update({row.line_id: row.done_quantity for row in visit.lines.all()})
            if self._enough(done):
                return visit.day
        return None

    def _all_passed(self) -> dt.date | None:
        """The day when every line had passed inspection."""
        passed: dict[int, Decimal] = {}
        for one in self.inspections:
            passed[one.line_id] = passed.get(one.line_id, Decimal(0)) + one.passed
            if self._enough(passed):
                return _day(one)
        return None

    def _enough(self, figures: dict[int, Decimal]) -> bool:
        return all(line.closed or figures.get(line.pk, Decimal(0)) >= line.least for line in self.order.goods_now)

    def _seen_past(self, milestone: Milestone) -> dt.date | None:
        later = [v.day for v in self.visits if self.position.get(v.step, 0) > milestone.position]
        return min(later, default=None)


def _day(inspection: Inspection) -> dt.date:
    return timezone.localdate(inspection.at)


def standings(facts: Facts, days: Workdays) -> list[Standing]:
    """各节点的计划、实际与预计；前面晚了，后面跟着晚（按工作日）。"""
    rows: list[Standing] = []
    carried = 0
    for milestone in facts.milestones:
        started, finished = facts.actual(milestone)
        row = Standing(
            milestone.name, milestone.department.name, days.back(milestone.planned, milestone.days), milestone.planned,
            started, finished,
            department_id=milestone.department_id, code=milestone.code,
            department_code=milestone.department.code,
        )  # fmt: skip
        carried = _expect(row, carried, days)
        rows.append(row)
    if rows:
        rows.append(_shipment(facts.order, carried, days))
    return rows


def _expect(row: Standing, carried: int, days: Workdays) -> int:
    """How late the milestone is or will be; what the following ones inherit."""
    until = row.actual_to or clock.today()
    own = days.late(row.planned, until)
    row.late = own if row.done else max(own, carried)
    row.expected = days.on(row.planned, row.late) if row.late and not row.done else None
    return row.late


def _shipment(order: Order, carried: int, days: Workdays) -> Standing:
    """The promise itself, as the last row: it slips with what comes before it."""
    row = Standing(_("发货"), _("营销中心"), None, order.delivery_date)
    if order.state not in SHIPPED:
        _expect(row, carried, days)
    return row
