"""登记表单交上来：交两次只登记一张，没有改动就不留痕（第六条）。"""

from __future__ import annotations

from dataclasses import replace

from django.db import connection

from orders.models import Order
from orders.models.states import FORM
from orders.services.intake import OrderInput, create_order, edit_order
from parties.models import User
from workflow.machine import together


@together
def draft_once(given: OrderInput, token: str, *, actor: User) -> Order:
    """照表单登记；同一张表单再交，改的是已经登记的那一张（第六条）。"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"orders.form.{token}"])
    marked = replace(given, external_id=token, external_source=FORM)
    made: Order | None = Order.objects.filter(external_source=FORM, external_id=token, coordinator=actor).first()
    return (
        create_order(marked, actor=actor) if made is None else edit_order(made, by_position(marked, made), actor=actor)
    )


def by_position(given: OrderInput, order: Order) -> OrderInput:
    """A form that does not know its lines' ids yet: they are the order's, line by line."""
    ids = [line.pk for line in order.lines_now]
    lines = [replace(line, id=ids[place] if place < len(ids) else None) for place, line in enumerate(given.lines)]
    return replace(given, lines=lines)
