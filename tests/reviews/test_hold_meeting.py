"""评审会议的到会与纪要（第十九条、第二十条）：没有它，集中评审不能通过；会上改的日期要重签。"""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from papers.models import Paper
from reviews import services
from reviews.models import ReviewMeeting, Round
from reviews.services import Attendance
from tests.cast import Cast
from tests.cast_meetings import called, everybody, held, meeting_of, minutes
from tests.cast_reviews import answer_of, day, signed
from workflow import clock
from workflow.guards import Blocked
from workflow.models import TransitionLog


@pytest.mark.rule("A19.1")
def test_who_came_who_was_sent_and_what_was_said_are_kept(cast: Cast) -> None:
    meeting = meeting_of(called(cast))
    came = everybody(meeting, absent=(cast.printing_qc,), engineering=cast.engineering2)

    services.hold_meeting(meeting, minutes(meeting, attendance=came), actor=cast.xiaoli)

    fresh = ReviewMeeting.objects.get()
    assert (fresh.state, fresh.chair, fresh.recorded_by, fresh.decisions) == (
        "held", cast.laowang, cast.xiaoli, "12 天完成，各部门同意。",
    )  # fmt: skip
    kept = {one.user.username: (one.present, one.instead, one.said) for one in fresh.attendees_now}
    assert kept["engineering"] == (True, cast.engineering2, "谭志强说可以")
    assert kept["printing_qc"][0] is False


@pytest.mark.rule("A19.1")
def test_a_meeting_round_does_not_pass_without_minutes(cast: Cast) -> None:
    review = signed(cast, called(cast))
    with pytest.raises(Blocked) as blocked:
        services.conclude(review, "pass", actor=cast.laowang)
    assert [refusal.words for refusal in blocked.value.refusals] == ["集中评审还没有登记到会和会议纪要"]

    meeting = meeting_of(review)
    services.hold_meeting(meeting, minutes(meeting), actor=cast.laowang)
    assert services.conclude(review, "pass", actor=cast.laowang).state == "passed"


@pytest.mark.rule("A20.1")
def test_the_meeting_sets_the_date_and_voids_that_signature_alone(cast: Cast) -> None:
    held(cast, dates={"engineering": day(8), "material_control": day(12)})

    review = Round.objects.get()
    assert answer_of(review, "engineering").planned_date == day(8)
    states = {answer.department.code: answer.is_signed for answer in review.answers_now}
    assert states == {
        "engineering": False, "material_control": True, "printing_manufacturing": True, "printing_quality": True,
    }  # fmt: skip
    with pytest.raises(Blocked, match="技术中心还没有在现在的内容上签字"):
        services.conclude(review, "pass", actor=cast.laowang)


@pytest.mark.rule("A20.1")
def test_the_coordinator_records_but_sets_no_date(cast: Cast) -> None:
    meeting = meeting_of(signed(cast, called(cast)))
    given = minutes(meeting, dates={"engineering": day(8)})

    with pytest.raises(PermissionDenied, match="在会上定"):
        services.hold_meeting(meeting, given, actor=cast.xiaoli)
    assert ReviewMeeting.objects.get().state == "called"
    assert not Paper.objects.filter(kind="review_minutes").exists()


@pytest.mark.rule("A19.1")
@pytest.mark.parametrize("who", ["xiaochen", "engineering", "gm"])
def test_only_who_works_the_order_records(cast: Cast, who: str) -> None:
    meeting = meeting_of(called(cast))

    with pytest.raises(PermissionDenied):
        services.hold_meeting(meeting, minutes(meeting), actor=getattr(cast, who))
    assert not TransitionLog.objects.filter(move="hold").exists()


@pytest.mark.rule("A19.1")
@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"decisions": " "}, "decisions", "请写明会上定了什么"),
        ({"attendance": []}, "attendance", "谭志强到没到会还没有登记"),
        ({"held_at": clock.now() + dt.timedelta(days=9)}, "held_at", "不能在将来"),
        ({"held_at": clock.now() - dt.timedelta(days=9)}, "held_at", "不能早于评审开始"),
    ],
)
def test_it_refuses_what_is_missing(cast: Cast, changes: dict[str, object], field: str, words: str) -> None:
    meeting = meeting_of(called(cast))

    with pytest.raises(ValidationError) as refused:
        services.hold_meeting(meeting, minutes(meeting, **changes), actor=cast.laowang)
    assert words in refused.value.message_dict[field][0]
    assert ReviewMeeting.objects.get().minutes == 0


@pytest.mark.rule("A19.1")
def test_a_head_sends_somebody_of_the_same_department(cast: Cast) -> None:
    meeting = meeting_of(called(cast))
    wrong = everybody(meeting, engineering=cast.material)
    absent = [Attendance(one.user, False) for one in meeting.attendees_now]
    unasked = [*everybody(meeting), Attendance(cast.hr, True)]

    for attendance, words in ((wrong, "只能派本部门的人"), (absent, "没有一个人到会"), (unasked, "不在参加人里")):
        with pytest.raises(ValidationError, match=words):
            services.hold_meeting(meeting, minutes(meeting, attendance=attendance), actor=cast.laowang)


@pytest.mark.rule("A19.1")
def test_after_the_conclusion_the_minutes_are_history(cast: Cast) -> None:
    review = services.conclude(held(cast), "pass", actor=cast.laowang)
    meeting = meeting_of(review)

    with pytest.raises(Blocked, match="纪要不能再改"):
        services.hold_meeting(meeting, minutes(meeting, decisions="改"), actor=cast.laowang)


@pytest.mark.rule("A19.1")
def test_a_correction_is_a_new_paper_and_the_old_one_void(cast: Cast) -> None:
    meeting = meeting_of(held(cast))
    services.hold_meeting(meeting, minutes(meeting, decisions="更正：13 天"), actor=cast.laowang)

    papers = list(Paper.objects.of(meeting.about))
    assert [(paper.number, paper.version, paper.voided is not None) for paper in papers] == [
        (meeting.number, 1, True), (meeting.number, 2, False),
    ]  # fmt: skip
    assert papers[1].content["decisions"] == "更正：13 天"
    assert [one["name"] for one in papers[0].content["people"]][:2] == ["谭志强", "黄丽珍"]
    assert papers[0].content["dates"][0] == {"department": "技术中心", "planned": str(day(12))}
