"""What the reviews chapter sends out: the call to a meeting, to everybody who is asked."""

from __future__ import annotations

from typing import Any

from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from reviews.models import Attendee, ReviewMeeting
from reviews.services.meeting import CALLED
from workflow.outbox import sends
from workflow.templatetags.wording import moment


@sends(CALLED)
def tell_attendees(payload: dict[str, Any]) -> None:
    """通知参加评审会议的人：有邮箱的发邮件，没有的在待办里看；会已开过的不发（第十九条）。"""
    meeting = ReviewMeeting.objects.select_related("round__order").get(pk=payload["meeting"])
    if meeting.state != ReviewMeeting.State.CALLED or meeting.revision != payload["revision"]:
        return
    for one in meeting.attendees_now:
        if one.user.email:
            _mail(meeting, one).send()


def _mail(meeting: ReviewMeeting, one: Attendee) -> EmailMessage:
    review = meeting.round
    when = moment(review.meeting_at) if review.meeting_at else _("时间另行通知")
    return EmailMessage(
        subject=_("评审会议：%(order)s，%(when)s") % {"order": review.order.number, "when": when},
        body=_("地点：%(place)s\n议题：%(agenda)s\n召集人：%(who)s\n不能来，请派本部门的人。")
        % {
            "place": review.meeting_place or _("另行通知"),
            "agenda": meeting.agenda or _("订单评审"),
            "who": review.opened_by,
        },
        to=[one.user.email],
        headers={"Message-ID": f"<review-meeting-{meeting.pk}-{meeting.revision}-{one.user_id}@gendan>"},
    )
