"""/api/v1/reviews/{id}/meeting/: the meeting of a round, its attendance and minutes (第十九条)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from papers.models import Paper
from parties.models import User
from reviews import services
from reviews.api.answers import MoveOut
from reviews.models import Attendee, ReviewMeeting
from reviews.selectors import meetings_of
from reviews.services import Attendance, MeetingInput, MinutesInput
from reviews.shapes import PlainBoolean, ReviewAnswerShape, answer_input, moment
from workflow.inputs import PlainDate, PlainText, StrictSerializer
from workflow.rest import Api, found

MOST = 60


def called(given: Mapping[str, Any]) -> MeetingInput:
    """time, place, agenda, attendees of a body as the services take them."""
    return MeetingInput(
        time=given.get("time"),
        place=given.get("place", ""),
        agenda=given.get("agenda", ""),
        attendees=people(given.get("attendees") or ()),
    )


def people(usernames: Sequence[str]) -> list[User]:
    """The colleagues of these accounts; an unknown one is 400."""
    known = {user.username: user for user in User.objects.filter(username__in=usernames, is_active=True)}
    if missing := [name for name in usernames if name not in known]:
        raise ValidationError({"attendees": _("没有「%(name)s」这个人") % {"name": missing[0][:40]}})
    return [known[name] for name in dict.fromkeys(usernames)]


class MeetingPlanShape(StrictSerializer):
    """会议怎么开；attendees 是评审部门负责人和跟单员以外还请的人（账号）。"""

    time = serializers.DateTimeField()
    place = PlainText(max_length=100)
    agenda = PlainText(several_lines=True, required=False, allow_blank=True)
    attendees = serializers.ListField(child=PlainText(max_length=150), required=False, max_length=MOST)


class AttendanceShape(StrictSerializer):
    """一个参加人：到没到，派了谁来（账号），说了什么。"""

    attendee = PlainText(max_length=150)
    present = PlainBoolean()
    instead = PlainText(max_length=150, required=False, allow_blank=True)
    said = PlainText(several_lines=True, required=False, allow_blank=True)


class MinutesShape(StrictSerializer):
    """到会与纪要；planned_dates 是会上定的日期，answers 是还没有答的部门（代码）在会上怎么答，组织评审的人才能定。

    会上记下的都要部门第一负责人事后签字。
    """

    attendance = AttendanceShape(many=True)
    decisions = PlainText(several_lines=True)
    held_at = serializers.DateTimeField(required=False, allow_null=True)
    chair = PlainText(max_length=150, required=False, allow_blank=True)
    planned_dates = serializers.DictField(child=PlainDate(), required=False)
    answers = serializers.DictField(child=ReviewAnswerShape(), required=False)


class AttendeeOut(serializers.Serializer[Any]):
    """一个参加人。"""

    attendee = serializers.CharField(help_text="账号")
    name = serializers.CharField()
    department = serializers.CharField(allow_null=True, help_text="代表哪个评审部门（代码）")
    present = serializers.BooleanField(allow_null=True)
    instead = serializers.CharField(allow_null=True)
    said = serializers.CharField(allow_blank=True)


class MeetingOut(serializers.Serializer[Any]):
    """一轮集中评审的会议。"""

    review = serializers.IntegerField()
    state = serializers.ChoiceField(choices=ReviewMeeting.State.choices)
    state_display = serializers.CharField()
    version = serializers.IntegerField(help_text="修订号，ETag 同")
    time = serializers.DateTimeField(allow_null=True)
    place = serializers.CharField(allow_blank=True)
    agenda = serializers.CharField(allow_blank=True)
    attendees = AttendeeOut(many=True)
    held_at = serializers.DateTimeField(allow_null=True)
    chair = serializers.CharField(allow_null=True)
    recorded_by = serializers.CharField(allow_null=True)
    decisions = serializers.CharField(allow_blank=True)
    minutes = serializers.IntegerField(help_text="纪要第几稿，0 是还没有")
    minutes_number = serializers.CharField(allow_null=True)
    moves = MoveOut(many=True, required=False)


class ReviewMeetingDetail(Api):
    """评审会议（第十九条）。"""

    def one(self, pk: int) -> ReviewMeeting:
        """The meeting, for those who attend it or read the whole review; as If-Match expects it."""
        meeting: ReviewMeeting = found(meetings_of(self.user), round=pk)
        return self.expected(meeting)

    def reply(self, meeting: ReviewMeeting) -> Response:
        """The fresh document."""
        return self.document(meeting, meeting_body(meeting))

    @extend_schema(summary="评审会议", responses=MeetingOut)
    def get(self, request: Request, pk: int) -> Response:
        """安排、参加人、到会与纪要。"""
        return self.reply(self.one(pk))

    @extend_schema(summary="改会议安排", request=MeetingPlanShape, responses=MeetingOut)
    def put(self, request: Request, pk: int) -> Response:
        """改时间、地点、议题，再请人；参加人重新收到通知。"""
        meeting, given = self.one(pk), called(self.read(MeetingPlanShape))
        return self.reply(services.change_meeting(meeting, given, actor=self.user))

    @extend_schema(summary="登记到会与纪要", request=MinutesShape, responses=MeetingOut)
    def post(self, request: Request, pk: int) -> Response:
        """会开了；再交一次就是更正，旧的纪要作废。"""
        meeting, given = self.one(pk), self.read(MinutesShape)
        return self.reply(services.hold_meeting(meeting, minutes(given), actor=self.user))


def minutes(given: Mapping[str, Any]) -> MinutesInput:
    """The body as the services take it."""
    rows = given["attendance"]
    names = [row["attendee"] for row in rows] + [row["instead"] for row in rows if row.get("instead")]
    chair = given.get("chair") or ""
    known = {user.username: user for user in people([*names, *([chair] if chair else [])])}
    attendance = [
        Attendance(known[row["attendee"]], row["present"], known.get(row.get("instead") or ""), row.get("said", ""))
        for row in rows
    ]
    answers = {code: answer_input(said) for code, said in (given.get("answers") or {}).items()}
    dates = given.get("planned_dates") or {}
    return MinutesInput(attendance, given["decisions"], dates, given.get("held_at"), known.get(chair), answers)


def meeting_body(meeting: ReviewMeeting) -> dict[str, Any]:
    """一次评审会议。"""
    filed = Paper.objects.of(meeting.about).exists()
    return {
        "review": meeting.round_id,
        "state": meeting.state,
        "state_display": meeting.get_state_display(),
        "version": meeting.revision,
        "time": moment(meeting.round.meeting_at),
        "place": meeting.round.meeting_place,
        "agenda": meeting.agenda,
        "attendees": [attendee_body(one) for one in meeting.attendees_now],
        "held_at": moment(meeting.held_at),
        "chair": meeting.chair.username if meeting.chair else None,
        "recorded_by": meeting.recorded_by.username if meeting.recorded_by else None,
        "decisions": meeting.decisions,
        "minutes": meeting.minutes,
        "minutes_number": meeting.number if filed else None,
    }


def attendee_body(one: Attendee) -> dict[str, Any]:
    """一个参加人。"""
    return {
        "attendee": one.user.username,
        "name": str(one.user),
        "department": one.department.code if one.department else None,
        "present": one.present,
        "instead": one.instead.username if one.instead else None,
        "said": one.said,
    }
