"""How the shop's findings are said: the words of a visit, of a risk, of a half-day (第六条)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from production.models import Quality, Schedule
from production.models.visit import Slot
from workflow import clock
from workflow.calendar import HalfDay


def finding(schedule: str, quality: str) -> str:
    """正常；有风险；要延期；质量有问题。"""
    words = [] if schedule == Schedule.OK else [str(Schedule(schedule).label)]
    if quality == Quality.PROBLEM:
        words.append(_("质量有问题"))
    return "，".join(words) or str(Schedule.OK.label)


def risk_of(seen: dict[str, Any] | None) -> str:
    """What the latest visit found that may endanger the delivery; nothing while all is well."""
    if not seen or (seen["schedule"] == Schedule.OK and seen["quality"] == Quality.OK):
        return ""
    words = finding(seen["schedule"], seen["quality"])
    return _("%(words)s：%(note)s") % {"words": words, "note": seen["note"]} if seen["note"] else words


def seen_words(seen: dict[str, Any] | None) -> str:
    """11-21 15:35 烫金，有风险"""
    if not seen:
        return ""
    at = parse_datetime(seen["at"])
    when = f"{timezone.localtime(at):%m-%d %H:%M}" if at else ""
    return _("%(when)s %(process)s，%(words)s") % {
        "when": when, "process": seen["process"], "words": finding(seen["schedule"], seen["quality"]),
    }  # fmt: skip


def round_name(half: HalfDay | None) -> str:
    """上午巡查、下午巡查；班外就是巡查。"""
    return _("%(slot)s巡查") % {"slot": Slot(half.slot).label} if half else _("巡查")


def hours_left(half: HalfDay) -> str:
    """还有 2 小时；还有 40 分钟；过了就说过了。"""
    left = half.end - clock.now()
    if left <= dt.timedelta(0):
        return _("已过 %(end)s") % {"end": f"{timezone.localtime(half.end):%H:%M}"}
    minutes = int(left.total_seconds() // 60)
    return (
        _("还有 %(n)d 小时") % {"n": minutes // 60} if minutes >= 60 else _("还有 %(n)d 分钟") % {"n": max(minutes, 1)}
    )
