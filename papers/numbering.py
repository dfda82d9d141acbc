"""Gapless numbers: one locked counter row per series and year, never max()+1 and never a sequence."""

import re
from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone

from workflow import clock

PREFIX = re.compile(r"[A-Z]{2,4}")

COUNT_UP = """
    INSERT INTO papers_series (series, year, last) VALUES (%s, %s, 1)
    ON CONFLICT (series, year) DO UPDATE SET last = papers_series.last + 1
    RETURNING last
"""


def next_number(series: str, day: date | datetime | None = None) -> str:
    """取下一个连续编号，例如 GD26-000001：按系列与年度（北京时间）计数，业务失败则号随之退回（第二十条）。

    Take it last in the transaction that makes the document binding: the counter row stays locked until its end.
    """
    if not PREFIX.fullmatch(series):
        raise ValueError(f"a series is two to four capital letters, not {series!r}")
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a number is taken inside the transaction that uses it")
    year = company_day(day).year
    with connection.cursor() as cursor:
        cursor.execute(COUNT_UP, [series, year])
        (last,) = cursor.fetchone()
    return f"{series}{year % 100:02d}-{last:06d}"


def company_day(day: date | datetime | None) -> date:
    """The day in the company's time zone: 31 December 23:59 and 1 January 00:01 there are two years."""
    if day is None:
        return clock.today()
    if isinstance(day, datetime):
        return timezone.localdate(day, timezone=timezone.get_default_timezone())
    return day
