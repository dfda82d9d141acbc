"""Every sum of A62, once: 已发、已开票、未开票、已收、应收, per line, order, customer, coordinator and in total.

All of them add up rows of `Posting`; nothing is stored. un-invoiced = net shipped − invoiced;
receivable = net shipped ± approved adjustments − received; invoiced_unpaid = invoiced − received on invoices.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, QuerySet, Sum

from ledger.models import Posting
from orders.models import Order, OrderLine

NONE = Decimal(0)
AMOUNT = DecimalField(max_digits=20, decimal_places=3)
COLUMNS = (
    "shipped", "returned", "billable", "shipped_amount", "shipped_tax", "invoiced_quantity", "invoiced", "invoiced_tax",
    "received", "settled", "adjusted",
)  # fmt: skip
SUMS = {f"sum_{column}": Sum(column, default=NONE, output_field=AMOUNT) for column in COLUMNS}
GROUPS = {"line": "order_line", "order": "order", "customer": "order__customer", "coordinator": "order__coordinator"}


@dataclass(frozen=True, slots=True)
class Balance:
    """一处的余额：数量三位、金额两位（A62）。"""

    ordered: Decimal = NONE
    shipped: Decimal = NONE
    returned: Decimal = NONE
    billable: Decimal = NONE
    invoiced_quantity: Decimal = NONE
    shipped_amount: Decimal = NONE
    adjusted: Decimal = NONE
    invoiced: Decimal = NONE
    received: Decimal = NONE
    settled: Decimal = NONE

    @property
    def net_shipped(self) -> Decimal:
        """净发货数量 = 发货 − 退货。"""
        return self.shipped - self.returned

    @property
    def to_invoice(self) -> Decimal:
        """还要开票的数量；负数是要开红字。"""
        return self.billable - self.invoiced_quantity

    @property
    def uninvoiced(self) -> Decimal:
        """未开票 = 净发货 − 已开票（A62）。"""
        return self.shipped_amount - self.invoiced

    @property
    def receivable(self) -> Decimal:
        """应收 = 净发货 ± 已批准的调整 − 已收（A62）；负数是预收。"""
        return self.shipped_amount + self.adjusted - self.received

    @property
    def invoiced_unpaid(self) -> Decimal:
        """已开票未收 = 已开票 − 发票上已收（A62）。"""
        return self.invoiced - self.settled

    def plus(self, other: Balance) -> Balance:
        """The sum of two places."""
        return Balance(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Balance)))


def postings(**where: Any) -> QuerySet[Any]:
    """Rows to add up, e.g. `postings(order__customer=7, day__lte=day)`."""
    return Posting.objects.filter(**where).order_by()


def line_sums(line_ids: Iterable[int]) -> dict[int, dict[str, Decimal]]:
    """Bare sums per order line that has any posting: one query."""
    rows = postings(order_line__in=list(line_ids)).values("order_line").annotate(**SUMS)
    return {row["order_line"]: {column: row[f"sum_{column}"] for column in COLUMNS} for row in rows}


def balances_by(group: str, rows: QuerySet[Any]) -> dict[int, Balance]:
    """Balances of each line, order, customer or coordinator among these postings: one query."""
    key = GROUPS[group]
    return {row[key]: balance_from(row) for row in rows.values(key).annotate(**SUMS)}


def total_of(rows: QuerySet[Any]) -> Balance:
    """One balance of all these postings: one query."""
    return balance_from(rows.aggregate(**SUMS))


def order_balances(order_ids: Iterable[int]) -> dict[int, Balance]:
    """余额按业务单；没有记账的业务单不在里面。"""
    return balances_by("order", postings(order__in=list(order_ids)))


def balance_of(order: Order) -> Balance:
    """一张业务单的余额。"""
    return total_of(postings(order=order.pk))


def lines_of(order: Order) -> list[tuple[OrderLine, Balance]]:
    """一张业务单每一行的余额，连同订货数量。"""
    found = balances_by("line", postings(order=order.pk))
    return [(line, _ordered(line, found.get(line.pk, Balance()))) for line in order.lines_now]


def together_of(balances: Iterable[Balance]) -> Balance:
    """Several balances added up."""
    total = Balance()
    for balance in balances:
        total = total.plus(balance)
    return total


def _ordered(line: OrderLine, balance: Balance) -> Balance:
    return balance.plus(Balance(ordered=line.quantity))


def balance_from(row: Mapping[str, Any]) -> Balance:
    """The balance of a row that was annotated with `SUMS`."""
    names = [f.name for f in fields(Balance) if f.name != "ordered"]
    return Balance(**{name: row[f"sum_{name}"] for name in names})
