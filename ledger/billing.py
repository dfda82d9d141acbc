"""How much of a line is left to invoice, and what that costs: the last partial invoice takes the remainder (I10)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import F, Q, Sum, Value
from django.db.models.functions import Coalesce

from ledger.balances import AMOUNT, line_sums
from ledger.models import Invoice, InvoiceLine
from orders.models import OrderLine
from orders.models.line import CENT, amounts

NONE = Decimal(0)
MILLIONTH = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Left:
    """一行还没开票的数量、金额、税额，与它的单价。"""

    quantity: Decimal
    amount: Decimal
    tax: Decimal
    unit_price: Decimal = NONE
    tax_rate: Decimal = NONE
    prices_include_tax: bool = True
    one_price: bool = False

    def price(self, quantity: Decimal) -> tuple[Decimal, Decimal]:
        """(含税金额, 税额) of so much: all of it takes the remainder, a part its price, never more than is left."""
        if quantity == self.quantity:
            return self.amount, self.tax
        if not self.one_price:
            share = quantity / self.quantity if self.quantity else NONE
            return tuple((part * share).quantize(CENT, ROUND_HALF_UP) for part in (self.amount, self.tax))  # type: ignore[return-value]
        amount, tax = amounts(
            quantity, self.unit_price, tax_rate=self.tax_rate, prices_include_tax=self.prices_include_tax
        )
        return min(amount, max(self.amount, NONE)), min(tax, max(self.tax, NONE))

    def shown_price(self, quantity: Decimal, amount: Decimal) -> Decimal:
        """The unit price that stands on the invoice: the order's, or the average where several were shipped."""
        if self.one_price or not quantity:
            return self.unit_price
        return (amount / quantity).quantize(MILLIONTH, ROUND_HALF_UP)


def left_to_invoice(lines: Iterable[OrderLine]) -> dict[int, Left]:
    """What each of these lines (with its `order` at hand) still has to be invoiced: one query."""
    lines = list(lines)
    sums = line_sums(line.pk for line in lines)
    return {line.pk: _left(line, sums[line.pk]) for line in lines if line.pk in sums}


def _left(line: OrderLine, sums: dict[str, Decimal]) -> Left:
    order = line.order
    whole, _tax = amounts(
        max(sums["billable"], NONE),
        line.unit_price,
        tax_rate=order.tax_rate,
        prices_include_tax=order.prices_include_tax,
    )
    return Left(
        quantity=sums["billable"] - sums["invoiced_quantity"],
        amount=sums["shipped_amount"] - sums["invoiced"],
        tax=sums["shipped_tax"] - sums["invoiced_tax"],
        unit_price=line.unit_price,
        tax_rate=order.tax_rate,
        prices_include_tax=order.prices_include_tax,
        one_price=whole == sums["shipped_amount"],
    )


def left_to_take_back(original: Invoice) -> dict[int, Left]:
    """What of each line of an issued invoice no red letter has taken back yet, by the line's id."""
    red = Q(red_lines__invoice__state=Invoice.State.ISSUED)
    zero = Value(NONE, output_field=AMOUNT)
    rows = InvoiceLine.objects.filter(invoice=original).annotate(
        red_quantity=Coalesce(Sum("red_lines__quantity", filter=red), zero),
        red_amount=Coalesce(Sum("red_lines__amount", filter=red), zero),
        red_tax=Coalesce(Sum("red_lines__tax", filter=red), zero),
    )
    return {
        row.pk: Left(
            row.quantity + row.red_quantity,
            row.amount + row.red_amount,
            row.tax + row.red_tax,
            row.unit_price,
        )
        for row in rows.annotate(of=F("order_line"))
    }
