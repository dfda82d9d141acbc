"""节点：通知单下发时，由评审签字的计划日期写成（第二十一条，A21）。"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from orders.models import Order
from production.models import Milestone
from production.workdays import Workdays
from reviews.models import Notice
from reviews.selectors import kinds_of, planned_dates


def plan_milestones(order: Order, notice: Notice) -> list[Milestone]:
    """各节点及其部门、计划日期，随这份通知单成立；更改通知单带来新的一组（第二十一条、第二十二条）。"""
    planned = {row.code: row for row in planned_dates(order)}
    if not planned:
        return []
    dates = [row.planned_date for row in planned.values()]
    days = Workdays(min(dates), max(dates))
    rows = [
        Milestone(
            order=order,
            notice=notice,
            position=position,
            code=row["code"],
            name=row["name"],
            department_id=planned[row["department"]].department_id,
            planned_from=days.back(planned[row["department"]].planned_date, int(row.get("days") or 1)),
            planned=planned[row["department"]].planned_date,
        )
        for position, row in enumerate(_rows(order), start=1)
        if row["department"] in planned
    ]
    return list(Milestone.objects.bulk_create(rows))


def _rows(order: Order) -> Iterator[dict[str, Any]]:
    """The kind's milestones; a line of another kind brings those of its own departments too (A6.4e)."""
    codes: set[str] = set()
    taken: set[tuple[str, str]] = set()
    for kind in kinds_of(order):
        for row in kind.milestones:
            if (row["code"], row["department"]) not in taken:
                taken.add((row["code"], row["department"]))
                code = f"{kind.code}.{row['code']}" if row["code"] in codes else row["code"]
                codes.add(code)
                yield {**row, "code": code}
