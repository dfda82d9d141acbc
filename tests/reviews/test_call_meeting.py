"""召集评审会议（第十九条）：时间、地点、议题、参加人，请了的人都知道。"""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError

from orders.models import Order, State
from reviews import services
from reviews.channels import tell_attendees
from reviews.models import Attendee, ReviewMeeting, Round
from reviews.selectors import meetings_of
from tests.cast import Cast
from tests.cast_meetings import called, meeting_of, minutes, plan
from workflow import clock
from workflow.duties import waiting_for
from workflow.guards import WrongState
from workflow.models import OutboxMessage

HEADS = ("engineering", "material", "printing_mfg", "printing_qc")


@pytest.mark.rule("A19.1")
def test_it_has_time_place_agenda_and_attendees(cast: Cast) -> None:
    meeting = meeting_of(called(cast, meeting=plan(attendees=[cast.purchasing])))

    assert (meeting.state, meeting.round.meeting_place, meeting.agenda) == (
        "called", "二楼会议室", "特种纸交期；烫金排期",
    )  # fmt: skip
    asked = [(one.user.username, one.department.code if one.department else "") for one in meeting.attendees_now]
    codes = ("engineering", "material_control", "printing_manufacturing", "printing_quality")
    assert asked == [*zip(HEADS, codes, strict=True), ("laowang", ""), ("xiaoli", ""), ("purchasing", "")]


@pytest.mark.rule("A19.1")
@pytest.mark.parametrize("who", [*HEADS, "xiaoli", "purchasing"])
def test_everybody_asked_has_it_on_their_day(cast: Cast, who: str) -> None:
    review = called(cast, meeting=plan(attendees=[cast.purchasing]))

    due = [one for one in waiting_for(getattr(cast, who), clock.now()) if one.reminder == "meeting_to_attend"]
    assert [(one.title, one.url, one.by) for one in due] == [
        ("参加评审会议", f"/reviews/{review.pk}/meeting/", review.meeting_at)
    ]


@pytest.mark.rule("A19.1")
def test_and_a_mail_if_they_have_an_address(cast: Cast) -> None:
    cast.material.email = "material@example.com"
    cast.material.save()
    called(cast)
    message = OutboxMessage.objects.get(kind="review.meeting_called")

    tell_attendees(message.payload)

    assert [(one.to, "二楼会议室" in one.body) for one in mail.outbox] == [(["material@example.com"], True)]


@pytest.mark.rule("A19.1")
def test_who_is_asked_from_another_department_sees_the_order_and_the_meeting(cast: Cast) -> None:
    called(cast, meeting=plan(attendees=[cast.purchasing]))

    assert Order.objects.visible_to(cast.purchasing).count() == 1
    assert meetings_of(cast.purchasing).count() == 1
    assert meetings_of(cast.paper_mfg).count() == 0


@pytest.mark.rule("A19.1")
@pytest.mark.parametrize(
    ("changes", "field"),
    [({"time": None}, "time"), ({"place": " "}, "place"), ({"time": dt.datetime(1999, 1, 1, tzinfo=dt.UTC)}, "time")],
)
def test_without_time_or_place_there_is_no_meeting(cast: Cast, changes: dict[str, object], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        called(cast, meeting=plan(**changes))

    assert set(refused.value.message_dict) == {field}
    assert Order.objects.get().state == State.ACCEPTED
    assert not Attendee.objects.exists()


@pytest.mark.rule("A19.1")
def test_the_organiser_moves_it_and_all_are_told_again(cast: Cast) -> None:
    meeting = meeting_of(called(cast))
    later = clock.now() + dt.timedelta(days=2)

    services.change_meeting(
        meeting, plan(time=later, place="三楼", attendees=[cast.purchasing, cast.material]), actor=cast.laowang
    )

    review = Round.objects.get()
    assert (review.meeting_at, review.meeting_place) == (later, "三楼")
    assert Attendee.objects.filter(user=cast.purchasing).exists()
    assert Attendee.objects.count() == 7
    assert OutboxMessage.objects.filter(kind="review.meeting_called").count() == 2


@pytest.mark.rule("A19.1")
def test_the_first_call_is_not_mailed_once_a_second_went_out(cast: Cast) -> None:
    cast.material.email = "material@example.com"
    cast.material.save()
    meeting = meeting_of(called(cast))
    services.change_meeting(meeting, plan(place="三楼"), actor=cast.laowang)

    for message in OutboxMessage.objects.filter(kind="review.meeting_called"):
        tell_attendees(message.payload)

    assert ["三楼" in one.body for one in mail.outbox] == [True]


@pytest.mark.rule("A19.1")
@pytest.mark.parametrize("who", ["xiaoli", "xiaochen", "engineering", "gm"])
def test_nobody_else_moves_it(cast: Cast, who: str) -> None:
    meeting = meeting_of(called(cast))

    with pytest.raises(PermissionDenied, match="主任安排"):
        services.change_meeting(meeting, plan(place="三楼"), actor=getattr(cast, who))
    assert Round.objects.get().meeting_place == "二楼会议室"


@pytest.mark.rule("A19.1")
def test_a_meeting_that_was_held_is_not_moved(cast: Cast) -> None:
    meeting = meeting_of(called(cast))
    services.hold_meeting(meeting, minutes(meeting), actor=cast.laowang)

    with pytest.raises(WrongState, match="会已经开过"):
        services.change_meeting(ReviewMeeting.objects.get(), plan(place="三楼"), actor=cast.laowang)


@pytest.mark.rule("A19.1")
def test_whose_time_has_passed_is_asked_for_the_minutes(cast: Cast) -> None:
    called(cast)
    tomorrow = clock.now() + dt.timedelta(days=1, hours=1)

    due = [one.reminder for one in waiting_for(cast.laowang, tomorrow) if one.reminder.startswith("meeting")]
    assert due == ["meeting_to_record"]
