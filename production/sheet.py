"""The sheet of one visit: each line with its last figure and what the plan asks by the end of the half-day."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any

from django.db.models import Max
from django.http import QueryDict
from django.utils.translation import gettext as _

from orders.models import Order, OrderLine
from production.forms import VisitForm
from production.models import Milestone, Visit, VisitLine
from production.process import milestone_of
from production.workdays import ONE_DAY, Workdays
from reviews.models import Notice
from reviews.selectors import current_notice
from workflow import clock
from workflow.calendar import HalfDay, Slot, half_day_of
from workflow.templatetags.wording import quantity

STEPS = ((Decimal(20000), 500), (Decimal(2000), 100), (Decimal(200), 10))


@dataclass
class Row:
    """One line on the sheet."""

    line: OrderLine
    field: Any
    last: Decimal | None
    target: Decimal | None

    @property
    def step(self) -> int:
        """By how much −／＋ moves: a fraction of the order that a thumb can reach."""
        return next((step for least, step in STEPS if self.line.quantity >= least), 1)

    @property
    def value(self) -> str:
        """What stands in the field: as typed, else the last figure."""
        data = self.field.data if self.field.form.is_bound else None
        return str(data) if data is not None else quantity(self.last or 0)

    @property
    def short(self) -> Decimal:
        """How much the last figure lacks against the plan."""
        return max((self.target or Decimal(0)) - (self.last or Decimal(0)), Decimal(0))


class Sheet:
    """一张单的巡查单：这道工序上次记了多少，按计划现在该到多少。"""

    def __init__(
        self,
        order: Order,
        process: str = "",
        data: QueryDict | None = None,
        prefix: str = "",
        corrects: Visit | None = None,
    ) -> None:
        self.order = order
        self.corrects = corrects
        self.asked = process or (corrects.process if corrects else "")
        self.data = data
        self.prefix = prefix or None

    @cached_property
    def half(self) -> HalfDay | None:
        return half_day_of(clock.now())

    @cached_property
    def notice(self) -> Notice | None:
        return current_notice(self.order)

    @cached_property
    def milestones(self) -> list[Milestone]:
        return list(Milestone.objects.of(self.order))

    @cached_property
    def last(self) -> Visit | None:
        """The latest visit, whatever it looked at."""
        rows = Visit.objects.filter(order=self.order).standing().order_by("-at", "-id")
        found: Visit | None = rows.first()
        return found

    @cached_property
    def process(self) -> str:
        """As asked, as last time, or the production's milestone."""
        makers = (row.name for row in self.milestones if row.department.function == "manufacturing")
        return self.asked or (self.last.process if self.last else next(makers, ""))

    @cached_property
    def milestone(self) -> Milestone | None:
        known = [{"code": row.code, "name": row.name} for row in self.milestones]
        found = milestone_of(self.process, known) if self.process else None
        return next((row for row in self.milestones if found and row.code == found["code"]), None)

    @cached_property
    def form(self) -> VisitForm:
        notice = self.notice.number if self.notice else ""
        initial: dict[str, Any] = {"process": self.process, "notice": notice, "mark": str(uuid.uuid4())}
        if wrong := self.corrects:
            initial |= {"schedule": wrong.schedule, "quality": wrong.quality, "note": wrong.note, "corrects": wrong.pk}
        return VisitForm(self.data, lines=self.order.goods_now, initial=initial, prefix=self.prefix)

    @property
    def step(self) -> str:
        """What figures are compared by."""
        return self.milestone.code if self.milestone else self.process

    @cached_property
    def so_far(self) -> dict[tuple[int, str], Decimal]:
        """The highest standing figure by line and step; of a visit that is corrected, its own."""
        if self.corrects:
            return {(row.line_id, self.corrects.step): row.done_quantity for row in self.corrects.lines.all()}
        return figures_so_far([self.order])

    @cached_property
    def rows(self) -> list[Row]:
        return [
            Row(line, field, self.so_far.get((line.pk, self.step)), self._target(line))
            for line, field in self.form.counts()
            if not line.closed
        ]

    @cached_property
    def share(self) -> Decimal | None:
        """What part of the milestone's plan is due by the end of this half-day."""
        plan = self.milestone
        if plan is None or self.half is None:
            return None
        days = Workdays(plan.planned, plan.planned)
        begin = days.back(plan.planned, plan.days)
        stretch = [begin + ONE_DAY * n for n in range((plan.planned - begin).days + 1)]
        working = [day for day in stretch if days.works(day)] or [plan.planned]
        done = Decimal(sum(day < self.half.day for day in working))
        if self.half.day in working:
            done += Decimal("0.5") if self.half.slot is Slot.AM else Decimal(1)
        return done / len(working)

    def _target(self, line: OrderLine) -> Decimal | None:
        return (line.quantity * self.share).quantize(Decimal(1), ROUND_HALF_UP) if self.share else None

    @property
    def by_when(self) -> str:
        """今天中午 or 今天下班."""
        return _("今天中午") if self.half and self.half.slot is Slot.AM else _("今天下班")

    @property
    def behind(self) -> list[Row]:
        return [row for row in self.rows if row.short]

    @property
    def processes(self) -> list[str]:
        """What may be chosen without typing."""
        return [row.name for row in self.milestones]

    @property
    def last_day(self) -> dt.date | None:
        return self.last.day if self.last else None


def figures_so_far(orders: Sequence[Order]) -> dict[tuple[int, str], Decimal]:
    """The highest standing figure of each line at each step: one query."""
    rows = VisitLine.objects.filter(order__in=orders, visit__corrected_by__isnull=True)
    found = rows.values_list("line", "visit__step").annotate(done=Max("done_quantity"))
    return {(line, step): done for line, step, done in found}


def sheets_of(orders: Sequence[Order], data: Sequence[QueryDict | None]) -> list[Sheet]:
    """The sheets of one round: a fixed number of queries, however many orders (no targets by the half-day)."""
    notices = {row.order_id: row for row in Notice.objects.filter(order__in=orders, state=Notice.State.ISSUED)}
    plans: dict[int, list[Milestone]] = {}
    planned = Milestone.objects.filter(order__in=orders).select_related("department")
    for row in planned.order_by("-notice", "position"):
        plan = plans.setdefault(row.order_id, [])
        if not plan or plan[0].notice_id == row.notice_id:
            plan.append(row)
    so_far = figures_so_far(orders)
    made = []
    for order, typed in zip(orders, data, strict=True):
        order.__dict__["lines_now"] = list(order.lines.all())
        prefix = f"o{order.pk}"
        process = typed.get(f"{prefix}-process", "").strip()[:40] if typed else ""
        seen = order.seen["process"] if order.seen else ""
        sheet = Sheet(order, process or seen, typed, prefix)
        known = {
            "notice": notices.get(order.pk),
            "milestones": plans.get(order.pk, []),
            "last": None,
            "share": None,
            "half": None,
        }
        sheet.__dict__.update(known, so_far=so_far)
        made.append(sheet)
    return made
