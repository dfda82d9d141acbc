"""节点：通知单下发时，由评审签字的计划日期写成（第二十一条，A21）。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from orders.kinds import KindRules
from production.models import Milestone
from reviews.models import Notice
from reviews.selectors import answers_in_force

MOST_DAYS = 400


def plan_milestones(notice: Notice) -> list[Milestone]:
    """各节点及其部门、计划日期，随这份通知单成立；更改通知单带来新的一组（第二十一条、第二十二条）。"""
    review = notice.round
    review.order = notice.order
    planned = {
        answer.department.code: (answer.department_id, answer.planned_date)
        for answer in answers_in_force(review)
        if answer.planned_date is not None
    }
    rows = [
        Milestone(
            order=notice.order,
            notice=notice,
            position=position,
            code=row["code"],
            name=row["name"],
            department_id=planned[row["department"]][0],
            days=min(max(int(row.get("days") or 1), 1), MOST_DAYS),
            planned=planned[row["department"]][1],
        )
        for position, row in enumerate(_rows(notice.order.kinds), start=1)
        if row["department"] in planned
    ]
    return list(Milestone.objects.bulk_create(rows))


def _rows(kinds: Iterable[KindRules]) -> Iterator[dict[str, Any]]:
    """The kind's milestones; a line of another kind brings its own too (A6.4e), in the order of the paper."""
    codes: set[str] = set()
    for kind in kinds:
        for row in kind.milestones:
            code = f"{kind.code}.{row['code']}" if row["code"] in codes else row["code"]
            codes.add(code)
            yield {**row, "code": code}
