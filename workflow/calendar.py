"""Working days and half-days (A6.4a): weekends and holidays off, moved workdays on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone

from workflow.models import Holiday

NOON = dt.time(12, 0)
DAY_BEGINS = dt.time(8, 0)
AFTERNOON_BEGINS = dt.time(13, 0)
DAY_ENDS = dt.time(18, 0)
SATURDAY = 5


class Slot(StrEnum):
    """半日：上午、下午；其余是班外（第六条）。"""

    AM = "am"
    PM = "pm"
    OFF_HOURS = "off_hours"


@dataclass(frozen=True)
class HalfDay:
    """一个半日：哪天、上午还是下午、到几点为止。"""

    day: dt.date
    slot: Slot
    end: dt.datetime


def is_working(day: dt.date) -> bool:
    """是不是工作日（含调休）。"""
    exception = Holiday.objects.filter(day=day).values_list("working", flat=True).first()
    return exception if exception is not None else day.weekday() < SATURDAY


def working_days_after(day: dt.date, count: int) -> dt.date:
    """从某天起往后数若干个工作日，落在哪天。"""
    horizon = day + dt.timedelta(days=count * 3 + 30)
    exceptions = dict(Holiday.objects.filter(day__gt=day, day__lte=horizon).values_list("day", "working"))
    while count > 0:
        day += dt.timedelta(days=1)
        if exceptions.get(day, day.weekday() < SATURDAY):
            count -= 1
    return day


def working_days_from(day: dt.date, count: int) -> list[dt.date]:
    """从某天起（含当天）的若干个工作日。"""
    horizon = day + dt.timedelta(days=count * 3 + 30)
    exceptions = dict(Holiday.objects.filter(day__gte=day, day__lte=horizon).values_list("day", "working"))
    found: list[dt.date] = []
    while len(found) < count and day <= horizon:
        if exceptions.get(day, day.weekday() < SATURDAY):
            found.append(day)
        day += dt.timedelta(days=1)
    return found


def working_days_passed(since: Collection[dt.date], today: dt.date) -> dict[dt.date, int]:
    """从这些天起各过了几个工作日（当天不算，今天算）。"""
    first = min(since, default=today)
    exceptions = dict(Holiday.objects.filter(day__gt=first, day__lte=today).values_list("day", "working"))
    span = [first + dt.timedelta(days=n) for n in range(1, (today - first).days + 1)]
    working = [day for day in span if exceptions.get(day, day.weekday() < SATURDAY)]
    return {day: sum(one > day for one in working) for day in since}


def slot_of(moment: dt.datetime) -> Slot:
    """这一刻算上午、下午还是班外。"""
    local = timezone.localtime(moment)
    if not is_working(local.date()):
        return Slot.OFF_HOURS
    if DAY_BEGINS <= local.time() < AFTERNOON_BEGINS:
        return Slot.AM
    return Slot.PM if AFTERNOON_BEGINS <= local.time() <= DAY_ENDS else Slot.OFF_HOURS


def half_day_of(moment: dt.datetime) -> HalfDay | None:
    """这一刻所在的半日；班外没有。"""
    slot = slot_of(moment)
    if slot is Slot.OFF_HOURS:
        return None
    local = timezone.localtime(moment)
    end = NOON if slot is Slot.AM else DAY_ENDS
    return HalfDay(local.date(), slot, timezone.make_aware(dt.datetime.combine(local.date(), end)))
