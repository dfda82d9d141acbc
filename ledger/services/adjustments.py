"""调整：提出、批准、不批准（第六章，A63）。"""

from __future__ import annotations

from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from ledger.models import Adjustment
from orders.models import OrderLine
from parties.models import User
from workflow.machine import begin, locked, perform, together


@together
def propose_adjustment(line: OrderLine, amount: Decimal, kind: str, reason: str, *, actor: User) -> Adjustment:
    """提出调整：哪一行货、加减多少、为什么（第六章，调整）。"""
    order = locked(line.order)
    if not actor.may("ledger.propose_adjustment"):
        raise PermissionDenied(_("只有财务能提出调整"))
    if kind not in Adjustment.Kind.values:
        raise ValidationError({"kind": _("没有「%(kind)s」这种调整") % {"kind": kind}})
    if not amount:
        raise ValidationError({"amount": _("调整金额不能是零")})
    if amount > 0 and kind != Adjustment.Kind.PRICE:
        raise ValidationError({"amount": _("折扣和坏账只减应收，金额写负数")})
    if not reason.strip():
        raise ValidationError({"reason": _("请写明理由")})
    adjustment = Adjustment(
        order=order, order_line=line, kind=kind, amount=amount, reason=reason.strip(), proposed_by=actor
    )
    data = {"line": line.pk, "kind": kind, "amount": amount}
    return begin(
        adjustment, actor=actor, label=_("提出调整"), article="第六章，调整", rule="A63", reason=reason, data=data
    )


def approve_adjustment(adjustment: Adjustment, *, actor: User) -> Adjustment:
    """总监批准，应收随之加减（第六章，调整）。"""
    return perform(adjustment, "approve", actor=actor, data={"amount": adjustment.amount})


def refuse_adjustment(adjustment: Adjustment, reason: str, *, actor: User) -> Adjustment:
    """总监不批准（第六章，调整）。"""
    return perform(adjustment, "refuse", actor=actor, reason=reason)
