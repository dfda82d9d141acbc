"""The 跟进 tab of an order: milestones, visits, inspections; nothing is read before the template shows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from orders.models import Order, State
from parties.models import User
from production.gantt import Gantt
from production.models import Inspection, Milestone, Visit
from production.progress import Facts, Standing, standings
from production.rights import INSPECT, visits
from production.selectors import inspections_of, visits_of
from production.wording import hours_left, round_name
from production.workdays import Workdays
from workflow import clock
from workflow.calendar import HalfDay, half_day_of

SHOWN = 200
HORIZON = dt.timedelta(days=30)


@dataclass
class Follow:
    """一张单的跟进：节点图、巡查、检验；这个人此刻该登记什么。"""

    order: Order
    user: User

    @cached_property
    def half(self) -> HalfDay | None:
        return half_day_of(clock.now())

    @cached_property
    def milestones(self) -> list[Milestone]:
        return list(Milestone.objects.of(self.order))

    @cached_property
    def visits(self) -> list[Visit]:
        return list(visits_of(self.order)[:SHOWN])

    @cached_property
    def inspections(self) -> list[Inspection]:
        return list(inspections_of(self.order)[:SHOWN])

    @cached_property
    def days(self) -> Workdays:
        return stretch_of(self.order, self.milestones)

    @cached_property
    def standings(self) -> list[Standing]:
        """各节点的计划与实际（第九条、第二十一条）。"""
        return standings(Facts(self.order, self.milestones, self.visits, self.inspections), self.days)

    @cached_property
    def gantt(self) -> Gantt | None:
        """No milestones, no Gantt: before the notice is issued there is nothing to follow."""
        return Gantt(self.standings, self.days) if self.milestones else None

    @cached_property
    def may_visit(self) -> bool:
        return self.order.state == State.PRODUCING and visits(self.order, self.user)

    @cached_property
    def may_inspect(self) -> bool:
        return self.order.state in (State.PRODUCING, State.SHIPPING) and self.user.may(INSPECT)

    @cached_property
    def missing(self) -> HalfDay | None:
        """The half-day that has no visit yet, while the order is being produced (A6.4a)."""
        half = self.half
        if half is None or self.order.state != State.PRODUCING:
            return None
        return None if any(v.day == half.day and v.slot == half.slot for v in self.visits) else half

    @property
    def left(self) -> str:
        return hours_left(self.missing) if self.missing else ""

    @property
    def round(self) -> str:
        return round_name(self.half)

    @property
    def visit_url(self) -> str:
        return reverse("production:visit", args=[self.order.number])

    @property
    def inspect_url(self) -> str:
        return reverse("production:inspect", args=[self.order.number])


def stretch_of(order: Order, milestones: Sequence[Milestone]) -> Workdays:
    """The working days around an order's plan."""
    planned = [row.planned for row in milestones] or [clock.today()]
    return Workdays(min(planned), max(*planned, order.delivery_date, clock.today() + HORIZON))


def standings_of(order: Order, milestones: Sequence[Milestone]) -> list[Standing]:
    """各节点的实际（第九条）；不含发货那一行。"""
    facts = Facts(order, milestones, list(visits_of(order)), list(inspections_of(order)))
    return standings(facts, stretch_of(order, milestones))[: len(milestones)]
