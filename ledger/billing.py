"""How much of a line is left to invoice, and what that costs: the last partial invoice takes the remainder (I10).

Goods that were shipped before a price changed are invoiced at the price at which they were shipped (A22, A62): where a
line was shipped at several prices, what went out first is invoiced first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import F, Q, Sum, Value
from django.db.models.functions import Coalesce

from ledger.balances import AMOUNT, line_sums
from ledger.models import Entry, Invoice, InvoiceLine
from orders.models import OrderLine
from orders.models.line import CENT, amounts

NONE = Decimal(0)
MILLIONTH = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Part:
    """一行里同一次发出、还没开票的一份：数量、金额、税额，发出时的单价。"""

    quantity: Decimal
    amount: Decimal
    tax: Decimal
    unit_price: Decimal

    def first(self, quantity: Decimal) -> Part:
        """So much of it; the rest is `less` so much, and both add up to the whole."""
        if quantity >= self.quantity:
            return self
        share = quantity / self.quantity
        amount, tax = ((part * share).quantize(CENT, ROUND_HALF_UP) for part in (self.amount, self.tax))
        return Part(quantity, amount, tax, self.unit_price)

    def less(self, quantity: Decimal) -> Part:
        """What is left of it without the first so much."""
        gone = self.first(quantity)
        return Part(self.quantity - gone.quantity, self.amount - gone.amount, self.tax - gone.tax, self.unit_price)


@dataclass(frozen=True, slots=True)
class Left:
    """一行还没开票的数量、金额、税额，与它的单价；几个价发出的，先发的先开。"""

    quantity: Decimal
    amount: Decimal
    tax: Decimal
    unit_price: Decimal = NONE
    tax_rate: Decimal = NONE
    prices_include_tax: bool = True
    one_price: bool = False
    parts: tuple[Part, ...] = ()

    def price(self, quantity: Decimal) -> tuple[Decimal, Decimal]:
        """(含税金额, 税额) of so much: all of it takes the remainder, a part its price, never more than is left."""
        if quantity == self.quantity:
            return self.amount, self.tax
        if self.parts:
            found = self._first(quantity)
            amount, tax = sum((one.amount for one in found), NONE), sum((one.tax for one in found), NONE)
            return min(amount, max(self.amount, NONE)), min(tax, max(self.tax, NONE))
        if not self.one_price:
            share = quantity / self.quantity if self.quantity else NONE
            return tuple((part * share).quantize(CENT, ROUND_HALF_UP) for part in (self.amount, self.tax))  # type: ignore[return-value]
        amount, tax = amounts(
            quantity, self.unit_price, tax_rate=self.tax_rate, prices_include_tax=self.prices_include_tax
        )
        return min(amount, max(self.amount, NONE)), min(tax, max(self.tax, NONE))

    def shown_price(self, quantity: Decimal, amount: Decimal) -> Decimal:
        """The unit price that stands on the invoice: that of the shipment, or the average where there are several."""
        if self.one_price or not quantity:
            return self.unit_price
        prices = {one.unit_price for one in self._first(quantity)}
        return prices.pop() if len(prices) == 1 else (amount / quantity).quantize(MILLIONTH, ROUND_HALF_UP)

    def _first(self, quantity: Decimal) -> list[Part]:
        """The parts that so much covers, what went out first before the rest."""
        found = []
        for part in self.parts:
            if quantity > 0:
                found.append(part.first(quantity))
                quantity -= found[-1].quantity
        return found


def left_to_invoice(lines: Iterable[OrderLine]) -> dict[int, Left]:
    """What each of these lines (with its `order` at hand) still has to be invoiced: one query."""
    lines = list(lines)
    sums = line_sums(line.pk for line in lines)
    found = {line.pk: _left(line, sums[line.pk]) for line in lines if line.pk in sums}
    several = [line.pk for line in lines if line.pk in found and not found[line.pk].one_price]
    parts = shipped_parts(several, {pk: sums[pk]["invoiced_quantity"] for pk in several}) if several else {}
    return {pk: replace(left, parts=tuple(parts.get(pk, ()))) for pk, left in found.items()}


def shipped_parts(line_ids: Collection[int], invoiced: Mapping[int, Decimal]) -> dict[int, list[Part]]:
    """What went out of these lines and is not invoiced yet, in the order in which it went out, each at its price.

    A return takes from the shipment that it brings back, a correction moves the price of the one it corrects.
    """
    whole: dict[int, tuple[int, Part]] = {}
    entries = Entry.objects.filter(order_line__in=line_ids).order_by("id")
    for entry in entries.only("order_line", "follows", "corrects", "billable", "amount", "tax", "unit_price"):
        origin = entry.follows_id or entry.pk
        _line, before = whole.get(origin, (0, Part(NONE, NONE, NONE, entry.unit_price)))
        price = entry.unit_price if entry.corrects_id else before.unit_price
        part = Part(before.quantity + entry.billable, before.amount + entry.amount, before.tax + entry.tax, price)
        whole[origin] = (entry.order_line_id, part)
    rows: dict[int, list[Part]] = {}
    for line, part in whole.values():
        rows.setdefault(line, []).append(part)
    return {pk: list(_after(parts, invoiced.get(pk, NONE))) for pk, parts in rows.items()}


def _after(parts: Iterable[Part], invoiced: Decimal) -> Iterator[Part]:
    """The parts without what is invoiced already, the first before the rest."""
    for part in parts:
        gone = min(max(invoiced, NONE), max(part.quantity, NONE))
        invoiced -= gone
        if part.quantity > gone:
            yield part.less(gone) if gone else part


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
        one_price=order.version == 1 and whole == sums["shipped_amount"],
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
