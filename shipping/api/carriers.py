"""carriers/: 承运商（A55）。"""

from __future__ import annotations

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from shipping import services
from shipping.api import answers, shapes
from shipping.api.params import yes_or_no
from shipping.models import Carrier
from workflow.rest import Api, found

CREATED = 201


class Carriers(Api):
    """承运商（A55）。"""

    parameters: ClassVar[tuple[str, ...]] = ("q", "active")

    @extend_schema(responses=shapes.CarrierShape(many=True))
    def get(self, request: Request) -> Response:
        """承运商，按编号之外也可按名称找。"""
        rows = Carrier.objects.all()
        if words := request.query_params.get("q"):
            rows = rows.filter(name__icontains=words) | rows.filter(code__istartswith=words)
        if (active := request.query_params.get("active")) is not None:
            rows = rows.filter(active=yes_or_no("active", active))
        return self.listed(rows, lambda page: [answers.carrier_body(one) for one in page])

    @extend_schema(request=shapes.CarrierShape, responses={201: shapes.CarrierShape})
    def post(self, request: Request) -> Response:
        """登记一家承运商。"""
        carrier = services.add_carrier(self.read(shapes.CarrierShape), actor=self.user)
        return Response(answers.carrier_body(carrier), status=CREATED)


class OneCarrier(Api):
    """一家承运商。"""

    @extend_schema(responses=shapes.CarrierShape)
    def get(self, request: Request, code: str) -> Response:
        """一家承运商。"""
        return Response(answers.carrier_body(found(Carrier.objects.all(), code=code)))

    @extend_schema(request=shapes.CarrierShape(partial=True), responses=shapes.CarrierShape)
    def patch(self, request: Request, code: str) -> Response:
        """修改；停用用 active=false。"""
        carrier = found(Carrier.objects.all(), code=code)
        given = self.read(shapes.CarrierShape, partial=True)
        return Response(answers.carrier_body(services.edit_carrier(carrier, given, actor=self.user)))
