"""Each order as one row of the list: worded once in Python, so that fifty rows cost little."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from orders.models import Order, State
from orders.rights import leads, submitted_it
from orders.selectors import figures
from orders.steps import stands_at, statuses
from parties.models import User
from workflow import clock
from workflow.templatetags.wording import day, moment, money, quantity

SOON_DAYS = 5
ZERO = Decimal(0)
ALL, NOTHING = 100, 0


@dataclass(slots=True)
class Row:
    """An order as the list shows it."""

    number: str
    revision: int
    url: str
    rush: bool
    inserted: bool
    coordinator: str
    customer: str
    po: str
    products: str
    dots: SafeString
    state: str
    note: str
    due: str
    due_note: str
    due_tone: str
    why: str
    why_tone: str
    shipped: int | None
    raw_amount: Decimal
    uninvoiced: Decimal
    receivable: Decimal
    overdue: str
    may: str
    salesperson: str
    received: str
    promised: str
    kind: str

    @property
    def amount(self) -> str:
        return money(self.raw_amount)

    def __getitem__(self, name: str) -> Any:
        """A template asks for an item before it asks for an attribute: fifty rows answer at the first try."""
        try:
            return getattr(self, name)
        except AttributeError as error:
            raise KeyError(name) from error


@dataclass(frozen=True)
class Words:
    """What every row of a page says again: asked of the translations once."""

    today: dt.date
    page: str
    states: Mapping[str, str]
    no_po: str
    pending: str
    and_more: str
    left: str
    over: str
    due_today: str

    @classmethod
    def now(cls) -> Words:
        return cls(
            today=clock.today(),
            page=reverse("orders:detail", args=["NUMBER"]),
            states={str(value): str(label) for value, label in State.choices},
            no_po=_("无客户单号"),
            pending=_("原件待补"),
            and_more=_("%(first)s，等 %(n)d 项"),
            left=_("还有 %(n)d 天"),
            over=_("超 %(n)d 天"),
            due_today=_("就是今天"),
        )


def page_rows(orders: Iterable[Order], user: User) -> list[Row]:
    """The rows of one page with the higher floors' figures: a fixed number of queries."""
    orders = list(orders)
    found = figures(orders)
    words = Words.now()
    return [_row(order, found[order.pk], user, words) for order in orders]


def _row(order: Order, known: Mapping[str, Any], user: User, words: Words) -> Row:
    number = order.number
    due_note, due_tone = _distance(order, bool(known["at_risk"]), words)
    why, why_tone = _why(order, known["at_risk"], words)
    return Row(
        number=number,
        revision=order.revision,
        url=words.page.replace("NUMBER", number),
        rush=order.rush,
        inserted=order.inserted,
        coordinator=str(order.coordinator),
        customer=order.customer.called,
        po=order.customer_po or words.no_po,
        products=_products(order, words),
        dots=dots(tuple(statuses(order)), min(stands_at(order)[0] + 1, 6)),
        state=words.states[order.state],
        note=known.get("note", ""),
        due=day(order.delivery_date),
        due_note=due_note,
        due_tone=due_tone,
        why=why,
        why_tone=why_tone,
        shipped=_shipped(order, known),
        raw_amount=order.amount,
        uninvoiced=known.get("uninvoiced") or ZERO,
        receivable=known.get("receivable") or ZERO,
        overdue=known.get("overdue_words", ""),
        may=_may(order, user),
        salesperson=str(order.salesperson or "—"),
        received=moment(order.received_at),
        promised=day(order.promised_date),
        kind=order.business_kind.name,
    )


@lru_cache(maxsize=64)
def dots(steps: tuple[str, ...], step_no: int) -> SafeString:
    """The six bars; their word stands beside."""
    bars = format_html_join("", '<i class="{}"></i>', ((step,) for step in steps))
    label = _("第 %(n)d 步，共 6 步") % {"n": step_no}
    return format_html('<span class="dots" role="img" aria-label="{}">{}</span>', label, bars)


def _distance(order: Order, at_risk: bool, words: Words) -> tuple[str, str]:
    if order.ended or order.state == State.COLLECTING:
        return "", ""
    days = (order.delivery_date - words.today).days
    text = words.left % {"n": days} if days > 0 else words.over % {"n": -days} if days else words.due_today
    return text, "t-late" if at_risk or days < 0 else "t-risk" if days <= SOON_DAYS else "dim"


def _why(order: Order, at_risk: str, words: Words) -> tuple[str, str]:
    if at_risk:
        return at_risk, "t-late"
    return (words.pending, "t-risk") if order.original_pending else ("—", "dim")


def _products(order: Order, words: Words) -> str:
    """精装笔记本 5,000 本，等 2 项"""
    lines = order.lines.all()
    if not lines:
        return ""
    first = f"{lines[0].product_name} {quantity(lines[0].quantity)} {lines[0].unit}"
    return first if len(lines) == 1 else words.and_more % {"first": first, "n": len(lines)}


def _shipped(order: Order, known: Mapping[str, Any]) -> int | None:
    """Share of lines shipped, in percent; None where nothing is known yet."""
    total, shipped = len(order.lines.all()), known.get("shipped_lines")
    if shipped is None or not total:
        return {"none": NOTHING, "full": ALL}.get(str(known["shipping_status"]))
    return round(ALL * int(shipped) / total)


def _may(order: Order, user: User) -> str:
    """Which batch acts this row can take part in."""
    may = user.may("orders.accept") and leads(order, user) and submitted_it((order, user))
    return "accept" if order.state == State.SUBMITTED and may else ""


def page_totals(rows: Iterable[Row]) -> dict[str, Decimal]:
    """本页合计。"""
    rows = list(rows)
    return {
        "amount": sum((row.raw_amount for row in rows), ZERO),
        "uninvoiced": sum((row.uninvoiced for row in rows), ZERO),
        "receivable": sum((row.receivable for row in rows), ZERO),
    }
