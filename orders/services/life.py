"""一张业务单的一生：每个动作一个函数，状态只经一个门（DESIGN §5）。"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from orders.events import OrderAccepted, OrderCancelled, OrderRejected, ReviewedDate
from orders.models import Order, OrderShare
from orders.versions import keep
from parties.models import User
from workflow.events import announce, collect
from workflow.machine import perform, together


def submit_order(order: Order, *, actor: User) -> Order:
    """跟单员提交主任审核（第六条）。"""
    return perform(order, "submit", actor=actor)


def withdraw_order(order: Order, *, actor: User) -> Order:
    """跟单员撤回（第六条）。"""
    return perform(order, "withdraw", actor=actor)


def discard_order(order: Order, *, actor: User) -> Order:
    """草稿作废（第六条）。"""
    return perform(order, "discard", actor=actor)


def return_to_coordinator(order: Order, reason: str, *, actor: User) -> Order:
    """主任退回补充，写明理由（第六条）。"""
    return perform(order, "return_to_coordinator", actor=actor, reason=reason, words=reason.strip())


@together
def accept_order(order: Order, *, actor: User) -> Order:
    """主任审核通过：取号、存下这一版、告知后续章节（第六条、第十五条）。"""
    order = perform(order, "accept", actor=actor)
    keep(order, actor=actor)
    announce(OrderAccepted(order.pk))
    return order


@together
def reject_order(order: Order, reason: str, *, actor: User) -> Order:
    """拒绝接单（第六条）。"""
    order = perform(order, "reject", actor=actor, reason=reason)
    announce(OrderRejected(order.pk, actor, reason))
    return order


@together
def cancel_order(order: Order, reason: str, *, actor: User) -> Order:
    """下单之前取消（第二十二条）。"""
    order = perform(order, "cancel", actor=actor, reason=reason)
    announce(OrderCancelled(order.pk, actor, reason))
    return order


def reopen_review(order: Order, reason: str, *, actor: User) -> Order:
    """退回与客户协商，例如总经理没有签（第二十条）。"""
    return perform(order, "reopen_review", actor=actor, reason=reason)


@together
def agree_as_reviewed(
    order: Order, customer_answer: str, *, actor: User, delivery_date: dt.date | None = None
) -> Order:
    """客户同意按评审结果做；没有另说交期，就是评审定的（第二十条）。"""
    if not customer_answer.strip():
        raise ValidationError({"customer_answer": _("请写明客户同意了什么")})
    reviewed = (day for day in collect(ReviewedDate(order.pk)) if day is not None)
    given = {"customer_answer": customer_answer.strip(), "delivery_date": delivery_date or next(reviewed, None)}
    order = perform(order, "agree_as_reviewed", actor=actor, reason=customer_answer, **given)
    _promise(order)
    return order


def open_order_round(order: Order, *, actor: User) -> Order:
    """评审章推动：评审开始（第十六条）。"""
    return perform(order, "open_round", actor=actor)


@together
def conclude_order(
    order: Order, outcome: str, *, actor: User, delivery_date: dt.date | None = None, note: str = ""
) -> Order:
    """评审章推动：评审结论落到业务单（第二十条）；通过时各行有了承诺交期。"""
    if outcome != "pass":
        return perform(order, f"conclude_{outcome}", actor=actor, reason=note)
    order = perform(order, "conclude_pass", actor=actor, reason=note, delivery_date=delivery_date)
    _promise(order)
    return order


def issue_order(order: Order, *, actor: User) -> Order:
    """评审章推动：业务通知单已发（第六条）。"""
    return perform(order, "issue_notice", actor=actor)


def start_production(order: Order, *, actor: User) -> Order:
    """投产（第六条，D1）。"""
    return perform(order, "start_production", actor=actor)


def finish_production(order: Order, *, actor: User) -> Order:
    """生产完成（第五章，品质放行）。"""
    return perform(order, "finish_production", actor=actor)


def finish_shipping(order: Order, *, actor: User) -> Order:
    """发货完成（第五章，发运）。"""
    return perform(order, "finish_shipping", actor=actor)


def complete_order(order: Order, *, actor: User) -> Order:
    """结案（第六章，收款）。"""
    return perform(order, "complete", actor=actor)


def share_order(order: Order, departments: Iterable[int], reason: str) -> None:
    """让这些部门看得见这张单（第三条）；已经看得见的不变。"""
    rows = [OrderShare(order=order, department_id=department, reason=reason) for department in departments]
    OrderShare.objects.bulk_create(rows, ignore_conflicts=True)


def _promise(order: Order) -> None:
    """各行还没有单独承诺的，承诺交期就是整单的（第二十条）。"""
    order.lines.filter(closed=False).update(promised_date=order.promised_date)
