"""结论：通过、与客户协商、不能接；业务单被拒绝或取消时关闭（第二十条、第六条）。"""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from orders import services as order_services
from parties.models import User
from reviews.models import Round
from reviews.selectors import answers_in_force, buffer_days
from reviews.services.change import conclude_change
from workflow import clock
from workflow.machine import locked, perform, together

OUTCOMES = ("pass", "negotiate", "reject")
FURTHEST = dt.timedelta(days=365 * 5)


@together
def conclude(
    review: Round, outcome: str, *, actor: User, delivery_date: dt.date | None = None, note: str | None = None
) -> Round:
    """主任下结论，业务单随之转到待签发、协商或拒绝（第二十条）。

    没有给交期，就是最晚的计划日期加上种类定的余量（A17）；比它早、比它晚都写明理由。去协商时它是评审能给客户的日期。
    `note` is None where nobody was asked for words: then the difference itself is noted.
    """
    if outcome not in OUTCOMES:
        raise ValidationError({"outcome": _("结论是通过、与客户协商或拒绝")})
    review = locked(review)
    suggested = proposed_delivery(review) if outcome != "reject" else None
    note = _explained(note, _departure(delivery_date, suggested) if outcome == "pass" else "")
    given: dict[str, object] = {"note": note}
    if outcome != "reject":
        given["delivery_date"] = delivery_date or suggested
    review = perform(review, f"conclude_{outcome}", actor=actor, reason=note, **given)
    if review.delivery_date or outcome == "pass":
        _check_delivery(review)
    if review.change is not None:
        return conclude_change(review, outcome, actor=actor, note=note)
    promised = review.delivery_date if outcome == "pass" else None
    review.order = order_services.conclude_order(review.order, outcome, actor=actor, delivery_date=promised, note=note)
    return review


def close_round(review: Round, reason: str, *, actor: User) -> Round:
    """业务单已拒绝或取消，这一轮评审关闭（第六条）。"""
    return perform(review, "close", actor=actor, reason=reason)


def proposed_delivery(review: Round) -> dt.date | None:
    """最晚的计划日期加上种类的余量天数（A17）；还没有日期就没有。"""
    planned = [answer.planned_date for answer in answers_in_force(review) if answer.planned_date]
    latest = max(planned, default=None) if review.latest_planned else None
    return latest + dt.timedelta(days=buffer_days(review.order)) if latest else None


def _departure(day: dt.date | None, suggested: dt.date | None) -> str:
    """How far the date lies from the suggested one, in words; nothing when it is that."""
    if day is None or suggested is None or day == suggested:
        return ""
    days = (day - suggested).days
    words = _("交期比建议的 %(day)s 晚 %(n)s 天") if days > 0 else _("交期比建议的 %(day)s 早 %(n)s 天")
    return words % {"day": f"{suggested:%m-%d}", "n": abs(days)}


def _explained(note: str | None, departure: str) -> str:
    if note is None:
        return departure
    if departure and not note.strip():
        raise ValidationError({"note": _("%(departure)s，请写明理由") % {"departure": departure}})
    return note.strip()


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
