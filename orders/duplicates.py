"""The same customer's purchase order number on another order: a warning with a link, never a refusal (A6.1a)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat, Upper
from django.urls import reverse
from django.utils.translation import gettext as _

from orders.models import Order, State
from parties.models import User
from workflow.templatetags.wording import day

MOST = 3


@dataclass(frozen=True)
class Same:
    """Another order with the same customer PO: in words, and its page for those who may see it."""

    words: str
    url: str = ""


def same_po(customer_id: int | None, po: str, *, apart_from: int | None, user: User) -> list[Same]:
    """客户、客户单号都一样的别的单，取消和拒绝的不算。"""
    if customer_id is None:
        return []
    rows = Order.objects.with_po(customer_id, po).exclude(pk=apart_from)
    found = list(rows.select_related("coordinator").order_by("-pk")[:MOST])
    return worded(found, user)


def worded(orders: Collection[Order], user: User) -> list[Same]:
    """Each of them in words; a colleague's order is named without its link."""
    mine = Order.objects.visible_to(user).filter(pk__in=[order.pk for order in orders])
    visible = set(mine.values_list("pk", flat=True)) if orders else set()
    return [
        Same(_words(order), reverse("orders:detail", args=[order.number]) if order.pk in visible else "")
        for order in orders
    ]


def _words(order: Order) -> str:
    words = _("客户单号 %(po)s 在 %(number)s 用过，%(name)s %(day)s 收单，现在是「%(state)s」")
    return words % {
        "po": order.customer_po,
        "number": order.number,
        "name": order.coordinator,
        "day": day(order.received_at),
        "state": order.get_state_display(),
    }


def doubles(orders: Collection[Order]) -> dict[int, list[Order]]:
    """For many orders at once, in one query: the other orders with the same customer and customer PO."""
    keys = {_key(order) for order in orders if order.customer_po.strip()}
    if not keys:
        return {}
    key = Concat(Cast(F("customer_id"), CharField()), Value(" "), Upper("customer_po"))
    rows = Order.objects.filter(customer__in={order.customer_id for order in orders}).exclude(customer_po="")
    rows = rows.annotate(key=key).filter(key__in=keys).exclude(state__in=(State.REJECTED, State.CANCELLED))
    by_key: dict[str, list[Order]] = {}
    for other in rows.select_related("coordinator").order_by("-pk")[: MOST * 100]:
        by_key.setdefault(_key(other), []).append(other)
    return {order.pk: [one for one in by_key.get(_key(order), []) if one.pk != order.pk][:MOST] for order in orders}


def _key(order: Order) -> str:
    return f"{order.customer_id} {order.customer_po.strip().upper()}"
