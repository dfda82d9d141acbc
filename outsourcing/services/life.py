"""加工单的一生：批准、发出、收货完成、对账、结算、取消（第四章，A41）。"""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from orders.models import OrderShare
from orders.models.line import CENT
from orders.services import share_order
from outsourcing.models import OutsourcingOrder
from parties.models import Department, User
from parties.roles import Function
from workflow import clock
from workflow.machine import locked, perform, record, together

KEEPERS = (Function.MATERIAL, Function.WAREHOUSE)


def approve_outsourcing(document: OutsourcingOrder, *, actor: User) -> OutsourcingOrder:
    """主任批准，取号；超过金额权限的由总监批（第四章，加工单）。"""
    return perform(document, "approve", actor=actor)


@together
def send_outsourcing(document: OutsourcingOrder, *, actor: User) -> OutsourcingOrder:
    """加工单发给加工商；物控与仓库从此看得见，可以发料收货（第四章，加工单）。"""
    document = perform(document, "send", actor=actor)
    keepers = Department.objects.filter(function__in=KEEPERS).values_list("pk", flat=True)
    share_order(document.order, keepers, OrderShare.Reason.NOTIFY)
    return document


@together
def finish_receiving(document: OutsourcingOrder, *, actor: User, reason: str = "") -> OutsourcingOrder:
    """收货完成：各行收齐，短收的写明原因（第四章，收货）。"""
    if reason.strip() and document.state == OutsourcingOrder.State.SENT:
        document = locked(document)
        document.short_reason = reason.strip()
        record(
            document, "explain_short", actor=actor, label=_("写明短收原因"), article="第四章，收货", rule="A41",
            reason=reason.strip(),
        )  # fmt: skip
    return perform(document, "finish_receiving", actor=actor, reason=reason)


@together
def reconcile_outsourcing(
    document: OutsourcingOrder, *, actor: User, deduction: Decimal = Decimal(0), reason: str = ""
) -> OutsourcingOrder:
    """与加工商对账（第四章，对账）：应付 = 收回可用的 × 单价 − 扣款，由系统算。"""
    earned = earned_by(document)
    if deduction > earned:
        raise ValidationError({"deduction": _("扣款不能超过加工费 %(amount)s 元") % {"amount": f"{earned:,.2f}"}})
    if deduction and not reason.strip():
        raise ValidationError({"reason": _("扣款要写明原因")})
    return perform(
        document, "reconcile", actor=actor, reason=reason, payable=earned - deduction, deduction=deduction,
        why=reason.strip(), data={"earned": earned, "deduction": deduction},
    )  # fmt: skip


def settle_outsourcing(document: OutsourcingOrder, *, actor: User, paid_on: dt.date | None = None) -> OutsourcingOrder:
    """财务付清加工费（第四章，结算）。"""
    day = paid_on or clock.today()
    if not document.made_at.date() <= day <= clock.today():
        raise ValidationError({"paid_on": _("付款日期要在开单以后、今天以前")})
    return perform(document, "settle", actor=actor, paid_on=day)


def cancel_outsourcing(document: OutsourcingOrder, *, actor: User, reason: str = "") -> OutsourcingOrder:
    """不外发了（第四章，加工单）。"""
    return perform(document, "cancel", actor=actor, reason=reason)


def earned_by(document: OutsourcingOrder) -> Decimal:
    """收回可用的（合格加让步）按单价该付多少，按行到分（I10）。"""
    amounts = ((line.good * line.unit_price).quantize(CENT, ROUND_HALF_UP) for line in document.lines_now)
    return sum(amounts, Decimal(0))
