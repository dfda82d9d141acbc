"""退货：登记与收到（第五章，退货）。"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from parties.models import User
from shipping import guards
from shipping.events import GoodsReturned, LineReturned
from shipping.models import Delivery, DeliveryLine, Return, ReturnLine, StoreEntry
from shipping.models.standing import GONE
from shipping.rights import works_all
from workflow import clock
from workflow.events import announce
from workflow.guards import Blocked, WrongState
from workflow.machine import begin, locked, perform, together

# Rework comes into the store by passing inspection anew (A51); scrap never does.
INTO_STORE = (Return.Kind.CREDIT, Return.Kind.REPLACE)


@dataclass(frozen=True)
class BackInput:
    """退回的一行：哪一行送货，多少，货况。"""

    delivery_line: DeliveryLine
    quantity: Decimal
    condition: str = ""


@dataclass(frozen=True)
class ReturnInput:
    """一张退货单的输入。"""

    delivery: Delivery
    kind: str
    reason: str
    lines: Sequence[BackInput]


@together
def register_return(given: ReturnInput, *, actor: User) -> Return:
    """登记退货：哪张送货单退回什么、为什么、怎么处理（第五章，退货）。"""
    _check(given)
    delivery = locked(given.delivery)
    if not (actor.may("shipping.register_return") and works_all(delivery, actor)):
        raise PermissionDenied(_("这张送货单不是您的，不能登记退货"))
    if delivery.state not in GONE:
        raise WrongState(_("送货单「%(state)s」，没有发出的货可退") % {"state": delivery.get_state_display()})
    document = Return(
        delivery=delivery, order=delivery.order, kind=given.kind, reason=given.reason.strip(), registered_by=actor
    )
    document.take_roots(delivery.orders_now)
    document.lines_now = _lines(document, given)
    asked = (guards.returned_was_shipped, guards.within_return_window)
    if refusals := [refusal for guard in asked for refusal in guard.refusals(document)]:
        raise Blocked(refusals)
    begin(document, actor=actor, label=_("登记退货"), article="第五章，退货", rule="A56", reason=given.reason)
    ReturnLine.objects.bulk_create(document.lines_now)
    return document


@together
def receive_return(document: Return, *, actor: User) -> Return:
    """仓库收到退货：点数收下，冲减与换货的入成品库，台账随之（第五章，退货）。"""
    document = perform(document, "receive", actor=actor)
    if document.kind in INTO_STORE:
        _into_store(document, actor)
    _tell(document, actor)
    return document


def _check(given: ReturnInput) -> None:
    errors: dict[str, str] = {}
    if given.kind not in Return.Kind.values:
        errors["kind"] = _("没有「%(kind)s」这种处理") % {"kind": given.kind}
    if not given.reason.strip():
        errors["reason"] = _("请写明退货原因")
    if not given.lines:
        errors["lines"] = _("至少要有一行")
    for n, line in enumerate(given.lines):
        if line.delivery_line.delivery_id != given.delivery.pk:
            errors[f"lines.{n}.delivery_line"] = _("第 %(n)s 行不是这张送货单的") % {"n": n + 1}
        if line.quantity <= 0:
            errors[f"lines.{n}.quantity"] = _("第 %(n)s 行数量要大于零") % {"n": n + 1}
    if errors:
        raise ValidationError(errors)


def _lines(document: Return, given: ReturnInput) -> list[ReturnLine]:
    return [
        ReturnLine(
            document=document,
            position=position,
            delivery_line=line.delivery_line,
            order_line_id=line.delivery_line.order_line_id,
            quantity=line.quantity,
            condition=line.condition,
        )
        for position, line in enumerate(given.lines, start=1)
    ]


def _into_store(document: Return, actor: User) -> None:
    StoreEntry.objects.bulk_create(
        StoreEntry(
            line=line.order_line,
            kind=StoreEntry.Kind.RETURNED,
            quantity=line.quantity,
            day=document.received_on or clock.today(),
            source=f"shipping_returnline:{line.pk}",
            note=document.number,
            by=actor,
        )
        for line in document.lines_now
    )


def _tell(document: Return, actor: User) -> None:
    """Every line on its own, then all at once for those who write rows."""
    on = document.received_on or clock.today()
    facts = tuple(
        LineReturned(
            order_id=line.delivery_line.order_id,
            order_line_id=line.order_line_id,
            delivery_line_id=line.delivery_line_id,
            delivery_id=document.delivery_id,
            return_id=document.pk,
            return_line_id=line.pk,
            quantity=line.quantity,
            kind=document.kind,
            on=on,
            actor_id=actor.pk,
        )
        for line in document.lines_now
    )
    for fact in facts:
        announce(fact)
    announce(GoodsReturned(return_id=document.pk, on=on, kind=document.kind, lines=facts))
