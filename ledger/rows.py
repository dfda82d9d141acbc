"""The ledger as annex 5 shows it: a row per shipped line with its returns, invoices and money beside it (A61).

What belongs to a line is spread over its rows in the order in which they went out; the last row takes what is over,
so that the rows of a line always add up to the line's balance (A62).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from ledger.credit import due_day
from ledger.models import Adjustment, AllocationLine, Entry, Invoice, InvoiceLine
from workflow import clock

NONE = Decimal(0)


@dataclass
class Row:
    """台账一行：发出的一行货，退货、开票、收款都记在它名下（A61）。"""

    entry: Any
    followers: list[Any] = field(default_factory=list)
    invoiced_quantity: Decimal = NONE
    invoiced: Decimal = NONE
    received: Decimal = NONE
    settled: Decimal = NONE
    adjusted: Decimal = NONE
    invoices: list[tuple[str, dt.date]] = field(default_factory=list)
    paid_on: dt.date | None = None

    @property
    def returned(self) -> Decimal:
        """退回的数量。"""
        return -sum((one.quantity for one in self.followers), NONE)

    @property
    def billable(self) -> Decimal:
        """计价的净数量。"""
        return sum((one.billable for one in self.followers), self.entry.billable)  # type: ignore[no-any-return]

    @property
    def net_amount(self) -> Decimal:
        """净发金额：发货 − 冲减 ± 更正。"""
        return sum((one.amount for one in self.followers), self.entry.amount)  # type: ignore[no-any-return]

    @property
    def uninvoiced_quantity(self) -> Decimal:
        """未开票数量。"""
        return self.billable - self.invoiced_quantity

    @property
    def uninvoiced(self) -> Decimal:
        """未开票金额。"""
        return self.net_amount - self.invoiced

    @property
    def receivable(self) -> Decimal:
        """应收余额。"""
        return self.net_amount + self.adjusted - self.received

    @property
    def invoiced_unpaid(self) -> Decimal:
        """已开票未收。"""
        return self.invoiced - self.settled

    @property
    def due(self) -> dt.date:
        """到期日。"""
        return due_day(self.entry.order.payment_terms, self.entry.day)

    @property
    def days_late(self) -> int:
        """逾期几天；没有应收就没有逾期。"""
        return max((clock.today() - self.due).days, 0) if self.receivable > 0 else 0

    @property
    def age(self) -> str:
        """未到期、逾期 10 天；收清了就不说。"""
        if self.receivable <= 0:
            return ""
        return _("逾期 %(n)d 天") % {"n": self.days_late} if self.days_late else _("未到期")

    @property
    def remark(self) -> str:
        """退货、更正、调整，一处一句。"""
        said = [one.remark for one in (self.entry, *self.followers) if one.remark]
        if self.adjusted:
            said.append(_("调整 %(amount)s") % {"amount": f"{self.adjusted:+.2f}"})
        return "；".join(dict.fromkeys(said))


@dataclass(frozen=True, slots=True)
class Posted:
    """Something that lies on a line and is spread over its rows: an invoice line, a receipt, an adjustment."""

    line: int
    quantity: Decimal
    amount: Decimal
    day: dt.date | None = None
    number: str = ""
    settled: Decimal = NONE


def rows_of(entries: Iterable[Any], until: dt.date | None = None) -> list[Row]:
    """The rows of these shipped entries, as everything stood on `until`: four queries, whatever their number."""
    wanted = list(entries)
    lines = {entry.order_line_id for entry in wanted}
    posts = Posts(lines, until)
    known: dict[int, Row] = {}
    for line, rows in _rows(lines, until).items():
        posts.lay_on(line, rows)
        known |= {row.entry.pk: row for row in rows}
    return [_with(known[entry.pk], entry) for entry in wanted if entry.pk in known]


def _with(row: Row, entry: Any) -> Row:
    row.entry = entry
    return row


def _rows(lines: set[int], until: dt.date | None) -> dict[int, list[Row]]:
    """Every shipped entry of these lines with what follows it, in the order in which they went out."""
    found = Entry.objects.filter(order_line__in=lines, **_upto("day", until)).order_by("id")
    rows: dict[int, list[Row]] = defaultdict(list)
    by_entry: dict[int, Row] = {}
    for entry in found:
        if entry.follows_id is None:
            by_entry[entry.pk] = Row(entry)
            rows[entry.order_line_id].append(by_entry[entry.pk])
        else:
            by_entry[entry.follows_id].followers.append(entry)
    return rows


class Posts:
    """What was posted on a set of lines, read once and handed out by line."""

    def __init__(self, lines: set[int], until: dt.date | None) -> None:
        self.invoiced: dict[int, list[Posted]] = defaultdict(list)
        self.received: dict[int, list[Posted]] = defaultdict(list)
        self.adjusted: dict[int, Decimal] = defaultdict(Decimal)
        for one in _invoice_lines(lines, until):
            self.invoiced[one.line].append(one)
        for one in _allocation_lines(lines, until):
            self.received[one.line].append(one)
        rows = Adjustment.objects.filter(order_line__in=lines, state=Adjustment.State.APPROVED)
        for line, amount in rows.filter(**_upto("decided_on", until)).values_list("order_line", "amount"):
            self.adjusted[line] += amount

    def lay_on(self, line: int, rows: list[Row]) -> None:
        """Spread everything that lies on one line over its rows."""
        invoiced, received = self.invoiced[line], self.received[line]
        quantities, amounts = [row.billable for row in rows], [row.net_amount for row in rows]
        laid = zip(
            rows,
            spread(sum((one.quantity for one in invoiced), NONE), quantities),
            spread(sum((one.amount for one in invoiced), NONE), amounts),
            spread(sum((one.amount for one in received), NONE), amounts),
            spread(sum((one.settled for one in received), NONE), amounts),
            covered(quantities, [(one.quantity, one) for one in invoiced]),
            covered(amounts, [(one.amount, one) for one in received]),
            strict=True,
        )
        for row, row.invoiced_quantity, row.invoiced, row.received, row.settled, bills, receipts in laid:
            row.invoices = [(one.number, one.day) for one in bills if one.day]
            row.paid_on = max((one.day for one in receipts if one.day), default=None) if row.received else None
        rows[-1].adjusted = self.adjusted[line]


def _invoice_lines(lines: set[int], until: dt.date | None) -> Iterator[Posted]:
    """Issued invoices by date, red letters taken off the invoice they take back."""
    rows = InvoiceLine.objects.filter(
        order_line__in=lines, invoice__state=Invoice.State.ISSUED, **_upto("invoice__date", until)
    ).select_related("invoice")
    found = list(rows.order_by("invoice__date", "invoice", "position"))
    red: dict[int, list[InvoiceLine]] = defaultdict(list)
    for line in found:
        if line.red_of_id:
            red[line.red_of_id].append(line)
    for line in found:
        if line.red_of_id is None:
            quantity = sum((one.quantity for one in red[line.pk]), line.quantity)
            amount = sum((one.amount for one in red[line.pk]), line.amount)
            yield Posted(line.order_line_id, quantity, amount, line.invoice.date, line.invoice.number)


def _allocation_lines(lines: set[int], until: dt.date | None) -> Iterator[Posted]:
    rows = AllocationLine.objects.filter(order_line__in=lines, **_upto("day", until)).order_by("day", "id")
    for line, amount, day, invoice_line in rows.values_list("order_line", "amount", "day", "invoice_line"):
        yield Posted(line, NONE, amount, day, settled=amount if invoice_line else NONE)


def _upto(column: str, until: dt.date | None) -> dict[str, Any]:
    return {f"{column}__lte": until} if until else {}


def spread(total: Decimal, parts: Sequence[Decimal]) -> list[Decimal]:
    """Lay a total over the parts in their order, each up to its size; the last takes what is over."""
    found, before, reached = [], NONE, NONE
    for part in parts:
        reached += part
        upto = min(total, reached)
        found.append(upto - before)
        before = upto
    if found:
        found[-1] += total - before
    return found


def covered(parts: Sequence[Decimal], posts: Sequence[tuple[Decimal, Posted]]) -> list[list[Posted]]:
    """Which posts lie on which parts, when both are laid out one after the other."""
    found: list[list[Posted]] = [[] for _part in parts]
    start = NONE
    for size, post in posts:
        end, low = start + size, NONE
        for place, part in enumerate(parts):
            high = low + part
            if size > 0 and start < high and end > low:
                found[place].append(post)
            low = high
        start = end
    return found
