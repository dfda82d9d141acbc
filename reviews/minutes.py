"""《评审会议纪要》写些什么：时间地点、到会、各说了什么、定了什么日期与事项（第十九条、第二十条）。"""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from orders.models import Order
from papers import shapes
from papers.services import frame
from papers.templatetags.paper_text import short_moment
from reviews.models import Answer, Attendee, ReviewMeeting, Round, Verdict
from workflow import clock


def minutes_snapshot(meeting: ReviewMeeting) -> shapes.MinutesSnapshot:
    """一次评审会议的纪要（第十九条）。"""
    review, order = meeting.round, meeting.order
    chair = shapes.Signature(act=_("主持"), role="", name=str(meeting.chair), at=meeting.held_at or clock.now())
    clerk = shapes.Signature(act=_("记录"), role="", name=str(meeting.recorded_by), at=clock.now())
    base = frame(
        kind="review_minutes",
        number=meeting.number,
        prepared_by=meeting.recorded_by or "",
        prepared_at=clock.now(),
        signatures=[chair, clerk],
        version=meeting.minutes,
    )
    return shapes.MinutesSnapshot(
        **base,
        review_number=review.form_number,
        round=review.number,
        order_number=order.number,
        customer=order.customer_name,
        requested_date=order.requested_date,
        convened_by=str(review.opened_by),
        form_reason=review.reason,
        planned_for=review.meeting_at or "",
        held_at=meeting.held_at or "",
        place=review.meeting_place,
        agenda=meeting.agenda,
        people=[_person(one) for one in meeting.attendees_now],
        dates=[_date(one) for one in review.answers_now],
        decisions=meeting.decisions,
    )


def meeting_block(review: Round, at: dt.datetime) -> shapes.Meeting:
    """评审表上的会议：时间、地点、到会的人（第十九条）。"""
    block = shapes.Meeting(time=at, place=review.meeting_place)
    if review.form == Round.Form.MEETING:
        block["attendees"] = "、".join(str(one.who_came) for one in review.meeting.attendees_now if one.present)
    return block


def informed(review: Round) -> str:
    """结果告知：业务员 赵凯，11-12 10:15 微信（第二十条）。"""
    told = review.tellings.order_by("at", "pk") if review.told_at else ()
    return "；".join(f"{one.get_whom_display()} {one.who}，{short_moment(one.at)} {one.how}" for one in told)


def negotiated(order: Order) -> str:
    """与客户协商：11-12 09:30 电话，采购 姚丽：同意 12-11（第二十条）。"""
    latest = order.negotiations.order_by("-pk").first() if order.customer_agreed else None
    if latest is None:
        return order.customer_agreed
    return _("%(when)s %(how)s，%(who)s：%(said)s") % {
        "when": short_moment(latest.at),
        "how": latest.how or _("告知"),
        "who": latest.who,
        "said": latest.said,
    }


def _date(answer: Answer) -> shapes.MeetingDate:
    """会上定的日期；会上替它记下答复的，写明结论和等谁签（第十九条）。"""
    row = shapes.MeetingDate(department=answer.department.name, planned=answer.planned_date or "")
    waits = not answer.is_signed and answer.state != Answer.State.BLANK
    if waits and not answer.is_of(answer.answered_by or answer.round.opened_by):
        head = answer.department.head or _("负责人")
        verdict = Verdict(answer.verdict).label if answer.verdict else _("没有结论")
        row["said"] = _("会上答：%(verdict)s，待%(head)s签") % {"verdict": verdict, "head": head}
    return row


def _person(one: Attendee) -> shapes.MeetingPerson:
    return shapes.MeetingPerson(
        name=str(one.user),
        department=one.of,
        present=bool(one.present),
        instead=str(one.instead) if one.instead else "",
        said=one.said,
    )
