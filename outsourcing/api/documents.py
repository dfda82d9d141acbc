"""Outsourcing orders: list, create, read."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from orders.models import Order
from orders.selectors import visible_orders
from outsourcing import services
from outsourcing.api.room import Room
from outsourcing.api.shapes import OutsourcingFull, OutsourcingShape, outsourcing_bodies
from outsourcing.models import OutsourcingOrder, OutsourcingPlan, Processor
from outsourcing.selectors import lines_of, searched, visible_outsourcing, visible_plans
from outsourcing.services import OutsourcedLine, OutsourcingInput
from workflow.rest import found, named


class OutsourcingApi(Room):
    """An address below one outsourcing order, as far as the caller sees it."""

    def outsourced(self, number: str) -> OutsourcingOrder:
        """By its number, formal or provisional; 404 when absent or not yours."""
        document: OutsourcingOrder = found(visible_outsourcing(self.user).numbered(number))
        return document

    def reply(self, document: OutsourcingOrder, status: int = 200) -> Response:
        """The fresh document."""
        return self.document(document, self.bodies([document])[0], status)

    def bodies(self, documents: list[OutsourcingOrder]) -> list[dict[str, Any]]:
        """Documents with their lines: one query for all of them."""
        return outsourcing_bodies(documents, lines_of(documents), self.user)


class Outsourcing(OutsourcingApi):
    """加工单列表与新加工单。"""

    parameters = ("state", "order", "processor", "q")

    @extend_schema(responses=OutsourcingFull(many=True))
    def get(self, request: Any) -> Response:
        """看得见的加工单，新的在前，游标分页。"""
        rows = visible_outsourcing(self.user)
        if state := request.query_params.get("state"):
            if state not in OutsourcingOrder.State.values:
                raise ValidationError({"state": _("没有「%(state)s」这个状态") % {"state": state[:20]}})
            rows = rows.filter(state=state)
        if number := request.query_params.get("order"):
            rows = rows.filter(order__in=Order.objects.numbered(number))
        if code := request.query_params.get("processor"):
            rows = rows.filter(processor__code=code)
        return self.listed(searched(rows, request.query_params.get("q", "")), self.bodies)

    @extend_schema(request=OutsourcingShape, responses={201: OutsourcingFull})
    def post(self, request: Any) -> Response:
        """开一张加工单（第四章，加工单）；停用的加工商不能选。"""
        given = self.read(OutsourcingShape)
        order = visible_orders(self.user).numbered(given["order"]).first()
        if order is None:
            raise ValidationError({"order": _("没有业务单 %(number)s，或者您看不到它") % {"number": given["order"]}})
        document = services.create_outsourcing(order, self._input(given), actor=self.user)
        return self.reply(self.outsourced(document.number), status=201)

    def _input(self, given: dict[str, Any]) -> OutsourcingInput:
        given = {name: value for name, value in given.items() if name != "order"}
        given["processor"] = named(Processor, "processor", code=given["processor"])
        given["lines"] = [OutsourcedLine(**row) for row in given["lines"]]
        if "plan" in given:
            given["plan"] = self._plan(given["plan"])
        return OutsourcingInput(**given)

    def _plan(self, number: str) -> OutsourcingPlan:
        plan: OutsourcingPlan | None = visible_plans(self.user).numbered(number).first()
        if plan is None:
            raise ValidationError({"plan": _("没有计划 %(number)s") % {"number": number}})
        return plan


class OutsourcingDetail(OutsourcingApi):
    """一张加工单。"""

    @extend_schema(responses=OutsourcingFull)
    def get(self, request: Any, number: str) -> Response:
        """读一张加工单，连同此人现在能做的动作。"""
        return self.reply(self.outsourced(number))
