"""评审会议：召集、改期、登记到会与纪要（第十九条、第二十条）。"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from orders import services as order_services
from orders.models import OrderShare
from papers.models import Paper
from papers.services import file_paper, void_paper
from parties.models import User
from reviews.minutes import minutes_snapshot
from reviews.models import Attendee, ReviewMeeting, Round
from reviews.models.answer import AnswerInput
from reviews.rights import leads
from reviews.services.answer import settle_in_meeting
from reviews.sight import OF_THEIR_DEPARTMENT
from workflow import clock
from workflow.guards import WrongState
from workflow.machine import begin, locked, perform, record, together
from workflow.outbox import post

CALLED = "review.meeting_called"
LAST_YEAR = 2099
MOST_PEOPLE = 60
LATITUDE = dt.timedelta(minutes=5)


@dataclass(frozen=True)
class MeetingInput:
    """会议怎么开：时间、地点、议题，和评审部门以外还请谁。"""

    time: dt.datetime | None = None
    place: str = ""
    agenda: str = ""
    attendees: Sequence[User] = ()


NO_MEETING = MeetingInput()


@dataclass(frozen=True)
class Attendance:
    """一个参加人：到了没有，派了谁来，说了什么。"""

    user: User
    present: bool
    instead: User | None = None
    said: str = ""


@dataclass(frozen=True)
class MinutesInput:
    """会议的记录：到会、发言要点、会上定的日期、没答的部门会上怎么答、决定。"""

    attendance: Sequence[Attendance]
    decisions: str
    dates: Mapping[str, dt.date] = field(default_factory=dict)
    held_at: dt.datetime | None = None
    chair: User | None = None
    answers: Mapping[str, AnswerInput] = field(default_factory=dict)


def call_meeting(review: Round, given: MeetingInput, *, actor: User) -> ReviewMeeting:
    """召集评审会议：各评审部门负责人、跟单员和另请的人都收到通知（第十九条）。"""
    meeting = ReviewMeeting(round=review, agenda=given.agenda.strip())
    begin(meeting, actor=actor, label=_("召集会议"), article="第十九条", rule="A19.1")
    _ask_people(meeting, review, given.attendees)
    _tell(meeting)
    return meeting


@together
def change_meeting(meeting: ReviewMeeting, given: MeetingInput, *, actor: User) -> ReviewMeeting:
    """改会议的时间、地点、议题，或再请人；参加人重新收到通知（第十九条）。"""
    meeting = locked(meeting)
    review = meeting.round
    if not (actor.may("reviews.turn_into_meeting") and leads(review, actor)):
        raise PermissionDenied(_("会议由组织评审的主任安排"))
    if review.state != Round.State.OPEN or meeting.state != ReviewMeeting.State.CALLED:
        raise WrongState(_("会已经开过，或评审已经结束，不能再改安排"))
    check_meeting(given)
    data = {"time": [review.meeting_at, given.time], "place": [review.meeting_place, given.place.strip()]}
    review = locked(review)
    review.meeting_at, review.meeting_place = given.time, given.place.strip()
    record(review, "change_meeting", actor=actor, label=_("改会议安排"), article="第十九条", rule="A19.1", data=data)
    meeting.round, meeting.agenda = review, given.agenda.strip()
    _ask_people(meeting, review, given.attendees)
    record(meeting, "change", actor=actor, label=_("再通知参加人"), article="第十九条", rule="A19.1")
    _tell(meeting)
    return meeting


@together
def hold_meeting(meeting: ReviewMeeting, given: MinutesInput, *, actor: User) -> ReviewMeeting:
    """登记到会与纪要，会上改的日期、没答的部门会上的答复一并记下，出《评审会议纪要》（第十九条、第二十条）。"""
    decisions, held_at = given.decisions.strip(), given.held_at or clock.now()
    meeting = perform(
        meeting, "hold", actor=actor, held_at=held_at, chair=given.chair or meeting.round.opened_by, decisions=decisions
    )
    _check_minutes(meeting, given, held_at)
    _take_attendance(meeting, given.attendance)
    if given.dates or given.answers:
        meeting.round = settle_in_meeting(meeting.round, given.answers, given.dates, actor=actor)
    _file(meeting, actor)
    return meeting


def check_meeting(given: MeetingInput, *, convened: bool = True) -> None:
    """What every call of a meeting must say; `convened` is False where time and place may follow later."""
    errors: dict[str, str] = {}
    if given.time is None and convened:
        errors["time"] = _("集中评审要写明会议时间")
    if wrong := wrong_moment(given.time):
        errors["time"] = wrong
    if not given.place.strip() and convened:
        errors["place"] = _("集中评审要写明会议地点")
    if len(given.attendees) > MOST_PEOPLE:
        errors["attendees"] = _("参加人最多 %(n)s 位") % {"n": MOST_PEOPLE}
    if errors:
        raise ValidationError(errors)


def wrong_moment(moment: dt.datetime | None) -> str:
    """Nobody meets, and nothing is due, in another century or before today."""
    if moment is None:
        return ""
    if not 2000 <= moment.year <= LAST_YEAR:
        return _("时间不像是真的，请核对年份")
    return _("时间不能在今天以前") if timezone.localdate(moment) < clock.today() else ""


def _ask_people(meeting: ReviewMeeting, review: Round, others: Iterable[User]) -> None:
    """The heads of the reviewing departments, the coordinator, whoever convened it, and the others asked."""
    heads = [(one.department.head, one.department_id) for one in review.answers_now if one.department.head]
    asked: dict[int, Attendee] = {}
    rest = [(user, None) for user in (review.opened_by, review.order.coordinator, *others)]
    for user, department in (*heads, *rest):
        asked.setdefault(user.pk, Attendee(meeting=meeting, user=user, department_id=department))
    Attendee.objects.bulk_create(asked.values(), ignore_conflicts=True)
    departments = {user.department_id for user in others if user.department_id and user.role in OF_THEIR_DEPARTMENT}
    order_services.share_order(review.order, departments, OrderShare.Reason.REVIEW)


def _tell(meeting: ReviewMeeting) -> None:
    post(CALLED, meeting.about, {"meeting": meeting.pk, "revision": meeting.revision})


def _check_minutes(meeting: ReviewMeeting, given: MinutesInput, held_at: dt.datetime) -> None:
    errors: dict[str, str] = {}
    if held_at > clock.now() + LATITUDE or timezone.localdate(held_at) < timezone.localdate(meeting.round.opened_at):
        errors["held_at"] = _("开会时间不能在将来，也不能早于评审开始")
    if not given.decisions.strip():
        errors["decisions"] = _("请写明会上定了什么")
    if wrong := next(_wrong_attendance(meeting, given.attendance), ""):
        errors["attendance"] = wrong
    if errors:
        raise ValidationError(errors)


def _wrong_attendance(meeting: ReviewMeeting, attendance: Sequence[Attendance]) -> Iterator[str]:
    asked, answered = {one.user_id: one for one in meeting.attendees_now}, {one.user.pk for one in attendance}
    yield from (_("%(name)s不在参加人里") % {"name": one.user} for one in attendance if one.user.pk not in asked)
    missing = [one for one in asked.values() if one.user_id not in answered]
    yield from (_("%(name)s到没到会还没有登记") % {"name": one.user} for one in missing)
    yield from filter(None, map(_wrong_deputy, attendance))
    if not any(one.present for one in attendance):
        yield _("没有一个人到会，不算开过会")


def _wrong_deputy(one: Attendance) -> str:
    if one.instead is None:
        return ""
    if not one.present:
        return _("%(name)s没有到会，就没有派来的人") % {"name": one.user}
    if one.instead.department_id != one.user.department_id or one.instead.pk == one.user.pk:
        return _("%(name)s只能派本部门的人来") % {"name": one.user}
    return ""


def _take_attendance(meeting: ReviewMeeting, attendance: Iterable[Attendance]) -> None:
    rows = {attendee.user_id: attendee for attendee in meeting.attendees_now}
    for one in attendance:
        row = rows[one.user.pk]
        row.present, row.instead, row.said = one.present, one.instead, one.said.strip()
    Attendee.objects.bulk_update(rows.values(), ["present", "instead", "said"])


def _file(meeting: ReviewMeeting, actor: User) -> None:
    """每更正一次出新的一版，旧的一版作废（第十九条、第二十二条）。"""
    for paper in Paper.objects.of(meeting.about).current():
        void_paper(paper, reason=_("纪要更正"), actor=actor, successor=meeting.number)
    file_paper(
        kind="review_minutes",
        about=meeting,
        number=meeting.number,
        version=meeting.minutes,
        snapshot=minutes_snapshot(meeting),
        actor=actor,
    )
