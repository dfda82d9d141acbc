"""What is due around a review's meeting, and after its conclusion: to attend, to record, to tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from orders.models import State as OrderState
from reviews.models import Attendee, ReviewMeeting, Round
from reviews.pages import meeting_page
from workflow.duties import Due, Scope, reminder

RECORD_WITHIN = dt.timedelta(hours=4)
TELL_WITHIN = dt.timedelta(hours=8)


@reminder(rule="A19.1", article="第十九条", right="reviews.view")
def meeting_to_attend(scope: Scope) -> Iterator[Due]:
    """请了的人到时候去开评审会，派别人去也行；会期过了就不再提醒（第十九条）。"""
    coming = ReviewMeeting.objects.filter(
        state=ReviewMeeting.State.CALLED,
        round__state=Round.State.OPEN,
        round__meeting_at__gte=scope.since(dt.timedelta()),
    )
    rows = scope.of(Attendee.objects.filter(meeting__in=coming), holder="user_id")
    rows = rows.select_related("meeting__round__order")
    for one in scope.each(rows.order_by("meeting__round__meeting_at")):
        review = one.meeting.round
        if review.meeting_at < scope.now:
            continue
        yield Due(
            about=one.meeting.about,
            holder_id=one.user_id,
            by=review.meeting_at,
            title=_("参加评审会议"),
            words=_("%(place)s。%(agenda)s") % {"place": review.meeting_place, "agenda": one.meeting.agenda[:80]},
            url=meeting_page(review),
            button=_("看安排"),
            subject=review.order.subject,
        )


@reminder(rule="A19.1", article="第十九条", right="reviews.turn_into_meeting")
def meeting_to_record(scope: Scope) -> Iterator[Due]:
    """没定时间的会要定，开过的会要登记到会和纪要（第十九条）。"""
    rows = ReviewMeeting.objects.filter(state=ReviewMeeting.State.CALLED, round__state=Round.State.OPEN)
    rows = rows.filter(Q(round__meeting_at__lt=scope.since(dt.timedelta(days=-1))) | Q(round__meeting_at=None))
    led = rows.filter(round__order__team__supervisor__isnull=False)
    waiting = scope.of(led, holder="round__order__team__supervisor")
    for meeting in scope.each(waiting.select_related("round__order__team").order_by("pk")):
        review = meeting.round
        if review.meeting_at and review.meeting_at >= scope.now:
            continue
        yield Due(
            about=meeting.about,
            holder_id=review.order.supervisor_id or 0,
            by=(review.meeting_at or review.opened_at) + RECORD_WITHIN,
            title=_("登记会议纪要") if review.meeting_at else _("定评审会议时间"),
            words=_("谁到了、各说了什么、定了哪天。") if review.meeting_at else _("已转集中，还没有定时间、地点。"),
            url=meeting_page(review),
            button=_("去登记") if review.meeting_at else _("去定"),
            subject=review.order.subject,
        )


@reminder(rule="A17b", article="第二十条", right="reviews.tell")
def result_to_tell(scope: Scope) -> Iterator[Due]:
    """评审有了结论，把结果和交期告诉业务员或客户，记下为止（第二十条）；不挡签发。"""
    rows = scope.of(Round.objects.untold(), holder="order__coordinator_id").exclude(
        order__state__in=(OrderState.CANCELLED, OrderState.COMPLETED)
    )
    for review in scope.each(rows.select_related("order__team").order_by("concluded_at")):
        date = f"{review.delivery_date:%m-%d}" if review.delivery_date else "—"
        yield Due(
            about=review.about,
            holder_id=review.order.coordinator_id,
            by=(review.concluded_at or review.opened_at) + TELL_WITHIN,
            title=_("告知评审结果"),
            words=_("%(result)s，交期 %(day)s。") % {"result": review.get_state_display(), "day": date},
            url=reverse("reviews:detail", args=[review.pk]) + "#h-told",
            button=_("去告知"),
            subject=review.order.subject,
            climbs_to_id=review.order.supervisor_id,
        )
