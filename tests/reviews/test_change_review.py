"""更改的评审：只请有关部门，业务单的状态不动；通过、与客户协商、不能改（第二十条、第二十二条）。"""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from orders.models import OrderShare
from papers.canonical import fingerprint
from parties.models import Department
from reviews import services
from reviews.guards import every_answer_is_signed
from reviews.models import Answer, Round
from reviews.selectors import effective_round, planned_dates
from tests.cast import Cast
from tests.cast_changes import agreed, change_input, effective, fresh, more, reviewing, submitted
from tests.cast_production import producing
from tests.cast_reviews import answer_of, day, signed
from tests.cast_shipping import again
from workflow.guards import Blocked, WrongState
from workflow.models import TransitionLog

pytestmark = [pytest.mark.django_db, pytest.mark.rule("A22")]
PRINTING = ["engineering", "material_control", "printing_manufacturing", "printing_quality"]
ASKED = PRINTING[1:]


def named(codes: list[str]) -> list[Department]:
    return list(Department.objects.filter(code__in=codes))


def unmet(cast: Cast) -> Round:
    """评审给不了客户要的日期。"""
    review = signed(cast, reviewing(cast))
    return services.conclude(review, "negotiate", actor=cast.laowang, delivery_date=day(26), note="纸要等")


def test_only_the_departments_concerned_are_asked_and_the_order_stays_where_it_is(cast: Cast) -> None:
    review = reviewing(cast)

    assert (review.number, review.state, again(review.order).state) == (2, "open", "producing")
    assert fresh(review.change).state == "reviewing"
    assert sorted(answer.department.code for answer in review.answers_now) == PRINTING
    assert OrderShare.objects.filter(order=review.order, reason="review").count() == 4


def test_the_supervisor_says_who_is_asked_and_somebody_is(cast: Cast) -> None:
    change = submitted(cast)

    with pytest.raises(ValidationError, match="至少请一个部门"):
        services.open_change_round(change, "distributed", actor=cast.laowang, departments=[])
    with pytest.raises(ValidationError, match="纸品品质部不参加「印刷类」的评审"):
        services.open_change_round(change, "distributed", actor=cast.laowang, departments=named(["paper_quality"]))
    assert fresh(change).state == "submitted"
    review = services.open_change_round(change, "distributed", actor=cast.laowang, departments=named(ASKED[:1]))
    assert [answer.department.code for answer in review.answers_now] == ASKED[:1]
    assert list(fresh(change).departments.values_list("code", flat=True)) == ASKED[:1]


def test_a_round_that_asked_nobody_does_not_pass(cast: Cast) -> None:
    review = reviewing(cast)
    review.answers_now = []

    assert [one.words for one in every_answer_is_signed.refusals(review)] == ["这一轮没有请任何部门评审"]


def test_who_may_not_organise_it_leaves_no_trace(cast: Cast) -> None:
    change = submitted(cast)
    before = TransitionLog.objects.count()

    for stranger in (cast.xiaoli, cast.gm_delegate, cast.printing_mfg):
        with pytest.raises(PermissionDenied):
            services.open_change_round(change, "distributed", actor=stranger)
    with pytest.raises(ValidationError):
        services.open_change_round(change, "meeting", actor=cast.laowang)
    assert (TransitionLog.objects.count(), fresh(change).state) == (before, "submitted")


def test_one_round_at_a_time(cast: Cast) -> None:
    review = reviewing(cast)

    with pytest.raises(Blocked, match="还有一轮评审没有结束"):
        services.open_change_round(fresh(review.change), "distributed", actor=cast.laowang)


def test_passing_gives_the_date_and_waits_for_the_notice(cast: Cast) -> None:
    change = agreed(cast)

    assert (change.state, change.is_agreed, change.delivery_date) == ("reviewing", True, day(22))
    assert (again(change.order).promised_date, again(change.order).version) == (day(18), 1)


def test_a_passed_round_is_no_standard_before_it_takes_effect(cast: Cast) -> None:
    change = agreed(cast)
    before = effective_round(again(change.order))

    assert before is not None
    assert before.change_id is None
    assert [row.planned_date for row in planned_dates(again(change.order))] == [day(12)] * 4


def test_departments_that_were_not_asked_keep_their_dates(cast: Cast) -> None:
    review = reviewing(cast, departments=named(ASKED))
    signed(cast, review, planned_date=day(16))
    services.conclude(Round.objects.get(pk=review.pk), "pass", actor=cast.laowang)
    notice = services.create_change_notice(fresh(review.change), actor=cast.xiaoli)
    services.sign_notice(notice, actor=cast.gm)

    planned = {row.code: row.planned_date for row in planned_dates(again(review.order))}
    assert planned == {"engineering": day(12), **dict.fromkeys(ASKED, day(16))}


@pytest.mark.rule("A20.6")
def test_the_customer_agrees_as_reviewed(cast: Cast) -> None:
    change = fresh(unmet(cast).change)
    assert not change.is_agreed
    with pytest.raises(ValidationError):
        services.agree_to_change(change, " ", actor=cast.laowang)
    with pytest.raises(PermissionDenied):
        services.agree_to_change(change, "同意", actor=cast.xiaoli)

    change = services.agree_to_change(change, "刘婷来函同意 26 日", actor=cast.laowang)

    assert (change.is_agreed, change.delivery_date, change.state) == (True, day(26), "reviewing")
    assert services.create_change_notice(change, actor=cast.xiaoli).content["delivery_date"] == day(26).isoformat()


@pytest.mark.rule("A20.6")
def test_nothing_is_agreed_where_nothing_was_to_be_negotiated(cast: Cast) -> None:
    change = agreed(cast)

    with pytest.raises(Blocked, match="没有要求与客户协商"):
        services.agree_to_change(change, "同意", actor=cast.laowang)


@pytest.mark.rule("A20.6")
def test_another_round_forgets_what_the_customer_said(cast: Cast) -> None:
    change = fresh(unmet(cast).change)
    change = services.agree_to_change(change, "同意 28 日", actor=cast.laowang, delivery_date=day(28))

    again_asked = services.open_change_round(change, "distributed", actor=cast.laowang, reason="换纸再评")

    change = fresh(again_asked.change)
    assert (again_asked.number, change.customer_agreed, change.is_agreed) == (3, "", False)


def test_the_review_may_say_no(cast: Cast) -> None:
    review = signed(cast, reviewing(cast))

    services.conclude(review, "reject", actor=cast.laowang, note="已经印完")

    change = fresh(review.change)
    assert (change.state, change.ended_reason, again(change.order).state) == ("refused", "已经印完", "producing")


@pytest.mark.rule("A20.1")
def test_the_answer_is_bound_to_what_is_changed(cast: Cast) -> None:
    review = reviewing(cast)
    earlier = Answer.objects.get(round__order=review.order, round__number=1, department__code="printing_quality")

    change, answer = fresh(review.change), answer_of(review, "printing_quality")
    assert (earlier.content.get("change"), answer.content["change"]) == (None, change.sha256)
    assert change.sha256 == fingerprint(change.content)
    change.lines_now[0].quantity = Decimal(1201)
    assert change.sha256 != fingerprint(change.content)


def test_a_second_change_builds_on_the_first(cast: Cast) -> None:
    order = producing(cast)
    first = services.issue_notice(effective(cast, order), actor=cast.xiaoli)
    order = again(order)

    second = services.request_change(order, change_input(order, more(order, "1500")), actor=cast.xiaoli)

    assert (second.order_version, second.lines_now[0].was_quantity) == (2, 1200)
    with pytest.raises(WrongState):
        services.create_change_notice(second, actor=cast.xiaoli)
    assert first.version == 2
