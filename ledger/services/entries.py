"""入账：发货、退货即入账，更正另起一行（A61）。"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef, Subquery, Sum
from django.utils.translation import gettext as _

from ledger.balances import AMOUNT
from ledger.models import Entry
from orders.models import Order, OrderLine
from orders.models.line import amounts
from orders.services import reckon_closed
from parties.models import User
from shipping.events import LineDispatched, LineReturned
from workflow import clock
from workflow.guards import WrongState
from workflow.machine import locked, record, together

NONE = Decimal(0)
CREDIT = "credit"


@dataclass
class Priced:
    """A line at one price: how much of it has been entered, so that each further part takes the running remainder.

    The amount of a part is what the running total grows by; whatever the parts, they add up to the whole (I10).
    """

    line: OrderLine
    price: Decimal
    entered: Decimal = NONE

    def take(self, quantity: Decimal) -> tuple[Decimal, Decimal]:
        """(含税金额, 税额) of the next part, negative for goods that come back."""
        before, after = self._whole(self.entered), self._whole(self.entered + quantity)
        self.entered += quantity
        return after[0] - before[0], after[1] - before[1]

    def _whole(self, quantity: Decimal) -> tuple[Decimal, Decimal]:
        order = self.line.order
        sign = -1 if quantity < 0 else 1
        gross, tax = amounts(
            abs(quantity), self.price, tax_rate=order.tax_rate, prices_include_tax=order.prices_include_tax
        )
        return sign * gross, sign * tax


class Book:
    """The running totals of the lines that one delivery or return touches: one query, one more for an older price."""

    def __init__(self, line_ids: Iterable[int]) -> None:
        self.ids = set(line_ids)
        entered = Subquery(entered_sum(OuterRef("pk"), unit_price=OuterRef("unit_price")), output_field=AMOUNT)
        charges = Exists(OrderLine.objects.fees().filter(order=OuterRef("order"), closed=False))
        rows = OrderLine.objects.filter(pk__in=self.ids).select_related("order")
        rows = rows.annotate(entered=entered, charges=charges)
        self.lines = {line.pk: line for line in rows}
        self.priced = {(pk, line.unit_price): _priced(line) for pk, line in self.lines.items()}

    def at(self, line_id: int, price: Decimal) -> Priced:
        """The running total of a line at a price."""
        key = (line_id, price)
        if key not in self.priced:
            entered = _entries_of(line_id).filter(unit_price=price).aggregate(total=Sum("billable", default=NONE))
            self.priced[key] = Priced(self.lines[line_id], price, entered["total"])
        return self.priced[key]


def _entries_of(line: Any) -> Any:
    return Entry.objects.filter(order_line=line).exclude(kind=Entry.Kind.CORRECTION).order_by()


def entered_sum(line: Any, **at: Any) -> Any:
    """How much of a line was entered (at a price), for a subquery."""
    return _entries_of(line).filter(**at).values("order_line").annotate(total=Sum("billable")).values("total")


def _priced(line: Any) -> Priced:
    return Priced(line, line.unit_price, line.entered or NONE)


def enter_dispatched(facts: Iterable[LineDispatched]) -> list[Entry]:
    """发货即入账，每行一笔；补发的不计价（第六章，A61）。"""
    facts = list(facts)
    book = Book(fact.order_line_id for fact in facts)
    entries: list[Entry] = Entry.objects.bulk_create(_dispatched(fact, book) for fact in facts)
    _reckon_closed(book.lines.values())
    return entries


def _dispatched(fact: LineDispatched, book: Book) -> Entry:
    line = book.lines[fact.order_line_id]
    replacement = fact.replaces is not None
    billable = NONE if replacement else fact.quantity
    price = NONE if replacement else line.unit_price
    amount, tax = (NONE, NONE) if replacement else book.at(line.pk, price).take(billable)
    return Entry(
        kind=Entry.Kind.REPLACEMENT if replacement else Entry.Kind.DISPATCH,
        order_id=line.order_id,
        order_line=line,
        customer_id=line.order.customer_id,
        delivery_line_id=fact.delivery_line_id,
        quantity=fact.quantity,
        billable=billable,
        unit_price=price,
        amount=amount,
        tax=tax,
        day=fact.on,
        remark=_("补发，不计价") if replacement else "",
        by_id=fact.actor_id,
    )


def enter_returned(facts: Iterable[LineReturned]) -> list[Entry]:
    """退货即入账：冲减的减应收，换货、返工、报废的只减实物（第六章，A56、A61）。"""
    facts = list(facts)
    book = Book(fact.order_line_id for fact in facts)
    earlier = Entry.objects.filter(order_line__in={fact.order_line_id for fact in facts})
    sent = list(earlier.exclude(kind=Entry.Kind.RETURN).order_by("id"))
    entries: list[Entry] = Entry.objects.bulk_create(_returned(fact, book, sent) for fact in facts)
    _reckon_closed(book.lines.values())
    return entries


def _reckon_closed(lines: Iterable[OrderLine]) -> None:
    """关了的行只值净发的：它又动了，业务单的合计跟着算（第二十二条、A62）。"""
    if closed := [line for line in lines if line.closed]:
        reckon_closed(closed)


def _returned(fact: LineReturned, book: Book, sent: list[Entry]) -> Entry:
    line = book.lines[fact.order_line_id]
    origin = next(one for one in sent if one.delivery_line_id == fact.delivery_line_id and one.quantity)
    credited = fact.kind == CREDIT
    price = _owed_price(origin, sent) if credited else NONE
    amount, tax = book.at(line.pk, price).take(-fact.quantity) if credited else (NONE, NONE)
    return Entry(
        kind=Entry.Kind.RETURN,
        order_id=line.order_id,
        order_line=line,
        customer_id=line.order.customer_id,
        delivery_line_id=fact.delivery_line_id,
        return_line_id=fact.return_line_id,
        follows=origin,
        quantity=-fact.quantity,
        billable=-fact.quantity if credited else NONE,
        unit_price=price,
        amount=amount,
        tax=tax,
        day=fact.on,
        remark=RETURN_WORDS.get(fact.kind, ""),
        by_id=fact.actor_id,
    )


RETURN_WORDS = {"credit": "退货冲减", "replace": "退货换货", "rework": "退货返工", "scrap": "退货报废"}


def _owed_price(origin: Entry, sent: list[Entry]) -> Decimal:
    """What the customer owes for it: the corrected price, and for a replacement, which came for nothing, the goods'."""
    if origin.kind == Entry.Kind.REPLACEMENT:
        paid = [one for one in sent if one.order_line_id == origin.order_line_id and one.billable]
        origin = paid[-1] if paid else origin
    corrected = [one.unit_price for one in sent if one.corrects_id == origin.pk]
    return corrected[0] if corrected else origin.unit_price


@together
def correct_entry(entry: Entry, unit_price: Decimal, reason: str, *, actor: User) -> Entry:
    """更正单价：另起一行，只记金额之差，指明所更正的行；一行只更正一次（第六章，A61）。"""
    order, reason = locked(entry.order), reason.strip()
    _may_correct(entry, reason, actor)
    corrected = _correction(entry, order, unit_price, reason, actor)
    if not corrected.amount and not corrected.tax:
        raise ValidationError({"unit_price": _("单价没有变，不用更正")})
    corrected.save()
    _reckon_closed([entry.order_line])
    record(
        order,
        "correct_entry",
        actor=actor,
        label=_("更正台账"),
        article="第六章，台账",
        rule="A61",
        reason=reason,
        data={"entry": entry.pk, "unit_price": unit_price, "amount": corrected.amount},
        save=False,
    )
    return corrected


def _may_correct(entry: Entry, reason: str, actor: User) -> None:
    if not actor.may("ledger.correct_entry"):
        raise PermissionDenied(_("只有财务能更正台账"))
    if not reason:
        raise ValidationError({"reason": _("请写明理由")})
    if entry.kind not in {Entry.Kind.DISPATCH, Entry.Kind.FEE}:
        raise WrongState(_("只有发货与费用的行能更正单价"))
    if Entry.objects.filter(corrects=entry.pk).exists():
        raise WrongState(_("这一行已经更正过，不能再更正"))


def _correction(entry: Entry, order: Order, unit_price: Decimal, reason: str, actor: User) -> Entry:
    gross, tax = amounts(
        entry.billable, unit_price, tax_rate=order.tax_rate, prices_include_tax=order.prices_include_tax
    )
    return Entry(
        kind=Entry.Kind.CORRECTION,
        order_id=entry.order_id,
        order_line_id=entry.order_line_id,
        customer_id=entry.customer_id,
        delivery_line_id=entry.delivery_line_id,
        follows=entry,
        corrects=entry,
        quantity=NONE,
        billable=NONE,
        unit_price=unit_price,
        amount=gross - entry.amount,
        tax=tax - entry.tax,
        day=clock.today(),
        remark=reason[:200],
        by=actor,
    )
