"""Visits: one order's, or one round over many orders (A6.4a)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from orders.api.orders import OrderApi
from orders.models import Order
from orders.selectors import visible_orders
from production.api.shapes import RoundOut, RoundShape, VisitOut, VisitShape, visit_body, visit_input
from production.models import Quality, Schedule, Visit
from production.selectors import with_parts
from production.services import VisitInput, visit_order, visit_orders
from workflow.inputs import PlainDate
from workflow.rest import Api

CHOICES = {"schedule": Schedule.values, "quality": Quality.values}
SHARED = ("process", "schedule", "quality", "note", "at")


class OrderVisits(OrderApi):
    """一张业务单的巡查。"""

    parameters = ("schedule", "quality")

    @extend_schema(responses=VisitOut(many=True))
    def get(self, request: Any, number: str) -> Response:
        """这张单的巡查，后登记的在前，游标分页。"""
        return self.listed(chosen(Visit.objects.filter(order=self.order(number)), request), bodies)

    @extend_schema(request=VisitShape, responses={201: VisitOut})
    def post(self, request: Any, number: str) -> Response:
        """登记一次巡查（第六条）：半日由系统算，累计数不能悄悄变少。"""
        order = self.expected(self.order(number))
        visit = visit_order(order, visit_input(self.read(VisitShape)), actor=self.user)
        return Response(visit_body(visit), status=201)


class Visits(Api):
    """各单的巡查，与一趟多单的登记。"""

    parameters = ("order", "coordinator", "schedule", "quality", "from", "to")

    @extend_schema(responses=VisitOut(many=True))
    def get(self, request: Any) -> Response:
        """看得见的巡查，后登记的在前，游标分页。"""
        rows = chosen(Visit.objects.visible_to(self.user), request)
        if number := request.query_params.get("order"):
            rows = rows.filter(order__in=Order.objects.numbered(number))
        if coordinator := request.query_params.get("coordinator"):
            rows = rows.filter(order__coordinator__username=coordinator)
        for name, look_up in (("from", "day__gte"), ("to", "day__lte")):
            if text := request.query_params.get(name):
                rows = rows.filter(**{look_up: PlainDate().to_internal_value(text)})
        return self.listed(rows, bodies)

    @extend_schema(request=RoundShape, responses={201: RoundOut})
    def post(self, request: Any) -> Response:
        """一趟车间许多单，一次登记；有一张不行就全都不登（第六条）。"""
        visits = visit_orders(self._entries(self.read(RoundShape)), actor=self.user)
        return Response({"round": str(visits[0].round), "visits": [visit_body(one) for one in visits]}, status=201)

    def _entries(self, given: dict[str, Any]) -> list[tuple[Order, VisitInput]]:
        shared = {name: given[name] for name in SHARED if name in given}
        return [
            (self._order(n, row.pop("order")), visit_input({**shared, **row})) for n, row in enumerate(given["orders"])
        ]

    def _order(self, n: int, number: str) -> Order:
        """By its number; one that is not there or not yours is an error at its place."""
        order: Order | None = visible_orders(self.user).numbered(number).first()
        if order is None:
            raise ValidationError(
                {f"orders.{n}.order": _("没有业务单 %(number)s，或者您看不到它") % {"number": number}}
            )
        return order


def chosen(rows: QuerySet[Visit], request: Any) -> QuerySet[Visit]:
    """Narrow by the findings that the query names."""
    for name, values in CHOICES.items():
        if value := request.query_params.get(name):
            if value not in values:
                raise ValidationError({name: _("没有「%(value)s」这个选项") % {"value": value[:20]}})
            rows = rows.filter(**{name: value})
    return with_parts(rows)


def bodies(visits: list[Visit]) -> list[dict[str, Any]]:
    """A page of visits."""
    return [visit_body(visit) for visit in visits]
