"""An order walked through the shop: produced, visited, inspected, ready to ship."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone

from orders import services as orders
from orders.models import Order, OrderLine
from parties.models import User
from production import services
from production.models import Inspection, Visit
from production.services import InspectionInput, LineDone, VisitInput
from tests.cast import Cast
from tests.cast_reviews import issued


def producing(cast: Cast, **changes: Any) -> Order:
    """投产了，还没有巡查、没有检验。"""
    return orders.start_production(issued(cast, **changes), actor=cast.xiaoli)


def visit_input(order: Order, *done: str, process: str = "印刷", **changes: Any) -> VisitInput:
    """各行累计做到多少的一次巡查；没写的行按订货数算做完。"""
    figures = [*done, *(str(line.quantity) for line in order.goods_now[len(done) :])]
    lines = [LineDone(line.pk, Decimal(figure)) for line, figure in zip(order.goods_now, figures, strict=True)]
    return VisitInput(**({"lines": lines, "process": process} | changes))


def visited(cast: Cast, order: Order, *done: str, actor: User | None = None, **changes: Any) -> Visit:
    """登记了一次巡查。"""
    return services.visit_order(order, visit_input(order, *done, **changes), actor=actor or cast.xiaoli)


def inspector_of(cast: Cast, order: Order, line: OrderLine) -> User:
    """检这一行的品质部门的人。"""
    kind = line.business_kind or order.business_kind
    return cast.printing_qc if kind.code == "printing" else cast.paper_qc


def inspected(cast: Cast, order: Order, line: OrderLine, accepted: str = "", **changes: Any) -> Inspection:
    """一行检验过了；不写就是按订货数全部合格。"""
    given = InspectionInput(line=line.pk, accepted=Decimal(accepted or line.quantity), **changes)
    return services.inspect_line(order, given, actor=inspector_of(cast, order, line))


def passed(cast: Cast, **changes: Any) -> Order:
    """生产中，巡查报做完，各行全数检验合格。"""
    order = producing(cast, **changes)
    visited(cast, order)
    for line in order.goods_now:
        inspected(cast, order, line, report_no=f"J{line.pk}")
    fresh: Order = Order.objects.select_related("business_kind", "team").get(pk=order.pk)
    return fresh


def shipping_ready(cast: Cast, **changes: Any) -> Order:
    """生产完成，等发货。"""
    return orders.finish_production(passed(cast, **changes), actor=cast.xiaoli)


def clock_at(text: str) -> dt.datetime:
    """`2026-11-23 09:30` by the company's clock."""
    return timezone.make_aware(dt.datetime.strptime(text, "%Y-%m-%d %H:%M"))  # noqa: DTZ007 - made aware here
