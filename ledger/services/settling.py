"""预收与发票之间：开票时预收转到票上，红字时多收的退回预收；一出一进，应收不动（A62、A63）。"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from ledger.billing import left_to_take_back
from ledger.models import AllocationLine, Invoice, InvoiceLine
from ledger.placing import open_lines

NONE = Decimal(0)
Cause = AllocationLine.Cause


@dataclass
class Held:
    """Money of one allocation on one line: on no invoice (a prepayment), or on one."""

    allocation_id: int
    order_id: int
    order_line_id: int
    amount: Decimal

    def moved(
        self, amount: Decimal, *, off: int | None, onto: int | None, cause: str, day: dt.date
    ) -> Iterator[AllocationLine]:
        """The pair of rows that moves so much of it: out here, in there, together nothing."""
        self.amount -= amount
        for invoice_line_id, signed in ((off, -amount), (onto, amount)):
            yield AllocationLine(
                allocation_id=self.allocation_id,
                order_id=self.order_id,
                order_line_id=self.order_line_id,
                invoice_line_id=invoice_line_id,
                cause=cause,
                amount=signed,
                day=day,
            )


def settle(order_line_ids: Iterable[int], *, day: dt.date) -> None:
    """预收冲票：这些行上的预收，转到开着的发票行上，先到先冲（A63）。"""
    pools = _prepaid(order_line_ids)
    if not pools:
        return
    made: list[AllocationLine] = []
    for line in open_lines(order_line__in=list(pools)):
        pool = pools[line.order_line_id]
        made += _fill(pool, line, day)
    AllocationLine.objects.bulk_create(made)


def _prepaid(order_line_ids: Iterable[int]) -> dict[int, list[Held]]:
    """Prepayments by line, oldest first, never more together than the line's pool (refunds lie there as negatives)."""
    rows = AllocationLine.objects.filter(order_line__in=list(order_line_ids), invoice_line__isnull=True)
    sums = rows.values_list("allocation", "order", "order_line").annotate(total=Sum("amount"))
    held: dict[int, list[Held]] = defaultdict(list)
    given_back: dict[int, Decimal] = defaultdict(Decimal)
    for allocation, order, line, total in sums.order_by("allocation"):
        if total > 0:
            held[line].append(Held(allocation, order, line, total))
        else:
            given_back[line] -= total
    for line, back in given_back.items():
        _take_away(held.get(line, []), back)
    return {line: pool for line, pool in held.items() if any(one.amount for one in pool)}


def _take_away(pool: list[Held], back: Decimal) -> None:
    for one in reversed(pool):
        taken = min(one.amount, back)
        one.amount -= taken
        back -= taken


def _fill(pool: list[Held], line: InvoiceLine, day: dt.date) -> list[AllocationLine]:
    made: list[AllocationLine] = []
    wanted: Decimal = line.open  # type: ignore[attr-defined]
    for held in pool:
        part = min(held.amount, wanted)
        if part > 0:
            made += held.moved(part, off=None, onto=line.pk, cause=Cause.SETTLED, day=day)
            wanted -= part
    return made


def release(red: Invoice, *, day: dt.date) -> None:
    """红字退回预收：原票行上收多了的，后到的先退（A63、I7）。"""
    originals = [line.red_of_id for line in red.lines_now]
    rows = AllocationLine.objects.filter(invoice_line__in=originals)
    sums = rows.values_list("invoice_line", "allocation", "order", "order_line").annotate(total=Sum("amount"))
    paid: dict[int, list[Held]] = defaultdict(list)
    for line, allocation, order, order_line, total in sums.order_by("-allocation"):
        if total > 0:
            paid[line].append(Held(allocation, order, order_line, total))
    if paid and red.red_of:
        standing = left_to_take_back(red.red_of)
        made = [row for line, pool in paid.items() for row in _released(line, pool, standing[line].amount, day)]
        AllocationLine.objects.bulk_create(made)


def _released(line: int, pool: list[Held], standing: Decimal, day: dt.date) -> Iterator[AllocationLine]:
    too_much = sum((held.amount for held in pool), NONE) - standing
    for held in pool:
        part = min(held.amount, too_much)
        if part > 0:
            yield from held.moved(part, off=line, onto=None, cause=Cause.RELEASED, day=day)
            too_much -= part
