"""Reads of the ledger: what a person sees, narrowed as an address asks; what waits to be invoiced or paid."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from ledger.balances import AMOUNT, SUMS, postings
from ledger.billing import Left, left_to_invoice
from ledger.models import AllocationLine, Entry, Invoice, InvoiceLine, Payment
from ledger.placing import sum_of, with_unallocated
from orders.models import Order, OrderLine
from orders.models.seeing import SEES_ALL
from parties.models import Customer, User

NONE = Decimal(0)


@dataclass(frozen=True)
class Where:
    """Which part of the ledger: an order, a customer, a coordinator, from day to day, all as one person sees it."""

    user: User
    order: Order | None = None
    customer: Customer | None = None
    coordinator: User | None = None
    first: dt.date | None = None
    last: dt.date | None = None

    def of(self, rows: QuerySet[Any], *, dated: bool = True) -> QuerySet[Any]:
        """Rows with `order` and `day` (entries, postings), narrowed."""
        wanted: dict[str, Any] = {
            "order": self.order,
            "order__customer": self.customer,
            "order__coordinator": self.coordinator,
        }
        if dated:
            wanted |= {"day__gte": self.first, "day__lte": self.last}
        rows = rows.filter(**{look_up: value for look_up, value in wanted.items() if value is not None})
        if self.user.role in SEES_ALL:
            return rows
        return rows.filter(order__in=Order.objects.visible_to(self.user).values("pk"))

    def entries(self) -> QuerySet[Any]:
        """台账的行。"""
        return self.of(Entry.objects.all())

    def postings(self) -> QuerySet[Any]:
        """期间内的记账。"""
        return self.of(postings())

    def before(self) -> QuerySet[Any]:
        """期初：期间第一天以前的记账。"""
        rows = self.of(postings(), dated=False)
        return rows.filter(day__lt=self.first) if self.first else rows.none()


ENTRY_RELATIONS = (
    "order__customer", "order__coordinator", "order__salesperson", "order_line", "delivery_line__delivery",
    "return_line__document",
)  # fmt: skip


def visible_invoices(user: User) -> QuerySet[Any]:
    """这个人看得见的发票，连同收了多少。"""
    rows = Invoice.objects.all() if user.role in SEES_ALL else Invoice.objects.visible_to(user)
    rows = rows.select_related("customer", "red_of", "made_by", "issued_by")
    found: QuerySet[Any] = with_paid(rows)
    return found


def with_paid(invoices: QuerySet[Any]) -> QuerySet[Any]:
    """Each invoice with `paid` (what lies on it), `taken_back` (its red letters) and `open` (what it still owes)."""
    paid = AllocationLine.objects.filter(invoice_line__invoice=OuterRef("pk"))
    red = Invoice.objects.filter(red_of=OuterRef("pk"), state=Invoice.State.ISSUED)
    rows: QuerySet[Any] = invoices.annotate(
        paid=sum_of(paid, "invoice_line__invoice"), taken_back=sum_of(red, "red_of")
    )
    owing: QuerySet[Any] = rows.annotate(open=F("amount") + F("taken_back") - F("paid"))
    return owing


def paid_on(invoice: Invoice) -> tuple[Decimal, Decimal]:
    """一张发票已收多少、还欠多少；没开出的还没有人付。"""
    if invoice.state != Invoice.State.ISSUED:
        return NONE, invoice.amount
    found: tuple[Decimal, Decimal] = with_paid(Invoice.objects.filter(pk=invoice.pk)).values_list("paid", "open").get()
    return found


def visible_payments(user: User) -> QuerySet[Any]:
    """这个人看得见的收款，连同没分配的 `left`。"""
    rows = Payment.objects.visible_to(user)
    rows = rows.select_related("customer", "order", "registered_by", "confirmed_by", "reversal")
    found: QuerySet[Any] = with_unallocated(rows)
    return found


def open_invoices(customer: Customer) -> list[Any]:
    """客户还没收齐的发票，先开的在前。"""
    rows = Invoice.objects.filter(customer=customer, state=Invoice.State.ISSUED, red_of__isnull=True)
    return list(with_paid(rows).filter(open__gt=0).order_by("date", "id"))


def lines_to_invoice(customer: Customer) -> list[tuple[OrderLine, Left]]:
    """客户已发未开票的行，先发的单在前：两次查询。"""
    behind = postings(order__customer=customer).values("order_line").annotate(**SUMS)
    behind = behind.filter(sum_billable__gt=F("sum_invoiced_quantity")).values("order_line")
    rows = OrderLine.objects.filter(pk__in=behind).select_related("order", "product").order_by("order", "position")
    lines = list(rows)
    left = left_to_invoice(lines)
    return [(line, left[line.pk]) for line in lines if left[line.pk].quantity > 0]


def customers_to_invoice() -> QuerySet[Customer]:
    """有货已发未开票的客户。"""
    behind = (
        postings(order__customer=OuterRef("pk"))
        .values("order_line")
        .annotate(left=Sum(F("billable") - F("invoiced_quantity"), output_field=AMOUNT))
    )
    return Customer.objects.filter(Exists(behind.filter(left__gt=0))).order_by("code")


def invoices_of(order: Order) -> QuerySet[Any]:
    """开着这张业务单的货的发票，新的在前。"""
    rows = Invoice.objects.filter(pk__in=InvoiceLine.objects.filter(order=order).values("invoice"))
    return with_paid(rows).order_by("-date", "-id")


def payments_of(order: Order) -> QuerySet[Any]:
    """落在这张业务单上的收款，连同落下多少 `here`。"""
    here = AllocationLine.objects.filter(allocation__payment=OuterRef("pk"), order=order)
    rows: QuerySet[Any] = Payment.objects.filter(Q(order=order) | Exists(here)).select_related("reversal")
    rows = rows.annotate(here=sum_of(here, "allocation__payment"))
    return rows.order_by("-date", "-id")


def payments_on(invoice: Invoice) -> QuerySet[Any]:
    """落在这张发票上的收款，连同落下多少 `here`。"""
    here = AllocationLine.objects.filter(allocation__payment=OuterRef("pk"), invoice_line__invoice=invoice)
    rows: QuerySet[Any] = Payment.objects.filter(Exists(here)).select_related("reversal")
    rows = rows.annotate(here=sum_of(here, "allocation__payment"))
    return rows.order_by("date", "id")


def unallocated_of(where: Where) -> Decimal:
    """没分配的收款合计：只有看得见全部的人有这个数。"""
    if where.user.role not in SEES_ALL or where.order or where.coordinator:
        return NONE
    rows = Payment.objects.standing().exclude(kind=Payment.Kind.REFUND)
    if where.customer:
        rows = rows.filter(customer=where.customer)
    total: Decimal = with_unallocated(rows).aggregate(total=Sum("left", default=NONE))["total"]
    return total
