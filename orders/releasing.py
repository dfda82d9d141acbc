"""Where an order of two steps stands before its release: the due day, what was said, who may say more (C3b)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from orders.models import Order, ReleaseWord
from orders.models.states import BEFORE_ISSUE
from orders.rights import works
from parties.models import User
from workflow import clock


@dataclass(frozen=True)
class Release:
    """接单、下单分两步的单：哪天该下单，凭据有哪些，这个人还能登记哪几种（C3b）。"""

    due: dt.date
    late: bool
    words: list[ReleaseWord]
    choices: list[tuple[str, Any]]


def release_of(order: Order, user: User) -> Release | None:
    """The panel of release words; nothing where taking an order is releasing it."""
    days = order.kind.release_days
    if days is None:
        return None
    due = order.delivery_date - dt.timedelta(days=days)
    choices: list[tuple[str, Any]] = []
    if order.state in BEFORE_ISSUE:
        what = ReleaseWord.What
        if user.may("orders.record_release") and works(order, user):
            choices = list(what.choices)
        elif order.salesperson_id == user.pk:
            choices = [(what.SALESPERSON, what.SALESPERSON.label)]
    late = order.state in BEFORE_ISSUE and due < clock.today()
    return Release(due, late, list(order.release_words.select_related("by").order_by("pk")), choices)
