"""节点：通知单下发时，由评审签字的计划日期写成（第二十一条，A21）。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q

from orders.models import BusinessKind, Order, OrderLine
from production.models import Milestone
from reviews.models import Answer, Notice

MOST_DAYS = 400


def plan_milestones(notice: Notice) -> list[Milestone]:
    """各节点及其部门、计划日期，随这份通知单成立；更改通知单带来新的一组（第二十一条、第二十二条）。"""
    signed = Answer.objects.filter(round=notice.round_id, planned_date__isnull=False)
    found = signed.values_list("department__code", "department", "planned_date")
    planned: dict[str, tuple[int, Any]] = {code: (department, day) for code, department, day in found}
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
        for position, row in enumerate(_rows(_kinds(notice.order)), start=1)
        if row["department"] in planned
    ]
    return list(Milestone.objects.bulk_create(rows))


def _kinds(order: Order) -> list[BusinessKind]:
    """The order's kind first, then those of its lines (A6.4e): one query."""
    of_lines = OrderLine.objects.filter(order=order).values("business_kind")
    kinds = BusinessKind.objects.filter(Q(pk=order.business_kind_id) | Q(pk__in=of_lines))
    return sorted(kinds, key=lambda kind: (kind.pk != order.business_kind_id, kind.pk))


def _rows(kinds: Iterable[BusinessKind]) -> Iterator[dict[str, Any]]:
    """The kind's milestones; a line of another kind brings its own too (A6.4e), in the order of the paper."""
    codes: set[str] = set()
    for kind in kinds:
        for row in kind.milestones:
            code = f"{kind.code}.{row['code']}" if row["code"] in codes else row["code"]
            codes.add(code)
            yield {**row, "code": code}
