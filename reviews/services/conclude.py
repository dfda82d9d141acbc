"""结论：通过、与客户协商、不能接；业务单被拒绝或取消时关闭（第二十条、第六条）。"""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from orders import services as order_services
from parties.models import User
from reviews.models import Round
from reviews.selectors import buffer_days
from workflow import clock
from workflow.machine import perform, together

OUTCOMES = ("pass", "negotiate", "reject")
FURTHEST = dt.timedelta(days=365 * 5)


@together
def conclude(
    review: Round, outcome: str, *, actor: User, delivery_date: dt.date | None = None, note: str = ""
) -> Round:
    """主任下结论，业务单随之转到待签发、协商或拒绝（第二十条）。

    没有给交期，就是最晚的计划日期加上种类定的余量（A17）；去协商时它是评审能给客户的日期。
    """
    if outcome not in OUTCOMES:
        raise ValidationError({"outcome": _("结论是通过、与客户协商或拒绝")})
    given: dict[str, object] = {"note": note.strip()}
    if outcome != "reject":
        given["delivery_date"] = delivery_date or proposed_delivery(review)
    review = perform(review, f"conclude_{outcome}", actor=actor, reason=note, **given)
    if review.delivery_date or outcome == "pass":
        _check_delivery(review)
    promised = review.delivery_date if outcome == "pass" else None
    review.order = order_services.conclude_order(review.order, outcome, actor=actor, delivery_date=promised, note=note)
    return review


def close_round(review: Round, reason: str, *, actor: User) -> Round:
    """业务单已拒绝或取消，这一轮评审关闭（第六条）。"""
    return perform(review, "close", actor=actor, reason=reason)


def proposed_delivery(review: Round) -> dt.date | None:
    """最晚的计划日期加上种类的余量天数（A17）；还没有日期就没有。"""
    latest = review.latest_planned
    return latest + dt.timedelta(days=buffer_days(review.order)) if latest else None


def _check_delivery(review: Round) -> None:
    """The promise cannot come before what the departments have signed, nor lie outside reason."""
    day, latest = review.delivery_date, review.latest_planned
    wrong = ""
    if day is None or latest is None:
        wrong = _("没有交期：各部门还没有计划日期")
    elif day < latest:
        wrong = _("交期 %(day)s 早于部门签下的 %(latest)s") % {"day": day, "latest": latest}
    elif day > clock.today() + FURTHEST:
        wrong = _("交期 %(day)s 不像是真的") % {"day": day}
    if wrong:
        raise ValidationError({"delivery_date": wrong})
