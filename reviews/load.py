"""What a department has promised already: orders per day from its signed or given dates, one query (第十七条)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from orders.models import State
from orders.models.states import ENDED
from reviews.models import Answer, Round
from reviews.selectors import EFFECTIVE

DONE = (*ENDED, State.SHIPPING, State.COLLECTING)
WEEK = dt.timedelta(days=7)


@dataclass(frozen=True)
class Load:
    """每天答应了几单要完成；别的单，不算本单。"""

    by_day: Mapping[dt.date, int]

    def week_of(self, day: dt.date) -> int:
        """How many fall into the week of this day, Monday to Sunday."""
        monday = monday_of(day)
        return sum(count for one, count in self.by_day.items() if monday <= one < monday + WEEK)

    @property
    def last(self) -> dt.date | None:
        """The last day for which anything is promised."""
        return max(self.by_day, default=None)


def load_of(answer: Answer, since: dt.date) -> Load:
    """本部门从这一周起还开着的单，各在哪天要完成：最新一轮答的才算（第十七条）。"""
    newer = Answer.objects.filter(
        department=OuterRef("department"),
        round__order=OuterRef("round__order"),
        round__number__gt=OuterRef("round__number"),
    ).exclude(round__state=Round.State.CLOSED)
    rows = Answer.objects.filter(
        ~Exists(newer),
        department=answer.department_id,
        planned_date__gte=monday_of(since),
        round__state__in=(Round.State.OPEN, *EFFECTIVE),
    ).exclude(Q(round__order=answer.round.order_id) | Q(round__order__state__in=DONE))
    return Load(dict(rows.values_list("planned_date").annotate(orders=Count("round__order", distinct=True))))


def monday_of(day: dt.date) -> dt.date:
    """The Monday of a day's week."""
    return day - dt.timedelta(days=day.weekday())
