"""What the ledger shows on an order's page and in the lists of orders (DESIGN §4)."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from ledger import credit
from ledger.balances import AMOUNT, SUMS, Balance, balance_from, balance_of, line_sums, postings
from ledger.models import AllocationLine, Extract, Invoice, InvoiceLine, Payment
from ledger.tab import order_ledger
from orders.events import (
    ChangeImpact,
    Impact,
    OrderAct,
    OrderActs,
    OrderChains,
    OrderFigures,
    OrderFilter,
    OrderFilters,
    OrderSteps,
    OrderTab,
    OrderTabs,
    Shipped,
    ShippedOf,
)
from orders.models import Order, State
from orders.models.seeing import SEES_ALL
from papers.registry import sees
from parties.models import User
from workflow.events import contributes
from workflow.templatetags.wording import money

SHIPS = (State.PRODUCING, State.SHIPPING, State.COLLECTING)
ALL_OUT = frozenset({State.COLLECTING, State.COMPLETED})
PLACE = 60


@contributes(ShippedOf)
def worth_shipped(request: ShippedOf) -> dict[int, Shipped]:
    """各行净发了多少、值多少（A62）：关了的行就值这些。"""
    sums = line_sums(request.line_ids)
    return {pk: Shipped(one["billable"], one["shipped_amount"], one["shipped_tax"]) for pk, one in sums.items()}


@contributes(OrderFigures)
def money_figures(request: OrderFigures) -> dict[int, dict[str, Any]]:
    """未开票、应收、开票与收款状态、逾期多少：整页一次查。"""
    rows = postings(order__in=request.order_ids).values("order", "order__amount", "order__state")
    rows = rows.annotate(**SUMS, **({"owed": credit.owed_late()} if request.words else {}))
    return {row["order"]: _figures(row, balance_from(row)) for row in rows}


def _figures(row: dict[str, Any], balance: Balance) -> dict[str, Any]:
    goal = balance.shipped_amount
    if row["order__state"] not in ALL_OUT:
        goal = max(goal, row["order__amount"])
    figures = {
        "invoicing_status": status(balance.invoiced, goal),
        "collection_status": status(balance.received, goal + balance.adjusted),
        "uninvoiced": balance.uninvoiced,
        "receivable": balance.receivable,
    }
    if row.get("owed", 0) > 0:
        figures["overdue_words"] = _("逾期 %(amount)s") % {"amount": money(row["owed"])}
    return figures


def status(done: Decimal, goal: Decimal) -> str:
    """none、partial、full：做了多少与该做多少。"""
    if done <= 0:
        return "none" if goal > 0 or done < 0 else "full"
    return "full" if done >= goal else "partial"


@contributes(OrderTabs)
def ledger_tab(request: OrderTabs) -> list[OrderTab]:
    """台账：每行已发、已开票、应收，发票与收款。"""
    if not request.user.may("ledger.view"):
        return []
    count = InvoiceLine.objects.filter(order=request.order).values("invoice").distinct().count()
    context = {"ledger": partial(order_ledger, request.order, request.user)}
    return [OrderTab("ledger", _("台账"), str(count or ""), "ledger/_order_tab.html", context, PLACE)]


@contributes(OrderSteps)
def collection_step(request: OrderSteps) -> dict[str, str]:
    """步骤条上「收款」下面的一句。"""
    balance = balance_of(request.order)
    if request.order.state == State.COMPLETED:
        return {"collection": _("款已收齐")}
    if balance.receivable > 0:
        return {"collection": _("应收 %(amount)s") % {"amount": money(balance.receivable)}}
    if balance.received > 0:
        return {"collection": _("已收 %(amount)s") % {"amount": money(balance.received)}}
    return {"collection": str(request.order.get_payment_terms_display())}


@contributes(OrderActs)
def money_acts(request: OrderActs) -> list[OrderAct]:
    """财务该做的：有未开票就开发票，有应收就登记收款。"""
    order, user = request.order, request.user
    if not user.may("ledger.create_invoice") or order.state in (State.DRAFT, State.REJECTED, State.CANCELLED):
        return []
    balance = balance_of(order)
    acts = []
    if balance.to_invoice > 0:
        url = f"{reverse('ledger:new_invoice')}?order={order.number}"
        acts.append(OrderAct("new_invoice", _("开发票"), url, 30))
    if balance.receivable > 0 or credit.deposit_due(order) > balance.received:
        url = f"{reverse('ledger:new_payment')}?order={order.number}"
        acts.append(OrderAct("new_payment", _("登记收款"), url, 35))
    return acts


@contributes(OrderChains)
def money_chains(request: OrderChains) -> list[str]:
    """发票与收款自成一链，也在业务单的时间线上。"""
    lines = InvoiceLine.objects.filter(order=request.order_id)
    placed = AllocationLine.objects.filter(order=request.order_id)
    invoices = lines.values_list("invoice", flat=True).distinct()
    payments = placed.values_list("allocation__payment", flat=True).distinct()
    return [*(f"ledger_invoice:{pk}" for pk in invoices), *(f"ledger_payment:{pk}" for pk in payments)]


@contributes(OrderFilters)
def money_filters(request: OrderFilters) -> list[OrderFilter]:
    """列表快筛：待开票、收款逾期。"""
    if not request.user.may("ledger.view"):
        return []
    return [OrderFilter("to_invoice", _("待开票"), to_invoice), OrderFilter("overdue", _("收款逾期"), overdue)]


def to_invoice(orders: QuerySet[Order]) -> QuerySet[Order]:
    """货发了还没开票的单。"""
    left = Sum(F("billable") - F("invoiced_quantity"), output_field=AMOUNT)
    rows = postings(order=OuterRef("pk")).values("order").annotate(left=left).values("left")
    return orders.filter(state__in=SHIPS).alias(left_to_invoice=Subquery(rows)).filter(left_to_invoice__gt=0)


def overdue(orders: QuerySet[Order]) -> QuerySet[Order]:
    """有逾期应收的单。"""
    late = credit.overdue_rows(order=OuterRef("pk")).values("owed")
    return orders.filter(state__in=SHIPS).alias(owed_late=Subquery(late)).filter(owed_late__gt=0)


@sees("ledger_extract")
def extract_is_visible(user: User, pk: int) -> bool:
    """印出的台账，谁印的谁看；看得见全部业务单的人也看（B7）。"""
    if not user.may("ledger.view"):
        return False
    return user.role in SEES_ALL or bool(Extract.objects.filter(pk=pk, by=user).exists())


@sees("ledger_invoice")
def invoice_is_visible(user: User, pk: int) -> bool:
    """看得见发票的人，才看得见它的文件（B7）。"""
    return user.may("ledger.view") and bool(Invoice.objects.visible_to(user).filter(pk=pk).exists())


@sees("ledger_payment")
def payment_is_visible(user: User, pk: int) -> bool:
    """看得见收款的人，才看得见它的回单（B7）。"""
    return user.may("ledger.view") and bool(Payment.objects.visible_to(user).filter(pk=pk).exists())


@contributes(ChangeImpact)
def money_already_moved(request: ChangeImpact) -> list[Impact]:
    """更改碰到的账：开了多少票、收了多少款（第二十二条、A62）。"""
    balance, page = balance_of(request.order), credit.ledger_tab(request.order)
    cancels = request.changes.cancel
    found = []
    if balance.invoiced:
        words = _("已开票 %(amount)s 元，要先开红字发票") if cancels else _("已开票 %(amount)s 元，已开的票不变")
        found.append(Impact(words % {"amount": money(balance.invoiced)}, "stop" if cancels else "do", page, money=True))
    if balance.received:
        words = (
            _("已收 %(amount)s 元，取消后要退给客户") if cancels else _("已收 %(amount)s 元，金额变了要跟客户对一遍")
        )
        found.append(Impact(words % {"amount": money(balance.received)}, "do", page, money=True))
    priced = any(change.unit_price is not None for change in request.changes.lines)
    if priced and balance.shipped_amount:
        words = _("已发货 %(amount)s 元按原价；要改已发的价，另做调整")
        found.append(Impact(words % {"amount": money(balance.shipped_amount)}, "do", page, money=True))
    return found
