"""组织评审（第十五条、第十六条、第十九条）：主任定形式，各种类的评审部门都收到。"""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from orders.models import BusinessKind, Order, State
from reviews import services
from reviews.models import Round
from tests.cast import Cast, accepted, line_input, submitted
from tests.cast_reviews import reviewing
from workflow import clock
from workflow.guards import WrongState
from workflow.models import TransitionLog

PRINTING = ["engineering", "material_control", "printing_manufacturing", "printing_quality"]


@pytest.mark.rule("A16")
def test_the_supervisor_opens_it_and_the_kinds_departments_are_asked(cast: Cast) -> None:
    review = reviewing(cast)

    assert (review.state, review.number, review.form) == ("open", 1, "distributed")
    assert review.order.state == State.REVIEWING
    assert [answer.department.code for answer in review.answers_now] == PRINTING
    assert {answer.state for answer in review.answers_now} == {"blank"}
    births = TransitionLog.objects.filter(subject_type="reviews_answer", move="create", chain=review.chain)
    assert births.count() == 4


@pytest.mark.rule("A6.4e")
def test_a_line_of_another_kind_brings_its_departments(cast: Cast) -> None:
    paper = BusinessKind.objects.get(code="paper")
    review = reviewing(cast, lines=[line_input(), line_input("P006", "300", "16.80", business_kind=paper)])

    codes = {answer.department.code for answer in review.answers_now}
    assert codes == {*PRINTING, "paper_manufacturing", "paper_quality"}


@pytest.mark.rule("A3")
def test_only_now_do_the_departments_see_the_order(cast: Cast) -> None:
    order = accepted(cast)
    assert not Order.objects.visible_to(cast.material).exists()

    services.open_round(order, "distributed", actor=cast.laowang)

    assert Order.objects.visible_to(cast.material).get() == order
    assert not Order.objects.visible_to(cast.paper_mfg).exists()
    assert not Round.objects.visible_to(cast.paper_mfg).exists()
    assert Round.objects.visible_to(cast.material).count() == 1


@pytest.mark.rule("A19.1")
def test_a_meeting_needs_time_and_place(cast: Cast) -> None:
    order = accepted(cast)

    with pytest.raises(ValidationError) as refused:
        services.open_round(order, "meeting", actor=cast.laowang)

    assert set(refused.value.message_dict) == {"time", "place"}
    assert Order.objects.get().state == State.ACCEPTED
    plan = services.MeetingInput(time=clock.now() + dt.timedelta(days=1), place="二楼会议室")
    review = services.open_round(order, "meeting", actor=cast.laowang, meeting=plan)
    assert (review.form, review.meeting_place) == ("meeting", "二楼会议室")


@pytest.mark.rule("A19.1")
def test_another_form_is_no_form(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="分散式或集中式"):
        services.open_round(accepted(cast), "telepathy", actor=cast.laowang)


@pytest.mark.rule("A16")
def test_the_coordinator_may_not_open_it(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        services.open_round(accepted(cast), "distributed", actor=cast.xiaoli)
    assert not Round.objects.exists()


@pytest.mark.rule("A15")
def test_an_order_not_accepted_yet_is_not_reviewed(cast: Cast) -> None:
    with pytest.raises(WrongState, match="待审核"):
        services.open_round(submitted(cast), "distributed", actor=cast.laowang)


@pytest.mark.rule("A16")
def test_a_second_open_round_is_refused(cast: Cast) -> None:
    review = reviewing(cast)

    with pytest.raises(WrongState, match="评审中"):
        services.open_round(review.order, "distributed", actor=cast.laowang)
    assert Round.objects.count() == 1


@pytest.mark.rule("A16")
def test_a_kind_without_departments_says_so(cast: Cast) -> None:
    BusinessKind.objects.filter(code="printing").update(departments=[])

    with pytest.raises(ValidationError, match="没有定评审部门"):
        services.open_round(accepted(cast), "distributed", actor=cast.laowang)
    assert Order.objects.get().state == State.ACCEPTED
