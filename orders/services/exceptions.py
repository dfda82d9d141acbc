"""例外：总监放行款项关口、授权超发（A53、I2）。"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from orders.models import GateException, Order, OrderLine, OverAuthorisation, State
from orders.timing import RETURNS
from parties.models import User
from workflow import clock
from workflow.deputies import ids
from workflow.guards import WrongState
from workflow.machine import locked, record, together

PAYMENT = ("第五章，付款条件", "A53")


@together
def authorise_exception(order: Order, gate: str, reason: str, *, actor: User) -> GateException:
    """总监放行某个关口，理由留存（第五章，A53；退货时间，C5）。"""
    order = locked(order)
    if not actor.may("orders.authorise_exception"):
        raise PermissionDenied(_("只有总监能放行关口"))
    if gate != GateException.Gate.RETURNS or order.state != State.COMPLETED:  # goods come back after completion too
        _still_open(order)
    if gate not in GateException.Gate.values:
        raise ValidationError({"gate": _("没有「%(gate)s」这个关口") % {"gate": gate}})
    exception = GateException.objects.create(order=order, gate=gate, reason=_reason(reason), by=actor)
    rule = RETURNS if gate == GateException.Gate.RETURNS else PAYMENT
    _record(order, actor, "authorise_exception", _("放行关口"), rule, reason, {"gate": gate})
    return exception


@together
def authorise_over(
    line: OrderLine, quantity: Decimal, reason: str, *, actor: User, expires: dt.date | None = None
) -> OverAuthorisation:
    """总监授权某行超容差多发多少（I2）：提出的是跟单员，批的不能是同一人。"""
    order = locked(line.order)
    if not actor.may("orders.authorise_over"):
        raise PermissionDenied(_("只有总监能授权超发"))
    _still_open(order)
    if quantity <= 0:
        raise ValidationError({"quantity": _("超发数量要大于零")})
    if expires is not None and expires < clock.today():
        raise ValidationError({"expires": _("到期日已经过了")})
    if order.coordinator_id in ids(actor):
        raise PermissionDenied(_("自己跟的单，自己不能授权超发"))
    authorisation = OverAuthorisation.objects.create(
        line=line,
        quantity=quantity,
        reason=_reason(reason),
        requested_by=order.coordinator,
        approved_by=actor,
        expires=expires,
    )
    _record(
        order,
        actor,
        "authorise_over",
        _("授权超发"),
        ("第五章，付款条件", "A54"),
        reason,
        {"line": line.pk, "quantity": quantity, "expires": expires},
    )
    return authorisation


def waived(order: Order, gate: str) -> bool:
    """这一关口总监放行过没有（A53）。"""
    return order.gate_exceptions.filter(gate=gate).exists()


def _record(
    order: Order, actor: User, act: str, label: str, cited: tuple[str, str], reason: str, data: dict[str, object]
) -> None:
    record(
        order,
        act,
        actor=actor,
        label=label,
        article=cited[0],
        rule=cited[1],
        reason=reason,
        data=data,
        save=False,
    )


def _still_open(order: Order) -> None:
    if order.ended:
        raise WrongState(_("业务单「%(state)s」，不用放行了") % {"state": order.get_state_display()})


def _reason(reason: str) -> str:
    if not reason.strip():
        raise ValidationError({"reason": _("请写明理由")})
    return reason.strip()
