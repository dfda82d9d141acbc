"""转为集中式（第十九条）：跟单员申请，主任决定，答复都留着。"""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from reviews import services
from reviews.models import Round
from tests.caller import Caller
from tests.cast import Cast
from tests.cast_meetings import meeting_of, plan
from tests.cast_reviews import reviewing, signed
from workflow import clock
from workflow.guards import Blocked, WrongState


@pytest.mark.rule("A19.3")
def test_the_coordinator_asks_and_the_supervisor_decides(cast: Cast) -> None:
    review = signed(cast)

    review = services.request_meeting(review, "物控和制造的日期对不上", actor=cast.xiaoli)
    assert (review.form, review.meeting_wanted) == ("distributed", "物控和制造的日期对不上")
    review = services.turn_into_meeting(
        review, "当面定", actor=cast.laowang, meeting=services.MeetingInput(place="二楼")
    )

    assert (review.form, review.reason, review.state) == ("meeting", "当面定", "open")
    assert {answer.state for answer in review.answers_now} == {"signed"}


@pytest.mark.rule("A19.3")
def test_the_coordinator_cannot_decide(cast: Cast) -> None:
    with pytest.raises(PermissionDenied, match="主任决定"):
        services.turn_into_meeting(reviewing(cast), "当面定", actor=cast.xiaoli)


@pytest.mark.rule("A19.3")
def test_a_stranger_cannot_ask(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        services.request_meeting(reviewing(cast), "开会", actor=cast.xiaochen)


@pytest.mark.rule("A19.3")
def test_both_need_their_reason(cast: Cast) -> None:
    review = reviewing(cast)

    with pytest.raises(ValidationError, match="理由"):
        services.request_meeting(review, "  ", actor=cast.xiaoli)
    with pytest.raises(ValidationError, match="理由"):
        services.turn_into_meeting(review, "", actor=cast.laowang)


@pytest.mark.rule("A19.3")
def test_a_meeting_is_not_turned_into_one(cast: Cast) -> None:
    review = services.turn_into_meeting(reviewing(cast), "当面定", actor=cast.laowang)

    with pytest.raises(WrongState, match="已经是集中评审"):
        services.turn_into_meeting(review, "再开", actor=cast.laowang)
    with pytest.raises(WrongState, match="已经是集中评审"):
        services.request_meeting(review, "再开", actor=cast.xiaoli)


@pytest.mark.rule("A19.3")
def test_a_concluded_round_stays_as_it_was(cast: Cast) -> None:
    review = services.conclude(signed(cast), "pass", actor=cast.laowang)

    with pytest.raises(WrongState, match="通过"):
        services.turn_into_meeting(review, "当面定", actor=cast.laowang)


@pytest.mark.rule("A19.1", "A19.3")
def test_time_and_place_may_follow_but_the_meeting_waits_for_them(cast: Cast) -> None:
    review = services.turn_into_meeting(signed(cast), "当面定", actor=cast.laowang)
    meeting = meeting_of(review)
    given = services.MinutesInput(attendance=[], decisions="定了")

    with pytest.raises(Blocked) as blocked:
        services.hold_meeting(meeting, given, actor=cast.laowang)
    assert [refusal.words for refusal in blocked.value.refusals] == ["还没有定会议时间", "还没有定会议地点"]


@pytest.mark.rule("A19.3")
def test_the_answers_are_kept_and_the_departments_are_called(cast: Cast) -> None:
    before = {answer.pk: answer.sha256 for answer in signed(cast).answers_now}
    review = services.turn_into_meeting(Round.objects.get(), "当面定", actor=cast.laowang, meeting=plan())

    assert {answer.pk: answer.sha256 for answer in review.answers_now if answer.is_signed} == before
    called = {one.user for one in meeting_of(review).attendees_now}
    assert called == {cast.engineering, cast.material, cast.printing_mfg, cast.printing_qc, cast.laowang, cast.xiaoli}


@pytest.mark.rule("A19.3")
def test_the_api_takes_time_place_agenda_and_attendees(cast: Cast) -> None:
    review = reviewing(cast)
    at = clock.now() + dt.timedelta(days=1)
    body = {
        "reason": "两个部门谈不拢", "time": at.isoformat(), "place": "二楼会议室", "agenda": "烫金排期",
        "attendees": ["planning"],
    }  # fmt: skip

    reply = Caller(cast.laowang).post(f"reviews/{review.pk}/turn-into-meeting/", body)

    assert (reply.status_code, reply.json()["place"]) == (200, "二楼会议室")
    meeting = Caller(cast.laowang).get(f"reviews/{review.pk}/meeting/").json()
    assert (meeting["agenda"], dt.datetime.fromisoformat(meeting["time"])) == ("烫金排期", at)
    assert "planning" in [one["attendee"] for one in meeting["attendees"]]
    unknown = Caller(cast.laowang).post(f"reviews/{reviewing(cast).pk}/turn-into-meeting/", body | {"attendees": ["x"]})
    assert unknown.status_code == 400
