"""节点来自评审签字，实际日期来自巡查与检验（第二十一条、第九条）。"""

from __future__ import annotations

import datetime as dt

import pytest

from papers.registry import facts_about
from production.follow import Follow
from production.models import Milestone
from production.progress import Standing
from reviews.selectors import current_notice
from tests.cast import Cast
from tests.cast_production import clock_at, inspected, producing, visited
from workflow import clock

MONDAY = "2026-11-02 09:00"


def days(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.rule("A21")
def test_signed_dates_become_milestones_with_their_departments(cast: Cast) -> None:
    with clock.told(clock_at(MONDAY)):
        order = producing(cast)

    rows = Milestone.objects.of(order)
    assert [(row.code, row.department.code, row.days, row.planned) for row in rows] == [
        ("design", "engineering", 2, days("2026-11-14")),
        ("material", "material_control", 4, days("2026-11-14")),
        ("production", "printing_manufacturing", 5, days("2026-11-14")),
        ("inspection", "printing_quality", 2, days("2026-11-14")),
    ]
    begins = {row.code: row.planned_from for row in Follow(order, cast.xiaoli).standings}
    assert (begins["design"], begins["production"]) == (days("2026-11-12"), days("2026-11-09"))


def standings(cast: Cast, moment: str, *, late: bool = False) -> dict[str, Standing]:
    """Produced on 2 November, visited on the 10th (done) and inspected on the 12th, or on the 18th when late."""
    with clock.told(clock_at(MONDAY)):
        order = producing(cast)
    with clock.told(clock_at("2026-11-18 10:00" if late else "2026-11-10 10:00")):
        visited(cast, order, "400", "100")
        visited(cast, order)
    with clock.told(clock_at("2026-11-18 15:00" if late else "2026-11-12 15:00")):
        for line in order.lines_now:
            inspected(cast, order, line)
    with clock.told(clock_at(moment)):
        follow = Follow(order, cast.xiaoli)
        assert follow.gantt is not None
        return {row.name: row for row in follow.standings}


@pytest.mark.rule("A9.1")
def test_actual_dates_come_from_visits_and_inspections(cast: Cast) -> None:
    rows = standings(cast, "2026-11-13 09:00")

    made, passed = rows["印刷生产"], rows["检验包装"]
    assert (made.actual_from, made.actual_to, made.result) == (days("2026-11-10"), days("2026-11-10"), "按时")
    assert (passed.actual_from, passed.actual_to) == (days("2026-11-12"), days("2026-11-12"))
    assert (rows["物料到齐"].actual_from, rows["物料到齐"].actual_to) == (None, days("2026-11-10"))


@pytest.mark.rule("A9.1")
def test_lateness_counts_working_days(cast: Cast) -> None:
    rows = standings(cast, "2026-11-18 17:00", late=True)

    assert (rows["印刷生产"].late, rows["印刷生产"].result) == (3, "晚 3 天")


@pytest.mark.rule("A21")
def test_what_is_late_pushes_what_follows(cast: Cast) -> None:
    with clock.told(clock_at(MONDAY)):
        order = producing(cast)
    with clock.told(clock_at("2026-11-17 09:00")):
        rows = {row.name: row for row in Follow(order, cast.xiaoli).standings}

    assert rows["印刷生产"].result == "预计 11-17，晚 2 天"
    assert (rows["发货"].planned, rows["发货"].expected) == (order.delivery_date, days("2026-11-24"))


@pytest.mark.rule("A9.1")
def test_papers_print_the_actual_dates_of_visits(cast: Cast) -> None:
    order = producing(cast)
    visited(cast, order, "1000", "500")
    today = clock.today()

    facts = facts_about(f"reviews_notice:{current_notice(order).pk}")  # type: ignore[union-attr]

    assert facts["milestones"] == [today, today, today, ""]
    assert facts["answers"] == [today, today, today, ""]
    assert "copies" in facts
