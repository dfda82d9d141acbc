"""待办：这半日还没巡查的单、等检验的单（第六条，A6.4a；第五章，A51）。"""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from orders.models import Order
from production.reminders import inspection_waiting, visit_missing
from tests.cast import Cast
from tests.cast_production import clock_at, inspected, producing, visited
from workflow import clock
from workflow.duties import Due, Scope
from workflow.models import Holiday

MORNING, AFTERNOON = "2026-11-23 09:30", "2026-11-23 14:00"


def order_of_friday(cast: Cast) -> Order:
    with clock.told(clock_at("2026-11-20 10:00")):
        return producing(cast)


def missing(cast: Cast, moment: str) -> list[Due]:
    with clock.told(clock_at(moment)):
        return list(visit_missing(Scope(clock.now())))


@pytest.mark.rule("A6.4a")
def test_every_order_in_production_is_due_twice_a_working_day(cast: Cast) -> None:
    order = order_of_friday(cast)

    (due,) = missing(cast, MORNING)
    assert (due.about, due.holder_id, due.climbs_to_id) == (order.about, cast.xiaoli.pk, cast.laowang.pk)
    assert (due.title, due.by) == ("上午巡查", clock_at("2026-11-23 12:00"))
    assert [one.by for one in missing(cast, AFTERNOON)] == [clock_at("2026-11-23 18:00")]


@pytest.mark.rule("A6.4a")
def test_a_visit_closes_its_half_day_and_no_other(cast: Cast) -> None:
    order = order_of_friday(cast)
    with clock.told(clock_at(MORNING)):
        visited(cast, order)

    assert missing(cast, MORNING) == []
    assert len(missing(cast, AFTERNOON)) == 1


@pytest.mark.rule("A6.4a")
def test_nothing_is_due_outside_working_hours(cast: Cast) -> None:
    order_of_friday(cast)
    Holiday.objects.create(day=dt.date(2026, 11, 24), name="厂休")

    for moment in ("2026-11-22 09:30", "2026-11-23 19:00", "2026-11-24 09:30"):
        assert missing(cast, moment) == []


@pytest.mark.rule("A6.4a")
def test_a_person_is_asked_for_their_own_and_in_one_query(cast: Cast) -> None:
    order_of_friday(cast)
    order_of_friday(cast)
    with clock.told(clock_at(MORNING)):
        scope = Scope(clock.now(), cast.xiaochen)
        assert list(visit_missing(scope)) == []
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert len(list(visit_missing(Scope(clock.now(), cast.xiaoli)))) == 2
    assert len(queries) == 2, [q["sql"][:150] for q in queries]  # the calendar, the orders


@pytest.mark.rule("A51")
def test_what_is_done_waits_for_its_quality_department(cast: Cast) -> None:
    order = order_of_friday(cast)
    with clock.told(clock_at(MORNING)):
        visited(cast, order, "1000", "100")
        (due,) = inspection_waiting(Scope(clock.now()))
        assert list(inspection_waiting(Scope(clock.now(), cast.paper_qc))) == []
        inspected(cast, order, order.lines_now[0], "980")
        assert list(inspection_waiting(Scope(clock.now(), cast.printing_qc))) == []

    assert (due.holder_id, due.by) == (cast.printing_qc.pk, clock_at("2026-11-24 09:30"))
