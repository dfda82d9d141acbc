"""The gates that money keeps: deposit before production, payment before dispatch, credit limit, overdue (A53, D1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Case, DateField, F, QuerySet, Sum, Value, When
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from ledger.balances import AMOUNT, NONE, Balance, balance_of, order_balances, postings, total_of
from ledger.services.fees import fees_worth
from orders.models import Order
from orders.models.exceptions import GateException
from orders.models.line import CENT, amounts
from orders.services import waived
from parties.models import Customer
from parties.models.customer import PaymentTerms
from shipping.models import Delivery
from workflow import clock
from workflow.guards import Refusal
from workflow.templatetags.wording import money

DEPOSIT = Decimal("0.30")
GATES = "第五章，付款条件"
DAYS = {PaymentTerms.MONTHLY_30: 30}
PREPAYING = (PaymentTerms.DEPOSIT_30, PaymentTerms.PREPAID)
Gate = GateException.Gate


def ledger_tab(order: Order) -> str:
    """Where an order's money is seen."""
    try:
        return reverse("orders:detail", args=[order.number]) + "?tab=ledger"
    except NoReverseMatch:  # an installation that serves the API alone
        return ""


# --- deposit before production (D1) -----------------------------------------------------------------------------------
def deposit_due(order: Order) -> Decimal:
    """这张单要收的定金：订货金额的 30%（D1）；不收定金的付款方式为零。"""
    if order.payment_terms != PaymentTerms.DEPOSIT_30:
        return NONE
    return (order.amount * DEPOSIT).quantize(CENT, ROUND_HALF_UP)


def deposit_missing(order: Order) -> Iterator[Refusal]:
    """定金没到齐，又没有总监放行（D1）。"""
    due = deposit_due(order)
    if not due:
        return
    received = balance_of(order).received
    if received < due and not waived(order, Gate.DEPOSIT):
        words = _("定金要 %(due)s 元，已确认 %(received)s 元，还差 %(missing)s 元；总监可以放行")
        figures = {"due": money(due), "received": money(received), "missing": money(due - received)}
        yield Refusal(words % figures, GATES, "D1", ledger_tab(order))


# --- before dispatch (A53) --------------------------------------------------------------------------------------------
def prepayment_missing(delivery: Delivery) -> Iterator[Refusal]:
    """款到发货、定金单：发货前整张单要收齐（A53）。"""
    orders = [order for order in delivery.orders_now if order.payment_terms in PREPAYING]
    found = order_balances(order.pk for order in orders) if orders else {}
    worth = worth_by_order(delivery) if orders else {}
    for order in orders:
        balance = found.get(order.pk, Balance())
        goal = max(order.amount, balance.shipped_amount + worth.get(order.pk, NONE)) + balance.adjusted
        if balance.received < goal and not waived(order, Gate.PREPAID):
            words = _(
                "%(order)s %(terms)s，要收齐 %(goal)s 元，已收 %(received)s 元，还差 %(missing)s 元；总监可以特批"
            )
            figures = {
                "order": order.number,
                "terms": order.get_payment_terms_display(),
                "goal": money(goal),
                "received": money(balance.received),
                "missing": money(goal - balance.received),
            }
            yield Refusal(words % figures, GATES, "A53", ledger_tab(order))


def credit_exceeded(delivery: Delivery) -> Iterator[Refusal]:
    """客户的应收加上这次的货，不超过信用额度（A53）。"""
    customer = delivery.customer
    credited = [order for order in delivery.orders_now if order.payment_terms not in PREPAYING]
    if customer.credit_limit is None or not credited:
        return
    owed = total_of(postings(order__customer=customer.pk)).receivable
    asked = sum(worth_by_order(delivery).values(), NONE)
    if owed + asked > customer.credit_limit and not all(waived(order, Gate.CREDIT) for order in credited):
        words = _(
            "%(customer)s信用额度 %(limit)s 元，应收 %(owed)s 元，加这次 %(asked)s 元超出 %(over)s 元；总监可以特批"
        )
        figures = {
            "customer": customer.called,
            "limit": money(customer.credit_limit),
            "owed": money(owed),
            "asked": money(asked),
            "over": money(owed + asked - customer.credit_limit),
        }
        yield Refusal(words % figures, GATES, "A53")


def overdue_standing(delivery: Delivery) -> Iterator[Refusal]:
    """客户有逾期欠款，先收再发（A53）。"""
    owed = overdue_of(delivery.customer)
    if owed > 0 and not all(waived(order, Gate.OVERDUE) for order in delivery.orders_now):
        words = _("%(customer)s逾期 %(amount)s 元；总监可以特批")
        yield Refusal(words % {"customer": delivery.customer.called, "amount": money(owed)}, GATES, "A53")


def worth_by_order(delivery: Delivery) -> dict[int, Decimal]:
    """这张送货单上的货值多少，按业务单，连同随首次发货入账的费用；补发的不计价。"""
    worth = fees_worth([order.pk for order in delivery.orders_now])
    for line in delivery.lines_now:
        order, quantity = line.order, NONE if line.replaces_id else line.quantity
        gross, _tax = amounts(
            quantity,
            line.order_line.unit_price,
            tax_rate=order.tax_rate,
            prices_include_tax=order.prices_include_tax,
        )
        worth[order.pk] = worth.get(order.pk, NONE) + gross
    return worth


# --- due and overdue --------------------------------------------------------------------------------------------------
def due_day(terms: str, dispatched_on: dt.date) -> dt.date:
    """一笔发货的到期日：月结 30 天是发货后 30 天，其余是发货当天（A6.6）。"""
    return dispatched_on + dt.timedelta(days=DAYS.get(PaymentTerms(terms), 0))


def overdue_by_order(**where: Any) -> dict[int, Decimal]:
    """每张业务单的逾期额（A6.6）；没有逾期的不在里面。"""
    return dict(overdue_rows(**where).values_list("order", "owed"))


def overdue_rows(*, today: dt.date | None = None, **where: Any) -> QuerySet[Any]:
    """到期的净发货 ± 调整 − 已收，先到期的先收，按业务单一行（A6.6）。"""
    rows: QuerySet[Any] = postings(**where).values("order").annotate(owed=owed_late(today)).filter(owed__gt=0)
    return rows


def owed_late(today: dt.date | None = None) -> Sum:
    """What of a group of postings is past its day, less what was received; no more than zero means nothing is late."""
    due = Case(
        When(day__lte=_last_due_day(today or clock.today()), then=F("shipped_amount")),
        default=Value(NONE),
        output_field=AMOUNT,
    )
    return Sum(due + F("adjusted") - F("received"), output_field=AMOUNT)


def overdue_of(customer: Customer) -> Decimal:
    """客户的逾期欠款。"""
    return sum(overdue_by_order(order__customer=customer.pk).values(), NONE)


def _last_due_day(today: dt.date) -> Case:
    """The latest dispatch day that is overdue today, by the order's terms."""
    late = [When(order__payment_terms=terms, then=Value(today - dt.timedelta(days=n + 1))) for terms, n in DAYS.items()]
    return Case(*late, default=Value(today - dt.timedelta(days=1)), output_field=DateField())
