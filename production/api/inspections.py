"""Inspections by the quality departments (A51)."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from orders.api.orders import OrderApi
from orders.models import Order
from production.api.shapes import InspectionOut, InspectionShape, inspection_body, inspection_input
from production.models import Inspection
from production.services import inspect_line
from workflow.rest import Api

PARTS = ("order", "notice", "by")


class OrderInspections(OrderApi):
    """一张业务单的检验。"""

    @extend_schema(responses=InspectionOut(many=True))
    def get(self, request: Any, number: str) -> Response:
        """这张单的检验，后登记的在前，游标分页。"""
        return self.listed(Inspection.objects.filter(order=self.order(number)).select_related(*PARTS), bodies)

    @extend_schema(request=InspectionShape, responses={201: InspectionOut})
    def post(self, request: Any, number: str) -> Response:
        """品质部门检验一行（第五章，品质放行）：合格与让步的即刻入成品库。"""
        order = self.expected(self.order(number))
        inspection = inspect_line(order, inspection_input(self.read(InspectionShape)), actor=self.user)
        return Response(inspection_body(inspection), status=201)


class Inspections(Api):
    """各单的检验。"""

    parameters = ("order",)

    @extend_schema(responses=InspectionOut(many=True))
    def get(self, request: Any) -> Response:
        """看得见的检验，后登记的在前，游标分页。"""
        rows = Inspection.objects.visible_to(self.user).select_related(*PARTS)
        if number := request.query_params.get("order"):
            rows = rows.filter(order__in=Order.objects.numbered(number))
        return self.listed(rows, bodies)


def bodies(inspections: list[Inspection]) -> list[dict[str, Any]]:
    """A page of inspections."""
    return [inspection_body(row) for row in inspections]
