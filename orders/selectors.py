"""Reads of the orders floor: pages, figures from all floors, timeline."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from orders.events import OrderChains, OrderFigures, Shipped, ShippedOf
from orders.models import Order, OrderLine, OrderQuerySet, State
from parties.models import User
from workflow.events import collect
from workflow.models import TransitionLog

WITHOUT_FIGURES = frozenset(
    {State.DRAFT, State.SUBMITTED, State.ACCEPTED, State.REVIEWING, State.NEGOTIATING, State.REJECTED}
)
NO_FIGURES: dict[str, Any] = {
    "shipping_status": "none",
    "invoicing_status": "none",
    "collection_status": "none",
    "at_risk": "",
}


RELATIONS = ("business_kind", "customer", "coordinator", "salesperson", "team")
LISTED = (
    *(column.name for column in Order._meta.concrete_fields if column.name != "search_text"),
    "business_kind__code", "business_kind__name", "customer__code", "customer__name", "customer__short_name",
    "coordinator__username", "coordinator__name", "salesperson__username", "salesperson__name", "team__supervisor",
)  # fmt: skip


def listed_orders(user: User) -> OrderQuerySet:
    """看得见的业务单，只带列表上要的列。"""
    rows: OrderQuerySet = visible_orders(user).only(*LISTED)
    return rows


def visible_orders(user: User) -> OrderQuerySet:
    """这个人看得见的业务单，连同列表要用的关系。"""
    rows: OrderQuerySet = Order.objects.visible_to(user).select_related(*RELATIONS)
    return rows


def figures(orders: Collection[Order], *, words: bool = True) -> dict[int, dict[str, Any]]:
    """Shipping, invoicing, collection, risk of many orders: one query per floor, whatever their number.

    An order that is not yet agreed has none of it, and the higher floors are not asked.
    """
    merged: dict[int, dict[str, Any]] = {order.pk: dict(NO_FIGURES) for order in orders}
    ids = tuple(order.pk for order in orders if order.state not in WITHOUT_FIGURES)
    if ids:
        for answer in collect(OrderFigures(ids, words)):
            for pk, row in answer.items():
                merged[pk].update(row)
    return merged


WITH_CUSTOMER = frozenset({"negotiate", "agree_as_reviewed"})


def reason_for(row: TransitionLog, user: User) -> str:
    """What a step of the timeline gives as its words: those spoken with the customer are marketing's (B7)."""
    return row.reason if row.move not in WITH_CUSTOMER or user.may("orders.view_money") else ""


def timeline(order: Order, limit: int = 200) -> QuerySet[TransitionLog]:
    """一张单上发生过的一切，新的在前（B8）。"""
    chains = [order.chain, *(chain for answer in collect(OrderChains(order.pk)) for chain in answer)]
    rows: QuerySet[TransitionLog] = TransitionLog.objects.filter(chain__in=chains).order_by("-at", "-id")[:limit]
    return rows


def order_files(order: Order) -> str:
    """Where an order's files are put."""
    return reverse("orders:detail", args=[order.number]) + "?tab=files"


def shipped_of(lines: Iterable[OrderLine]) -> dict[int, Shipped]:
    """各行净发了多少、值多少，问台账（A62）；没发过的是零。"""
    ids = tuple(line.pk for line in lines if line.pk is not None)
    found: dict[int, Shipped] = dict.fromkeys(ids, Shipped())
    for answer in collect(ShippedOf(ids)) if ids else ():
        found |= answer
    return found
