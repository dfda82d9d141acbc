"""登记巡查（第六条，A6.4a、A22）：谁、何时、哪份通知单名下，累计数不悄悄变少。"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from production.models import Visit
from production.services import LineDone, VisitInput, visit_order
from reviews.selectors import current_notice
from tests.cast import Cast, draft
from tests.cast_production import clock_at, producing, visit_input, visited
from tests.cast_reviews import issued
from workflow import clock
from workflow.guards import Blocked, WrongState
from workflow.models import TransitionLog


@pytest.mark.rule("A6.4a")
def test_a_visit_keeps_time_process_progress_and_findings(cast: Cast) -> None:
    order = producing(cast)

    visited(cast, order, "600", schedule="risk", quality="problem", note="2 号位糊版")

    visit = Visit.objects.get()
    assert (visit.process, visit.step, visit.schedule, visit.quality) == ("印刷", "production", "risk", "problem")
    assert (visit.by, visit.note, visit.notice) == (cast.xiaoli, "2 号位糊版", current_notice(order))
    assert [row.done_quantity for row in visit.lines.order_by("line__position")] == [Decimal(600), Decimal(500)]


@pytest.mark.rule("B8")
def test_it_stands_on_the_order_s_chain(cast: Cast) -> None:
    order = producing(cast)
    visited(cast, order, note="正常")

    step = TransitionLog.objects.get(move="visit")
    assert (step.chain, step.actor, step.article, step.rule, step.reason) == (
        order.chain, cast.xiaoli, "第六条", "A6.4a", "正常",
    )  # fmt: skip
    assert step.source == step.target == "producing"


@pytest.mark.rule("A6.4a")
@pytest.mark.parametrize(
    ("moment", "slot"),
    [
        ("2026-11-23 09:30", "am"), ("2026-11-23 12:59", "am"), ("2026-11-23 13:00", "pm"),
        ("2026-11-23 18:00", "pm"), ("2026-11-23 20:15", "off_hours"), ("2026-11-22 09:30", "off_hours"),
    ],
)  # fmt: skip
def test_the_half_day_is_computed(cast: Cast, moment: str, slot: str) -> None:
    with clock.told(clock_at("2026-11-20 08:00")):
        order = producing(cast)
    with clock.told(clock_at(moment)):
        visit = visited(cast, order)

    assert (visit.slot, visit.day.isoformat()) == (slot, moment[:10])


@pytest.mark.rule("A3")
def test_the_leading_supervisor_may_and_nobody_else(cast: Cast) -> None:
    order = producing(cast)

    assert visited(cast, order, actor=cast.laowang).by == cast.laowang
    for stranger in (cast.xiaochen, cast.printing_mfg, cast.sales, cast.finance):
        with pytest.raises(PermissionDenied):
            visited(cast, order, actor=stranger)
    assert Visit.objects.count() == 1


@pytest.mark.rule("A6.4a")
def test_only_while_the_order_is_produced(cast: Cast) -> None:
    for order in (draft(cast), issued(cast)):
        with pytest.raises(WrongState, match="生产中的单才登记巡查"):
            visited(cast, order)
    assert not Visit.objects.exists()
    assert not TransitionLog.objects.filter(move="visit").exists()


@pytest.mark.rule("A6.4a")
def test_more_than_ordered_is_normal(cast: Cast) -> None:
    order = producing(cast)

    assert visited(cast, order, "1080").lines.get(line=order.lines_now[0]).done_quantity == Decimal("1080")


@pytest.mark.rule("A22")
def test_a_notice_that_is_not_this_order_s_current_one_is_refused(cast: Cast) -> None:
    order = producing(cast)

    with pytest.raises(Blocked) as blocked:
        visited(cast, order, notice="TZ26-999999")

    assert [refusal.rule for refusal in blocked.value.refusals] == ["A22"]
    assert not Visit.objects.exists()


def test_the_time_is_neither_ahead_of_the_clock_nor_before_the_order(cast: Cast) -> None:
    order = producing(cast)

    for at in (clock.now() + dt.timedelta(hours=1), order.received_at - dt.timedelta(days=1)):
        with pytest.raises(ValidationError, match="时间"):
            visited(cast, order, at=at)
    assert not Visit.objects.exists()


def test_a_line_of_another_order_and_a_line_twice_are_named(cast: Cast) -> None:
    order, other = producing(cast), producing(cast)
    mine, foreign = order.lines_now[0].pk, other.lines_now[0].pk
    lines = [LineDone(mine, Decimal(1)), LineDone(mine, Decimal(2)), LineDone(foreign, Decimal(3))]

    with pytest.raises(ValidationError) as refused:
        visit_order(order, VisitInput(lines=lines, process="印刷"), actor=cast.xiaoli)

    assert set(refused.value.message_dict) == {"lines.1.line", "lines.2.line"}


@pytest.mark.rule("A21")
def test_a_blank_process_means_as_last_time_and_first_the_production(cast: Cast) -> None:
    order = producing(cast)

    assert visited(cast, order, "100", process="").process == "印刷生产"
    visited(cast, order, "0", "0", process="覆膜")
    assert visit_order(order, visit_input(order, "5", "5", process=""), actor=cast.xiaoli).process == "覆膜"
