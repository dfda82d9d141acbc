"""费用入账：开机费、制版费、打样费不生产、不发货，首次发货时随货入账，财务也可以提前（A61、A62、B1）。"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from ledger.balances import AMOUNT
from ledger.models import Entry
from ledger.services.entries import Book, entered_sum
from orders.models import Order, OrderLine, State
from orders.models.line import amounts
from parties.models import User
from workflow import clock
from workflow.guards import WrongState
from workflow.machine import locked, record, together

NONE = Decimal(0)
CHARGED_IN = (State.ISSUED, State.PRODUCING, State.SHIPPING, State.COLLECTING)
ARTICLE = "第六章，台账"


def fees_to_charge(order_ids: Collection[int]) -> list[Any]:
    """这些业务单还没入账的费用行，各还有多少（`left`）：一次查询。"""
    entered = Coalesce(Subquery(entered_sum(OuterRef("pk")), output_field=AMOUNT), Value(NONE), output_field=AMOUNT)
    rows = OrderLine.objects.fees().filter(order__in=list(order_ids), closed=False)
    rows = rows.annotate(left=F("quantity") - entered).filter(left__gt=0).select_related("order")
    return list(rows.order_by("order", "position"))


def fees_worth(order_ids: Collection[int]) -> dict[int, Decimal]:
    """还没入账的费用值多少，按业务单。"""
    worth: dict[int, Decimal] = {}
    for line in fees_to_charge(order_ids):
        order = line.order
        gross, _tax = amounts(
            line.left, line.unit_price, tax_rate=order.tax_rate, prices_include_tax=order.prices_include_tax
        )
        worth[order.pk] = worth.get(order.pk, NONE) + gross
    return worth


def enter_fees(order_ids: Collection[int], *, by: int, on: dt.date) -> list[Entry]:
    """把还没入账的费用记上台账；业务单已经锁住（第六章，A61）。"""
    lines = fees_to_charge(order_ids)
    if not lines:
        return []
    book = Book(line.pk for line in lines)
    entries: list[Entry] = Entry.objects.bulk_create(_entry(line, book, by, on) for line in lines)
    return entries


def _entry(line: Any, book: Book, by: int, on: dt.date) -> Entry:
    amount, tax = book.at(line.pk, line.unit_price).take(line.left)
    return Entry(
        kind=Entry.Kind.FEE,
        order_id=line.order_id,
        order_line=line,
        customer_id=line.order.customer_id,
        quantity=line.left,
        billable=line.left,
        unit_price=line.unit_price,
        amount=amount,
        tax=tax,
        day=on,
        by_id=by,
    )


@together
def charge_fees(order: Order, *, actor: User) -> list[Entry]:
    """财务把费用提前入账，好在发货以前开票（第六章，A61）；没有这一步，首次发货时自己入账。"""
    order = locked(order)
    if not actor.may("ledger.charge_fees"):
        raise PermissionDenied(_("只有财务能把费用入账"))
    if order.state not in CHARGED_IN:
        raise WrongState(_("现在是「%(state)s」，下单以后才有费用入账") % {"state": order.get_state_display()})
    entries = enter_fees([order.pk], by=actor.pk, on=clock.today())
    if not entries:
        raise WrongState(_("这张单没有还没入账的费用"))
    record(
        order, "charge_fees", actor=actor, label=_("费用入账"), article=ARTICLE, rule="A61",
        data={"amount": sum((entry.amount for entry in entries), NONE)}, save=False,
    )  # fmt: skip
    return entries
