"""The ledger enters what was shipped, and objects to what the money does not allow (A53, A61, D1, A6.6)."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists
from django.utils.translation import gettext as _

from ledger import credit, services
from ledger.balances import balance_of, line_sums
from ledger.models import Entry
from orders.events import MayApplyChange, MayCancel, MayComplete, MayIssue, MayStartProduction, OrderVersionKept
from orders.models import OrderLine
from shipping.events import GoodsDispatched, GoodsReturned, MayDispatch
from workflow import clock
from workflow.events import objects_to, on
from workflow.guards import Refusal
from workflow.templatetags.wording import money

COLLECTING = "第六章，收款"


@on(GoodsDispatched)
def enter_dispatched_goods(fact: GoodsDispatched) -> None:
    """发货即入账，还没入账的费用随货一起（第六章，A61）。"""
    entries = services.enter_dispatched(fact.lines)
    if charged := {entry.order_id: entry.by_id for entry in entries if entry.order_line.charges}:  # type: ignore[attr-defined]
        services.enter_fees(charged, by=next(iter(charged.values())), on=fact.on)


@on(GoodsReturned)
def enter_returned_goods(fact: GoodsReturned) -> None:
    """退货即入账（第五章 A56、第六章 A61）。"""
    services.enter_returned(fact.lines)


@on(OrderVersionKept)
def charge_added_fees(fact: OrderVersionKept) -> None:
    """货发过以后更改加的费用，更改生效就入账（第二十二条，A62）。"""
    if fact.version == 1:  # nothing is shipped before the first change
        return
    shipped = Entry.objects.filter(order=fact.order_id, kind=Entry.Kind.DISPATCH)
    if OrderLine.objects.fees().filter(Exists(shipped), order=fact.order_id, closed=False).exists():
        services.enter_fees([fact.order_id], by=fact.actor.pk, on=clock.today())


@objects_to(MayApplyChange)
def charged_fees_stand(question: MayApplyChange) -> Iterator[Refusal]:
    """入了账的费用不从更改里减：更正台账或提应收调整（第二十二条，A61）。"""
    lines = [line for line in question.order.lines_now if line.fee and question.changes.of(line)]
    charged = line_sums(line.pk for line in lines) if lines else {}
    for line in lines:
        change, billable = question.changes.of(line), charged[line.pk]["billable"] if line.pk in charged else 0
        less = change is not None and (
            change.close
            or change.unit_price is not None
            or (change.quantity is not None and change.quantity < billable)
        )
        if billable and less:
            words = _("第 %(n)s 行「%(name)s」已经入账，要减请财务更正台账或提应收调整")
            yield Refusal(words % {"n": line.position, "name": line.product_name}, "第二十二条", "A61")


@objects_to(MayIssue)
def deposit_before_issue(question: MayIssue) -> Iterator[Refusal]:
    """种类规定的，定金到了才下单（D1、C3b）。"""
    if question.order.kind.turned_on("deposit_at_issue"):
        yield from credit.deposit_missing(question.order)


@objects_to(MayIssue)
def paid_or_guaranteed_before_release(question: MayIssue) -> Iterator[Refusal]:
    """接单、下单分两步的种类，付清了或有担保单才下单（C类 下单，C3b）。"""
    order = question.order
    if order.kind.release_days is None or order.release_words.filter(what="guarantee").exists():
        return
    received = balance_of(order).received
    if received < order.amount:
        words = _("下单要付清 %(amount)s 元，已收 %(received)s 元；没付清的要有担保单")
        figures = {"amount": money(order.amount), "received": money(received)}
        yield Refusal(words % figures, "C类 下单", "C3b", credit.ledger_tab(order))


@objects_to(MayStartProduction)
def deposit_before_production(question: MayStartProduction) -> Iterator[Refusal]:
    """财务登记了定金才投产（D1）。"""
    yield from credit.deposit_missing(question.order)


@objects_to(MayDispatch)
def payment_terms(question: MayDispatch) -> Iterator[Refusal]:
    """款到发货、信用额度、逾期欠款（第五章，A53）；总监放行这张单的，都不再问。"""
    if not question.delivery.waived:
        yield from credit.prepayment_missing(question.delivery)
        yield from credit.credit_exceeded(question.delivery)
        yield from credit.overdue_standing(question.delivery)


@objects_to(MayComplete)
def nothing_open(question: MayComplete) -> Iterator[Refusal]:
    """没有未开票、没有应收，才结案（第六章，A6.6、A62）。"""
    balance = balance_of(question.order)
    page = credit.ledger_tab(question.order)
    charges = any(line.fee for line in question.order.lines_now)
    for line in services.fees_to_charge([question.order.pk]) if charges else ():
        words = _("第 %(n)s 行「%(name)s」还没有入账；不收了请走更改关闭")
        yield Refusal(words % {"n": line.position, "name": line.product_name}, "第六章，台账", "A62", page)
    if balance.uninvoiced > 0:
        words = _("还有 %(amount)s 元没有开票") % {"amount": money(balance.uninvoiced)}
        yield Refusal(words, "第六章，开票", "A62", page)
    elif balance.uninvoiced < 0:
        words = _("多开了 %(amount)s 元，要开红字发票") % {"amount": money(-balance.uninvoiced)}
        yield Refusal(words, "第六章，开票", "A62", page)
    if balance.receivable > 0:
        words = _("还有 %(amount)s 元没有收") % {"amount": money(balance.receivable)}
        yield Refusal(words, COLLECTING, "A6.6", page)
    elif balance.receivable < 0:
        words = _("多收了 %(amount)s 元，要退给客户") % {"amount": money(-balance.receivable)}
        yield Refusal(words, COLLECTING, "A6.6", page)


@objects_to(MayCancel)
def nothing_invoiced(question: MayCancel) -> Iterator[Refusal]:
    """开了票的单，先冲红再取消（第六章，A63）。"""
    balance = balance_of(question.order)
    if balance.invoiced:
        words = _("已开票 %(amount)s 元，先开红字发票再取消") % {"amount": money(balance.invoiced)}
        yield Refusal(words, "第六章，开票", "A63", credit.ledger_tab(question.order))
