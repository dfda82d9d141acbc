"""Somebody else was first: what stands now beside what was typed, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from orders.forms import REQUIREMENTS, OrderForm
from orders.guards import REQUIREMENT_NAMES
from orders.models import Basis, Order
from orders.services import LineInput, OrderInput
from parties.models.customer import PaymentTerms
from workflow.models import TransitionLog
from workflow.templatetags.wording import moment, quantity


@dataclass(frozen=True)
class Change:
    """A field in which the stored order and the typed one differ."""

    label: str
    now: str
    mine: str


def who_was_first(order: Order) -> str:
    """陈嘉俊 10:31 改过这张单。您填的都还在，没有丢。"""
    last = TransitionLog.objects.filter(subject_type=order._meta.db_table, subject_id=order.pk).order_by("-id").first()
    if last is None:
        return _("这张单别人改过了。您填的都还在，没有丢。")
    words = _("%(name)s %(at)s %(label)s。您填的都还在，没有丢。")
    return words % {"name": last.actor_name, "at": moment(last.at), "label": last.label}


def changes_between(order: Order, given: OrderInput) -> list[Change]:
    """Field by field, in the form's order; what is equal is left out."""
    return [change for change in _pairs(order, given) if change.now != change.mine]


def _pairs(order: Order, given: OrderInput) -> Iterator[Change]:
    fields = OrderForm.base_fields
    plain = {"customer_po": str, "requested_date": str, "confirmed_with": str}
    yield Change(str(fields["customer"].label), str(order.customer), str(given.customer))
    for name, word in plain.items():
        yield Change(str(fields[name].label), word(getattr(order, name)), word(getattr(given, name)))
    for name, words in {"payment_terms": PaymentTerms, "basis": Basis}.items():
        yield Change(str(fields[name].label), _word(words, getattr(order, name)), _word(words, getattr(given, name)))
    for name in REQUIREMENTS:
        now, mine = order.requirements.get(name, ""), given.requirements.get(name, "")
        yield Change(_(REQUIREMENT_NAMES[name]), now, mine)
    stored = [_line(line) for line in order.lines_now]
    typed = [_line(line) for line in given.lines]
    for place in range(max(len(stored), len(typed))):
        yield Change(_("第 %(n)d 行") % {"n": place + 1}, _at(stored, place), _at(typed, place))


def _word(choices: Any, value: str) -> str:
    return str(choices(value).label) if value in choices.values else value


def _line(line: Any) -> str:
    product = line.product if isinstance(line, LineInput) else None
    name = line.product_name or (product.name if product else "")
    figures = f"{quantity(line.quantity)} {line.unit} × {quantity(line.unit_price)}"
    return " ".join(filter(None, (name, line.specification, figures)))


def _at(rows: list[str], place: int) -> str:
    return rows[place] if place < len(rows) else ""
