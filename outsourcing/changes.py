"""更改碰到的外协：还开着的加工单，和发出去没有退回的材料（第二十二条）。"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Sum, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from orders.events import Impact
from orders.models import Order
from orders.services import Changes
from outsourcing.models import MaterialIssue, OutsourcingLine, OutsourcingOrder
from workflow.templatetags.wording import quantity

NOTHING = Value(Decimal(0))


def impacts_of(order: Order, changes: Changes) -> Iterator[Impact]:
    """一句一条：哪张加工单在做哪一行，发了多少料没有退。"""
    touched = {change.line for change in changes.lines}
    rows = OutsourcingLine.objects.filter(outsourcing__order=order, outsourcing__state__in=OutsourcingOrder.OPEN)
    for row in rows.select_related("outsourcing", "line").order_by("id"):
        if changes.cancel or row.line_id in touched:
            yield _open(row)
    yield from _material(order, changes, touched)


def _open(row: OutsourcingLine) -> Impact:
    document = row.outsourcing
    words = _("外协加工单 %(number)s（%(processor)s，%(state)s）在做第 %(n)s 行 %(quantity)s %(unit)s，要通知加工商")
    given = {
        "number": document.number,
        "processor": document.processor_name,
        "state": document.get_state_display(),
        "n": row.line.position,
        "quantity": quantity(row.quantity),
        "unit": row.line.unit,
    }
    return Impact(words % given, "do", reverse("outsourcing:detail", args=[document.number]))


def _material(order: Order, changes: Changes, touched: set[int | None]) -> Iterator[Impact]:
    returned = Coalesce(Sum("returns__quantity"), NOTHING)
    issues = MaterialIssue.objects.filter(outsourcing__order=order).annotate(back=returned)
    for issue in issues.select_related("outsourcing", "line__line").order_by("id"):
        concerned = changes.cancel or issue.line is None or issue.line.line_id in touched
        if concerned and issue.quantity > issue.back:
            words = _("加工单 %(number)s 已发料「%(material)s」%(quantity)s，还没有退回或用完")
            given = {"number": issue.outsourcing.number, "material": issue.material}
            page = reverse("outsourcing:detail", args=[issue.outsourcing.number])
            yield Impact(words % {**given, "quantity": quantity(issue.quantity - issue.back)}, "loss", page)
