"""A review held as a meeting, a negotiation, a telling: by the services and the people who do it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from orders import services as orders
from orders.models import Order
from orders.services import NegotiationInput
from parties.models import User
from reviews import services
from reviews.models import ReviewMeeting, Round
from reviews.services import Attendance, MeetingInput, MinutesInput, ToldInput
from tests.cast import Cast, accepted
from tests.cast_reviews import reviewing, signed
from workflow import clock


def plan(**changes: Any) -> MeetingInput:
    """明天九点，二楼会议室。"""
    given: dict[str, Any] = {
        "time": clock.now() + dt.timedelta(days=1),
        "place": "二楼会议室",
        "agenda": "特种纸交期；烫金排期",
    }
    return MeetingInput(**(given | changes))


def called(cast: Cast, *, meeting: MeetingInput | None = None, **changes: Any) -> Round:
    """集中评审：会已召集，各部门还没有答。"""
    order = accepted(cast, **changes)
    return services.open_round(order, "meeting", actor=cast.laowang, reason="新工艺", meeting=meeting or plan())


def meeting_of(review: Round) -> ReviewMeeting:
    """一轮评审的会议，重新读。"""
    found: ReviewMeeting = ReviewMeeting.objects.select_related("round__order", "round__opened_by").get(round=review)
    return found


def everybody(meeting: ReviewMeeting, absent: tuple[User, ...] = (), **instead: User) -> list[Attendance]:
    """人人到会；`absent` 没到，`instead` 是账号派来的人。"""
    return [
        Attendance(one.user, one.user not in absent, instead.get(one.user.username), f"{one.user}说可以")
        for one in meeting.attendees_now
    ]


def minutes(meeting: ReviewMeeting, **changes: Any) -> MinutesInput:
    """一份完整的会议记录。"""
    given: dict[str, Any] = {"attendance": everybody(meeting), "decisions": "12 天完成，各部门同意。"}
    return MinutesInput(**(given | changes))


def held(cast: Cast, review: Round | None = None, **changes: Any) -> Round:
    """会开了，各部门都签了。"""
    review = signed(cast, review or called(cast))
    meeting = meeting_of(review)
    services.hold_meeting(meeting, minutes(meeting, **changes), actor=cast.laowang)
    fresh: Round = Round.objects.select_related("order").get(pk=review.pk)
    return fresh


def negotiating(cast: Cast, **changes: Any) -> Order:
    """评审满足不了，正在与客户协商。"""
    review = signed(cast, reviewing(cast, **changes))
    return services.conclude(review, "negotiate", actor=cast.laowang, note="晚两天").order


def talk(**changes: Any) -> NegotiationInput:
    """一次电话，还没谈定。"""
    given: dict[str, Any] = {"who": "采购 姚丽", "how": "电话", "said": "她去问销售，明天回话"}
    return NegotiationInput(**(given | changes))


def talked(order: Order, actor: User, **changes: Any) -> Order:
    """记过一次协商的业务单。"""
    return orders.record_negotiation(order, talk(**changes), actor=actor).order


def telling(**changes: Any) -> ToldInput:
    """微信告诉了业务员。"""
    given: dict[str, Any] = {"whom": "salesperson", "who": "赵凯", "how": "微信"}
    return ToldInput(**(given | changes))
