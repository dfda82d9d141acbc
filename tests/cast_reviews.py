"""An order walked through its review and its notice, by the services and the people who do it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from orders.models import Order
from reviews import points, services
from reviews.models import Answer, Notice, NoticeCopy, Round
from reviews.services import AnswerInput
from tests.cast import Cast, accepted
from workflow import clock

HEADS = {
    "engineering": "engineering",
    "material_control": "material",
    "printing_manufacturing": "printing_mfg",
    "printing_quality": "printing_qc",
    "paper_manufacturing": "paper_mfg",
    "paper_quality": "paper_qc",
}


def day(after: int) -> dt.date:
    """So many days from today."""
    return clock.today() + dt.timedelta(days=after)


def answer_input(**changes: Any) -> AnswerInput:
    """A complete answer: agree, in twelve days, all six points."""
    given: dict[str, Any] = {
        "verdict": "agree",
        "planned_date": day(12),
        "points": dict.fromkeys(points.CODES, True),
        "comment": "可以",
    }
    return AnswerInput(**(given | changes))


def reviewing(cast: Cast, **changes: Any) -> Round:
    """评审开始，各部门还没有答。"""
    return services.open_round(accepted(cast, **changes), "distributed", actor=cast.laowang, reason="常规订单")


def answer_of(review: Round, department: str) -> Answer:
    """一个部门的答复，重新读。"""
    rows = Answer.objects.select_related("round__order", "department")
    found: Answer = rows.get(round=review, department__code=department)
    return found


def signed(cast: Cast, review: Round | None = None, **changes: Any) -> Round:
    """各部门第一负责人都签了。"""
    review = review or reviewing(cast)
    for answer in review.answers.select_related("round__order", "department").order_by("department_id"):
        head = getattr(cast, HEADS[answer.department.code])
        services.sign_answer(answer, answer_input(**changes), actor=head)
    fresh: Round = Round.objects.select_related("order").get(pk=review.pk)
    return fresh


def agreed(cast: Cast, **changes: Any) -> Order:
    """评审通过，待签发。"""
    review = signed(cast, reviewing(cast, **changes))
    return services.conclude(review, "pass", actor=cast.laowang, delivery_date=day(18)).order


def drafted(cast: Cast, **changes: Any) -> Notice:
    """通知单编好了，等总经理签。"""
    return services.create_notice(agreed(cast, **changes), actor=cast.xiaoli)


def signed_notice(cast: Cast, **changes: Any) -> Notice:
    """总经理签了，等发放。"""
    return services.sign_notice(drafted(cast, **changes), actor=cast.gm)


def issued_notice(cast: Cast, **changes: Any) -> Notice:
    """通知单发到了各部门，还没有签收。"""
    return services.issue_notice(signed_notice(cast, **changes), actor=cast.xiaoli)


def issued(cast: Cast, *, acknowledged: bool = True, **changes: Any) -> Order:
    """已下单；各部门也都签收了（`acknowledged=False` 时还没有）。"""
    notice = issued_notice(cast, **changes)
    if acknowledged:
        for copy in notice.copies.select_related("notice__order", "department"):
            services.acknowledge_copy(copy, actor=getattr(cast, HEADS[copy.department.code]))
    order: Order = Order.objects.select_related("business_kind", "team").get(pk=notice.order_id)
    return order


def copy_of(notice: Notice, department: str) -> NoticeCopy:
    """一个部门的一份，重新读。"""
    copy: NoticeCopy = NoticeCopy.objects.select_related("notice__order", "department").get(
        notice=notice, department__code=department
    )
    return copy
