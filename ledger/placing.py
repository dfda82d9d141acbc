"""Where a payment's money goes: what its allocations still have to put on which lines, what stands against it (I7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from ledger.balances import AMOUNT, line_sums
from ledger.models import Allocation, AllocationLine, Invoice, InvoiceLine, Payment, PaymentReversal
from ledger.shares import shared
from orders.models import OrderLine
from workflow.templatetags.wording import money

NONE = Decimal(0)
ZERO = Value(NONE, output_field=AMOUNT)


@dataclass(frozen=True, slots=True)
class Room:
    """How much money one line can still take (or, for a refund, give back)."""

    order_id: int
    order_line_id: int
    invoice_line_id: int | None
    amount: Decimal


@dataclass(frozen=True)
class Share:
    """So much of an allocation on one line."""

    allocation: Allocation
    room: Room
    amount: Decimal


@dataclass
class Placing:
    """One payment under its lock: what was given out, what waits to be placed, how much each target can take."""

    payment: Payment
    allocations: list[Any]
    rooms: dict[Any, list[Room]] = field(default_factory=dict)
    reversed: bool = False

    @property
    def given(self) -> Decimal:
        """已经分出去的（待确认时是打算分的）。"""
        return sum((allocation.amount for allocation in self.allocations if not allocation.is_dead), NONE)

    @property
    def unallocated(self) -> Decimal:
        """还没有分配的；冲销了的没有。"""
        if self.reversed or self.payment.sign < 0:
            return NONE
        return self.payment.amount - self.given

    @property
    def pending(self) -> list[Any]:
        """Allocations that no line carries yet."""
        return [one for one in self.allocations if one.refund_id is None and not one.placed]

    def done(self) -> None:
        """Every pending allocation is on its lines now."""
        for one in self.pending:
            one.placed = True

    def objections(self) -> Iterator[str]:
        """Why a pending allocation cannot be placed whole."""
        for allocation in self.pending:
            target = allocation.invoice or allocation.order
            if allocation.invoice and allocation.invoice.state != Invoice.State.ISSUED:
                yield _("发票 %(number)s 还没有开出，不能收它的款") % {"number": target}
                continue
            room = sum((room.amount for room in self.rooms.get(allocation, ())), NONE)
            if allocation.amount > room:
                yield _over(self.payment, allocation) % {
                    "target": getattr(target, "number", target),
                    "room": money(room),
                    "asked": money(allocation.amount),
                }

    def shares(self) -> list[Share]:
        """The pending allocations on their lines, pro rata, the remainder on the last."""
        found = []
        for allocation in self.pending:
            rooms = self.rooms[allocation]
            parts = shared(allocation.amount, [room.amount for room in rooms])
            found += [Share(allocation, room, part) for room, part in zip(rooms, parts, strict=True) if part]
        return found

    @property
    def refundable(self) -> Decimal:
        """客户未分配的收款还剩多少，可以退。"""
        return sum((left for _payment, left in self.sources), NONE)

    @property
    def sources(self) -> list[tuple[Payment, Decimal]]:
        """The customer's payments with money that is given to nothing, oldest first."""
        rows = with_unallocated(Payment.objects.standing().exclude(kind=Payment.Kind.REFUND))
        rows = rows.filter(customer=self.payment.customer_id, currency=self.payment.currency)
        return [(row, row.left) for row in rows.filter(left__gt=0).order_by("id")]

    @property
    def leaning(self) -> Decimal:
        """Money of this payment that has already been refunded: on lines, and by free refunds."""
        return self._refunded_free() + self._refunded_on_lines()

    def _refunded_free(self) -> Decimal:
        return sum((one.amount for one in self.allocations if one.refund_id and not one.is_dead), NONE)

    def _refunded_on_lines(self) -> Decimal:
        mine = Sum("amount", filter=Q(allocation__payment=self.payment.pk), default=NONE)
        free = AllocationLine.objects.filter(
            invoice_line__isnull=True, order_line__in=lines_of(self.payment).values("order_line")
        )
        rows = free.values("order_line").annotate(pool=Sum("amount"), mine=mine)
        return sum((max(row["mine"] - max(row["pool"], NONE), NONE) for row in rows if row["mine"] > 0), NONE)


def placing_of(payment: Payment) -> Placing:
    """Read what there is to know of a payment's allocations: one query, one more per kind of target still pending."""
    gone = PaymentReversal.objects.filter(payment=OuterRef("refund"))
    lines = AllocationLine.objects.filter(allocation=OuterRef("pk"))
    rows = Allocation.objects.filter(payment=payment.pk).select_related("invoice", "order")
    allocations = list(rows.annotate(placed=Exists(lines), is_dead=Exists(gone)).order_by("id"))
    reversed_ = payment.state == Payment.State.CONFIRMED and PaymentReversal.objects.filter(payment=payment.pk).exists()
    placing = Placing(payment, allocations, reversed=reversed_)
    placing.rooms = dict(_rooms(payment, placing.pending))
    return placing


def _rooms(payment: Payment, pending: list[Allocation]) -> Iterator[tuple[Allocation, list[Room]]]:
    invoices = [one.invoice_id for one in pending if one.invoice_id]
    if invoices:
        opened: dict[int, list[Room]] = defaultdict(list)
        for line in open_lines(invoice__in=invoices):
            opened[line.invoice_id].append(Room(line.order_id, line.order_line_id, line.pk, line.open))
        yield from ((one, opened[one.invoice_id]) for one in pending if one.invoice_id)
    orders = [one.order_id for one in pending if one.order_id]
    if orders:
        room = refundable_rooms(orders) if payment.sign < 0 else order_rooms(orders)
        yield from ((one, room.get(one.order_id, [])) for one in pending if one.order_id)


def open_lines(**where: Any) -> list[Any]:
    """Lines of issued invoices that are not fully paid, each with `open`: oldest invoice first, one query."""
    red = InvoiceLine.objects.filter(red_of=OuterRef("pk"), invoice__state=Invoice.State.ISSUED)
    paid = AllocationLine.objects.filter(invoice_line=OuterRef("pk"))
    rows = InvoiceLine.objects.filter(invoice__state=Invoice.State.ISSUED, red_of__isnull=True, **where)
    rows = rows.annotate(open=F("amount") + sum_of(red, "red_of") - sum_of(paid, "invoice_line")).filter(open__gt=0)
    return list(rows.order_by("invoice__date", "invoice", "position"))


def sum_of(rows: Any, link: str) -> Coalesce:
    """Σ amount of the rows of one line, as a subquery."""
    total = rows.order_by().values(link).annotate(total=Sum("amount")).values("total")
    return Coalesce(Subquery(total, output_field=AMOUNT), ZERO)


def order_rooms(order_ids: Iterable[int]) -> dict[int, list[Room]]:
    """What each line of these orders can still take: its amount (what was shipped, if more) ± adjusted − received."""
    lines = list(OrderLine.objects.filter(order__in=list(order_ids)).order_by("order", "position"))
    sums = line_sums(line.pk for line in lines)
    rooms: dict[int, list[Room]] = defaultdict(list)
    for line in lines:
        own = sums.get(line.pk)
        due = line.amount if own is None else _due(line, own)
        rooms[line.order_id].append(Room(line.order_id, line.pk, None, max(due, NONE)))
    return rooms


def _due(line: OrderLine, sums: dict[str, Decimal]) -> Decimal:
    goal = sums["shipped_amount"] if line.closed else max(line.amount, sums["shipped_amount"])
    return goal + sums["adjusted"] - sums["received"]


def refundable_rooms(order_ids: Iterable[int]) -> dict[int, list[Room]]:
    """Money that lies on the lines of these orders and on no invoice: what can be given back."""
    free = AllocationLine.objects.filter(order__in=list(order_ids), invoice_line__isnull=True)
    rows = free.values("order", "order_line").annotate(pool=Sum("amount")).filter(pool__gt=0).order_by("order_line")
    rooms: dict[int, list[Room]] = defaultdict(list)
    for row in rows:
        rooms[row["order"]].append(Room(row["order"], row["order_line"], None, row["pool"]))
    return rooms


def with_unallocated(payments: Any) -> Any:
    """Each payment with `left`, what of it is given to nothing (withdrawn refunds give it back)."""
    mine = Allocation.objects.filter(payment=OuterRef("pk")).exclude(refund__reversal__isnull=False)
    return payments.annotate(left=F("amount") - sum_of(mine, "payment"))


def lines_of(payment: Payment) -> Any:
    """Where this payment's money lies."""
    return AllocationLine.objects.filter(allocation__payment=payment.pk)


def _over(payment: Payment, allocation: Allocation) -> str:
    if payment.sign < 0:
        return _("业务单 %(target)s 上没有对应发票的预收只有 %(room)s 元，退不了 %(asked)s 元；已开票的请先开红字发票")
    if allocation.invoice_id:
        return _("发票 %(target)s 还欠 %(room)s 元，分不下 %(asked)s 元")
    return _("业务单 %(target)s 还要收 %(room)s 元，分不下 %(asked)s 元")
