"""与客户协商：逐次记下，谈成的按评审结果做，谈成别的就重新评审（第二十条）。"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from orders.models import Negotiation, Order, State
from orders.rights import negotiates
from parties.models import User
from workflow import clock
from workflow.guards import WrongState
from workflow.machine import locked, record, together

LATITUDE = dt.timedelta(minutes=5)
FURTHEST = dt.timedelta(days=365 * 5)


@dataclass(frozen=True)
class NegotiationInput:
    """一次协商：客户的谁、怎么联系、说了什么、谈成什么。"""

    who: str
    how: str
    said: str
    outcome: str = Negotiation.Outcome.OPEN
    agreed_date: dt.date | None = None
    at: dt.datetime | None = None


@together
def record_negotiation(order: Order, given: NegotiationInput, *, actor: User) -> Negotiation:
    """记一次与客户的协商；业务单在「与客户协商」时才有（第二十条）。"""
    order = locked(order)
    if not (actor.may("orders.negotiate") and negotiates(order, actor)):
        raise PermissionDenied(_("与客户协商由这张单的跟单员、主任或业务员来记"))
    if order.state != State.NEGOTIATING:
        raise WrongState(_("业务单现在是「%(state)s」，没有在与客户协商") % {"state": order.get_state_display()})
    _check(order, given)
    entry = Negotiation.objects.create(
        order=order,
        order_version=order.version,
        at=given.at or clock.now(),
        who=given.who.strip(),
        how=given.how.strip(),
        said=given.said.strip(),
        outcome=given.outcome,
        agreed_date=given.agreed_date,
        by=actor,
        by_name=str(actor),
    )
    told = "，".join(word for word in (entry.who, entry.how) if word)
    words = _("%(told)s：%(said)s") % {"told": told, "said": entry.said}
    record(
        order,
        "negotiate",
        actor=actor,
        label=_("与客户协商"),
        article="第二十条",
        rule="A20.6",
        reason=words,
        save=False,
    )
    return entry


def _check(order: Order, given: NegotiationInput) -> None:
    asked = {"who": _("请写明跟客户的谁谈的"), "said": _("请写明说了什么")}
    errors = {name: words for name, words in asked.items() if not getattr(given, name).strip()}
    if given.outcome not in Negotiation.Outcome.values:
        errors["outcome"] = _("结果是还没谈定、同意评审结果或谈定的不同")
    if given.at is not None and not order.received_at <= given.at <= clock.now() + LATITUDE:
        errors["at"] = _("协商时间不能在将来，也不能早于收单")
    day = given.agreed_date
    if day is not None and not clock.today() <= day <= clock.today() + FURTHEST:
        errors["agreed_date"] = _("谈定的交期 %(day)s 不像是真的") % {"day": day}
    if errors:
        raise ValidationError(errors)
