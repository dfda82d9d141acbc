"""Working days of a stretch, read once: for plans, delays and the Gantt (第二十一条、A6.4a)."""

from __future__ import annotations

import datetime as dt

from workflow.calendar import SATURDAY
from workflow.models import Holiday

ONE_DAY = dt.timedelta(days=1)
MARGIN = dt.timedelta(days=60)


class Workdays:
    """哪些天上班：周末与节假日除外，调休在内；一段时间只查一次。"""

    def __init__(self, first: dt.date, last: dt.date) -> None:
        stretch = Holiday.objects.filter(day__gte=first - MARGIN, day__lte=last + MARGIN)
        self.exceptions = dict(stretch.values_list("day", "working"))

    def works(self, day: dt.date) -> bool:
        """这天上班吗。"""
        return self.exceptions.get(day, day.weekday() < SATURDAY)

    def back(self, day: dt.date, count: int) -> dt.date:
        """用 count 个工作日、到 day 为止，要从哪天开始。"""
        left = max(count, 1) - (1 if self.works(day) else 0)
        while left > 0:
            day -= ONE_DAY
            left -= 1 if self.works(day) else 0
        return day

    def late(self, planned: dt.date, actual: dt.date) -> int:
        """比计划晚了几个工作日（不晚为零）。"""
        days = (actual - planned).days
        return sum(self.works(planned + ONE_DAY * n) for n in range(1, days + 1))

    def on(self, day: dt.date, count: int) -> dt.date:
        """往后 count 个工作日。"""
        while count > 0:
            day += ONE_DAY
            count -= 1 if self.works(day) else 0
        return day
