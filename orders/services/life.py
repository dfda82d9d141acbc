"""一张业务单的一生：每个动作一个函数，状态只经一个门（DESIGN §5）。"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from orders.events import OrderAccepted, OrderCancelled, OrderRejected, ReviewedDate
from orders.kind_papers import PRODUCTION, papers_missing
from orders.models import Negotiation, Order, OrderShare
from orders.services.negotiation import NegotiationInput, record_negotiation
from orders.timing import too_early
from orders.versions import keep
from parties.models import Department, User
from workflow.events import announce, collect
from workflow.guards import Blocked, Refusal
from workflow.machine import locked, perform, together


def submit_order(order: Order, *, actor: User) -> Order:
    """跟单员提交主任审核（第六条）。"""
    return perform(order, "submit", actor=actor)


def withdraw_order(order: Order, *, actor: User) -> Order:
    """跟单员撤回（第六条）。"""
    return perform(order, "withdraw", actor=actor)


def discard_order(order: Order, *, actor: User) -> Order:
    """草稿作废（第六条）。"""
    return perform(order, "discard", actor=actor)


@together
def accept_order(order: Order, *, actor: User) -> Order:
    """主任审核通过：取号、存下这一版、告知后续章节（第六条、第十五条）。"""
    order = perform(order, "accept", actor=actor)
    keep(order, actor=actor)
    if order.kind.organiser:
        organisers = Department.objects.filter(code=order.kind.organiser).values_list("pk", flat=True)
        share_order(order, organisers, OrderShare.Reason.REVIEW)
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
    """客户同意按评审结果做，记为一次协商；没有另说交期，就是评审定的（第二十条）。"""
    if not customer_answer.strip():
        raise ValidationError({"customer_answer": _("请写明客户同意了什么")})
    order = locked(order)
    _keep_word(order, customer_answer, delivery_date, actor=actor)
    reviewed = next((day for day in collect(ReviewedDate(order.pk)) if day is not None), None)
    if reviewed and delivery_date and delivery_date < reviewed:
        words = _("谈定的 %(agreed)s 比评审的 %(reviewed)s 早，与评审结果不同，请重新评审")
        raise Blocked([Refusal(words % {"agreed": delivery_date, "reviewed": reviewed}, "第二十条", "A20.6")])
    _promisable(order, delivery_date or reviewed)
    given = {"customer_answer": customer_answer.strip(), "delivery_date": delivery_date or reviewed}
    order = perform(order, "agree_as_reviewed", actor=actor, reason=customer_answer, **given)
    _promise(order)
    return order


def _promisable(order: Order, day: dt.date | None) -> None:
    """答应交期时核对产品类别要的提前天数（C3）。"""
    if day is not None and (refusals := tuple(too_early(order, day))):
        raise Blocked(refusals)


def _keep_word(order: Order, answer: str, day: dt.date | None, *, actor: User) -> None:
    """The customer's word becomes an entry of the negotiation, unless it stands there already."""
    agreed = Negotiation.Outcome.AS_REVIEWED
    latest = order.negotiations.order_by("-pk").first()
    if latest is None or (latest.outcome, latest.said) != (agreed, answer.strip()):
        given = NegotiationInput(order.customer_name[:60], "", answer, outcome=agreed, agreed_date=day)
        record_negotiation(order, given, actor=actor)


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
    _promisable(order, delivery_date)
    order = perform(order, "conclude_pass", actor=actor, reason=note, delivery_date=delivery_date)
    _promise(order)
    return order


def issue_order(order: Order, *, actor: User) -> Order:
    """评审章推动：业务通知单已发（第六条）。"""
    return perform(order, "issue_notice", actor=actor)


@together
def start_production(order: Order, *, actor: User) -> Order:
    """投产（第六条，D1）；种类要的资料缺着投产的，缺什么记在日志里（D6）。"""
    order = locked(order)
    missing = papers_missing(order, PRODUCTION)
    return perform(order, "start_production", actor=actor, data={"papers_missing": missing} if missing else None)


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
