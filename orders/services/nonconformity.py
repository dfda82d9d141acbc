"""不符合要求的单：跟单员不接，主任当即知道，请客户修改（第六条，A6.1f）。"""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from orders.models import Nonconformity, Order, State
from orders.models.nonconformity import leads_order
from orders.rights import works
from parties.models import User
from workflow import clock
from workflow.guards import WrongState
from workflow.machine import begin, locked, perform, record, together

AHEAD = dt.timedelta(minutes=5)


@together
def raise_nonconformity(order: Order, reason: str, *, actor: User) -> Nonconformity:
    """跟单员不接不符合要求的单，写明哪里不符合；主任当即有待办（第六条）。"""
    order = locked(order)
    if not (actor.may("orders.raise_nonconformity") and works(order, actor)):
        raise PermissionDenied(_("这张单不是您的，不能记不符合"))
    if order.state != State.DRAFT:
        raise WrongState(_("只有草稿能记不符合，现在是「%(state)s」") % {"state": order.get_state_display()})
    if not reason.strip():
        raise ValidationError({"reason": _("请写明哪里不符合")})
    if order.nonconformities.exclude(state=Nonconformity.State.SETTLED).exists():
        raise WrongState(_("已经有一处不符合在等客户修改"))
    fresh = Nonconformity(order=order, reason=reason.strip(), raised_by=actor)
    return begin(fresh, actor=actor, label=_("不符合要求，不接"), article="第六条", rule="A6.1f", reason=reason.strip())


@together
def note_nonconformity(nonconformity: Nonconformity, *, actor: User) -> Nonconformity:
    """主任知悉（第六条）。"""
    nonconformity = locked(nonconformity)
    if not (actor.may("orders.note_nonconformity") and leads_order(nonconformity, actor)):
        raise PermissionDenied(_("这张单不归您带"))
    if nonconformity.noted_at is not None:
        raise WrongState(_("已经知悉过了"))
    nonconformity.noted_by = actor
    nonconformity.noted_at = clock.now()
    return record(nonconformity, "note", actor=actor, label=_("知悉不符合"), article="第六条", rule="A6.1f")


@together
def ask_customer_to_amend(
    nonconformity: Nonconformity, with_whom: str, how: str, *, actor: User, at: dt.datetime | None = None
) -> Nonconformity:
    """请客户修改：找了谁、怎么说的、何时，留在单上（第六条）。"""
    errors = {}
    if not with_whom.strip():
        errors["with"] = _("请写明请了客户的谁")
    if not how.strip():
        errors["how"] = _("请写明怎么请的")
    if at is not None and at > clock.now() + AHEAD:
        errors["at"] = _("时间不能在将来")
    if errors:
        raise ValidationError(errors)
    told = {"with_whom": with_whom.strip(), "how": how.strip(), "at": at or clock.now()}
    reason = _("%(with_whom)s，%(how)s") % told
    return perform(nonconformity, "ask_customer", actor=actor, reason=reason, **told)


@together
def settle_nonconformity(nonconformity: Nonconformity, answer: str, *, actor: User) -> Nonconformity:
    """客户改好了，记下怎么改的，单子接着办（第六条）。"""
    if not answer.strip():
        raise ValidationError({"answer": _("请写明客户怎么改的")})
    return perform(nonconformity, "settle", actor=actor, reason=answer, answer=answer.strip())
