"""更改碰到的生产：已经做的、检的，和赶不上的节点（第二十二条）。"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from orders.events import Impact
from orders.models import Order, OrderLine
from orders.services import Changes, LineChange
from production.models import Milestone, Visit, VisitLine
from production.selectors import passed_by_line
from workflow.templatetags.wording import day, quantity

NOTHING = Decimal(0)


def impacts_of(order: Order, changes: Changes) -> Iterator[Impact]:
    """一句一条：各行做了多少、合格多少，哪些节点晚于新的要求交期。"""
    page = reverse("orders:detail", args=[order.number]) + "?tab=follow"
    done, passed = done_by_line(order), passed_by_line(order.pk)
    for line in order.goods_now:
        change = LineChange(line.pk, close=True) if changes.cancel else changes.of(line)
        if change is not None:
            yield from _of_line(line, change, done.get(line.pk, NOTHING), passed.get(line.pk, NOTHING), page)
    dates = [change.requested_date for change in changes.lines if change.requested_date]
    if dates:
        yield from _too_late(order, min(dates), page)


def done_by_line(order: Order) -> dict[int, Decimal]:
    """各行巡查看到最多做了多少（任何一道工序）。"""
    standing = Visit.objects.filter(order=order).standing()
    rows = VisitLine.objects.filter(visit__in=standing).values_list("line_id").annotate(done=Max("done_quantity"))
    return dict(rows.order_by())


def _of_line(line: OrderLine, change: LineChange, done: Decimal, passed: Decimal, page: str) -> Iterator[Impact]:
    named = {"n": line.position, "name": line.product_name, "unit": line.unit}
    less = change.close or (change.quantity is not None and change.quantity < max(done, passed))
    if not done and not passed:
        return
    if less:
        words = _("第 %(n)s 行「%(name)s」已做 %(done)s %(unit)s、检验合格 %(passed)s %(unit)s，多出来的怎样处理要说好")
        yield Impact(words % {**named, **_figures(done, passed)}, "loss", page)
    elif change.specification is not None:
        words = _("第 %(n)s 行「%(name)s」照旧规格已做 %(done)s %(unit)s，改规格的要返工或者报废")
        yield Impact(words % {**named, **_figures(done, passed)}, "loss", page)


def _figures(done: Decimal, passed: Decimal) -> dict[str, str]:
    return {"done": quantity(done), "passed": quantity(passed)}


def _too_late(order: Order, wanted: dt.date, page: str) -> Iterator[Impact]:
    for stone in Milestone.objects.of(order):
        if stone.planned > wanted:
            words = _("节点「%(name)s」（%(department)s）计划 %(planned)s，晚于新的要求交期 %(wanted)s")
            given = {"name": stone.name, "department": stone.department.name}
            yield Impact(words % {**given, "planned": day(stone.planned), "wanted": day(wanted)}, "do", page)
