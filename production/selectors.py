"""Reads of the production floor: what passed, what was seen last, what waits."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, JSONObject

from orders.models import Order, OrderLine, State
from parties.models import User
from production.models import Inspection, Visit
from production.rights import VISIT
from workflow.calendar import HalfDay

PASSED = F("accepted") + F("concession")
NOTHING = Value(Decimal(0))


def passed_by_line(order_id: int) -> dict[int, Decimal]:
    """各行检验放行（合格加让步）多少；被更正的不算（A51）。"""
    rows = Inspection.objects.filter(order_id=order_id).standing()
    return dict(rows.values_list("line_id").annotate(passed=Sum(PASSED)))


def latest_visit(order_id: int) -> Visit | None:
    """最近一次巡查。"""
    found: Visit | None = Visit.objects.filter(order_id=order_id).standing().order_by("-at", "-id").first()
    return found


def visits_of(order: Order) -> QuerySet[Visit]:
    """一张单的巡查，新的在前，连同各行、照片、通知单。"""
    rows: QuerySet[Visit] = Visit.objects.filter(order=order)
    return with_parts(rows).order_by("-at", "-id")


def with_parts(rows: QuerySet[Visit]) -> QuerySet[Visit]:
    """巡查连同一页上要用的一切。"""
    return rows.select_related("order", "notice", "by", "corrected_by").prefetch_related(
        "lines__line", "photos__attachment"
    )


def inspections_of(order: Order) -> QuerySet[Inspection]:
    """一张单的检验，新的在前。"""
    rows: QuerySet[Inspection] = Inspection.objects.filter(order=order)
    return rows.select_related("order", "line", "notice", "by", "corrected_by").order_by("-at", "-id")


def to_visit(half: HalfDay) -> QuerySet[Order]:
    """生产中、这个半日还没有巡查的单（第六条，A6.4a）：一次查询。"""
    seen = Visit.objects.filter(order=OuterRef("pk")).within(half)
    rows: QuerySet[Order] = Order.objects.filter(~Exists(seen), state=State.PRODUCING)
    return rows


def visitable_by(user: User) -> QuerySet[Order]:
    """这个人要巡查的单：看得见的、生产中的（第三条）。"""
    rows: QuerySet[Order] = Order.objects.visible_to(user) if user.may(VISIT) else Order.objects.none()
    return rows.filter(state=State.PRODUCING)


def with_latest_visit(orders: QuerySet[Order]) -> QuerySet[Order]:
    """Annotate orders with their latest standing visit (`seen`, a dictionary or None): one index look-up each."""
    visits = Visit.objects.filter(order=OuterRef("pk")).standing().order_by("-at", "-id")
    found = visits.values(
        found=JSONObject(id="id", at="at", process="process", schedule="schedule", quality="quality", note="note")
    )
    return orders.annotate(seen=Subquery(found[:1]))


def passed_lines() -> QuerySet[OrderLine]:
    """Lines of the outer order that passed inspection for their quantity within tolerance."""
    passed = Inspection.objects.filter(line=OuterRef("pk")).standing().values("line").annotate(sum=Sum(PASSED))
    lines = OrderLine.objects.goods().alias(passed=Coalesce(Subquery(passed.values("sum")), NOTHING))
    return lines.filter(passed__gte=F("quantity") * (100 - F("under_percent")) / 100)


def figures_of(order_ids: Iterable[int]) -> QuerySet[Any, dict[str, Any]]:
    """Latest visit and number of passed lines of many orders: one query."""
    counted = passed_lines().filter(order=OuterRef("pk")).order_by().values("order")
    rows = with_latest_visit(Order.objects.filter(pk__in=list(order_ids))).annotate(
        passed=Coalesce(Subquery(counted.annotate(n=Count("pk")).values("n")), 0)
    )
    found: QuerySet[Any, dict[str, Any]] = rows.values("pk", "state", "seen", "passed")  # type: ignore[assignment]
    return found


def seen_in_production(order_ids: Iterable[int]) -> QuerySet[Any, dict[str, Any]]:
    """The latest visit of those of the orders that are in production."""
    rows: QuerySet[Any] = with_latest_visit(Order.objects.filter(pk__in=list(order_ids), state=State.PRODUCING))
    return rows.values("pk", "seen")
