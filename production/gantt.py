"""The Gantt of one order: a table that reads as text, its strips as SVG geometry in attributes (screens/order)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from production.progress import Standing
from production.workdays import ONE_DAY, Workdays
from workflow import clock

COLUMNS = 22
UNIT = 10


@dataclass(frozen=True)
class Bar:
    """One rectangle of a strip."""

    css: str
    x: str
    width: str
    y: str
    height: str


@dataclass(frozen=True)
class Column:
    """One column of the head: a day, or the first of several."""

    label: str
    today: bool


@dataclass
class Row:
    """One milestone as the page shows it."""

    standing: Standing
    bars: list[Bar] = field(default_factory=list)

    @property
    def plan(self) -> str:
        return span(self.standing.planned_from, self.standing.planned)

    @property
    def actual(self) -> str:
        """11-12 至 14；11-21 起；至 11-18；没有就是一横。"""
        row = self.standing
        if row.actual_from and row.actual_to:
            return span(row.actual_from, max(row.actual_from, row.actual_to))
        if row.actual_from:
            return _("%(day)s 起") % {"day": f"{row.actual_from:%m-%d}"}
        return _("至 %(day)s") % {"day": f"{row.actual_to:%m-%d}"} if row.actual_to else "—"

    @property
    def label(self) -> str:
        """What the strip says, for those who do not see it."""
        return _("%(name)s：计划 %(plan)s，实际 %(actual)s，%(result)s") % {
            "name": self.standing.name,
            "plan": self.plan,
            "actual": self.actual,
            "result": self.standing.result,
        }


def span(first: dt.date | None, last: dt.date) -> str:
    """11-12 至 14; 11-28 至 12-02; a single day alone."""
    if first is None or first == last:
        return f"{last:%m-%d}"
    end = f"{last:%d}" if (first.year, first.month) == (last.year, last.month) else f"{last:%m-%d}"
    return _("%(first)s 至 %(last)s") % {"first": f"{first:%m-%d}", "last": end}


class Gantt:
    """计划取自评审签字，实际取自巡查：一张单的节点图。"""

    def __init__(self, standings: Sequence[Standing], days: Workdays) -> None:
        self.standings = standings
        self.days = days
        self.today = clock.today()

    @cached_property
    def stretch(self) -> tuple[dt.date, int]:
        """(the first day shown, days per column): everything fits into the columns, a day of air before."""
        ends = [self.today]
        for row in self.standings:
            dates = (row.planned_from, row.planned, row.actual_from, row.actual_to, row.expected)
            ends += [day for day in dates if day]
        first = min(ends) - ONE_DAY
        return first, max(1, -(-((max(ends) - first).days + 2) // COLUMNS))

    @property
    def columns(self) -> list[Column]:
        first, step = self.stretch
        starts = [first + ONE_DAY * step * n for n in range(COLUMNS)]
        return [Column(str(day.day), day <= self.today < day + ONE_DAY * step) for day in starts]

    @property
    def words(self) -> str:
        """11月9日至30日，今天 23 日"""
        first, step = self.stretch
        last = first + ONE_DAY * (step * COLUMNS - 1)
        return _("%(first)s 至 %(last)s，今天 %(today)s") % {
            "first": f"{first:%m-%d}", "last": f"{last:%m-%d}", "today": f"{self.today:%m-%d}",
        }  # fmt: skip

    @property
    def now(self) -> str:
        return _number(self._x(self.today) + 0.4 * UNIT / self.stretch[1])

    @cached_property
    def rests(self) -> list[Bar]:
        """Days off behind the strips."""
        first, step = self.stretch
        count = COLUMNS * step
        off = [first + ONE_DAY * n for n in range(count) if not self.days.works(first + ONE_DAY * n)]
        return [self._bar("g-rest", day, day, 0, 30) for day in off]

    @cached_property
    def rows(self) -> list[Row]:
        return [Row(row, self._bars(row)) for row in self.standings]

    def _bars(self, row: Standing) -> list[Bar]:
        bars = [self._bar("g-plan", row.planned_from or row.planned, row.planned, 5, 6)]
        begun = row.actual_from or row.actual_to
        if begun:
            until = max(row.actual_to or self.today, begun)
            if begun <= row.planned:
                bars.append(self._bar("g-act", begun, min(until, row.planned), 14, 7))
            if until > row.planned:
                bars.append(self._bar("g-late", max(begun, row.planned + ONE_DAY), until, 14, 7))
        if row.expected and not row.done:
            bars += self._forecast(row, begun)
        return bars

    def _forecast(self, row: Standing, begun: dt.date | None) -> list[Bar]:
        """The dashed part: from tomorrow, or from the postponed beginning, to the expected end."""
        postponed = self.days.on(row.planned_from or row.planned, row.late)
        first = max(self.today + ONE_DAY, row.planned + ONE_DAY) if begun else max(postponed, self.today)
        expected = row.expected or row.planned
        return [self._bar("g-fore", first, expected, 14.5, 6)] if first <= expected else []

    def _x(self, day: dt.date) -> float:
        first, step = self.stretch
        return (day - first).days * UNIT / step

    def _bar(self, css: str, first: dt.date, last: dt.date, y: float, height: float) -> Bar:
        width = ((last - first).days + 1) * UNIT / self.stretch[1]
        return Bar(css, _number(self._x(first)), _number(width), _number(y), _number(height))


def _number(value: float) -> str:
    """Geometry without needless zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
