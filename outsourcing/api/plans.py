"""Outsourcing plans: what is sent out and why (A23.0, A23.1)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from orders.selectors import visible_orders
from outsourcing import services
from outsourcing.api.room import Room
from outsourcing.api.shapes import key
from outsourcing.models import OutsourcingPlan, PlanLine, Processor
from outsourcing.selectors import visible_plans
from outsourcing.services import PlanInput, PlannedLine
from parties.models import User
from workflow.inputs import Money, PlainDate, PlainText, Quantity, StrictSerializer
from workflow.rest import found, named


class PlanLineShape(StrictSerializer):
    """计划的一行。"""

    line = key()
    operation = PlainText(max_length=60)
    quantity = Quantity()
    reason = serializers.ChoiceField(PlanLine.Reason.choices, required=False)
    material = PlainText(required=False, allow_blank=True)
    start = PlainDate(required=False)
    finish = PlainDate(required=False)
    processor = PlainText(max_length=40, required=False)
    fee = Money(required=False)


class PlanShape(StrictSerializer):
    """一份外协计划的输入。"""

    order = PlainText(max_length=20)
    lines = PlanLineShape(many=True, allow_empty=False)
    on_site = PlainText(max_length=150, required=False)
    note = PlainText(several_lines=True, required=False, allow_blank=True)


class PlanLineOut(serializers.Serializer[Any]):
    """计划一行的样子。"""

    id = serializers.IntegerField()
    line = serializers.IntegerField(source="line_id")
    operation = serializers.CharField()
    quantity = Quantity()
    reason = serializers.CharField()
    material = serializers.CharField()
    start = serializers.DateField()
    finish = serializers.DateField()
    processor = serializers.CharField(source="processor.code", default=None)
    fee = Money()


class PlanOut(serializers.Serializer[Any]):
    """一份外协计划的样子。"""

    number = serializers.CharField()
    state = serializers.CharField()
    state_display = serializers.CharField(source="get_state_display")
    order = serializers.CharField(source="order.number")
    on_site = serializers.CharField(source="on_site.username", default=None)
    note = serializers.CharField()
    made_by = serializers.CharField(source="made_by.username")
    approved_by = serializers.CharField(source="approved_by.username", default=None)
    lines = PlanLineOut(many=True, source="lines.all")


def bodies(plans: list[OutsourcingPlan], user: User) -> list[dict[str, Any]]:
    """Plans as replies; estimated fees only for people with the right to see money."""
    found_plans: list[dict[str, Any]] = list(PlanOut(plans, many=True).data)
    if not user.may("orders.view_money"):
        for plan in found_plans:
            for line in plan["lines"]:
                line.pop("fee")
    return found_plans


class PlanApi(Room):
    """An address below one plan, as far as the caller sees it."""

    def plan(self, number: str) -> OutsourcingPlan:
        """By its number; 404 when absent or not yours."""
        plan: OutsourcingPlan = found(visible_plans(self.user).numbered(number))
        return plan

    def reply(self, plan: OutsourcingPlan, status: int = 200) -> Response:
        """The fresh document."""
        return self.document(plan, bodies([plan], self.user)[0], status)


class Plans(PlanApi):
    """外协计划列表与新计划。"""

    parameters = ("state",)

    @extend_schema(responses=PlanOut(many=True))
    def get(self, request: Any) -> Response:
        """看得见的外协计划，新的在前，游标分页。"""
        rows = visible_plans(self.user)
        if state := request.query_params.get("state"):
            if state not in OutsourcingPlan.State.values:
                raise ValidationError({"state": _("没有「%(state)s」这个状态") % {"state": state[:20]}})
            rows = rows.filter(state=state)
        return self.listed(rows, lambda plans: bodies(plans, self.user))

    @extend_schema(request=PlanShape, responses={201: PlanOut})
    def post(self, request: Any) -> Response:
        """制造部或跟单员提出外发（第四章，外协计划）。"""
        given = self.read(PlanShape)
        order = visible_orders(self.user).numbered(given["order"]).first()
        if order is None:
            raise ValidationError({"order": _("没有业务单 %(number)s，或者您看不到它") % {"number": given["order"]}})
        on_site = named(User, "on_site", username=given["on_site"]) if "on_site" in given else None
        rows = [self._line(n, row) for n, row in enumerate(given["lines"])]
        plan = services.create_plan(order, PlanInput(rows, given.get("note", ""), on_site), actor=self.user)
        return self.reply(self.plan(plan.number), status=201)

    def _line(self, n: int, row: dict[str, Any]) -> PlannedLine:
        if "processor" in row:
            row = {**row, "processor": named(Processor, f"lines.{n}.processor", code=row["processor"])}
        return PlannedLine(**row)


class PlanDetail(PlanApi):
    """一份外协计划。"""

    @extend_schema(responses=PlanOut)
    def get(self, request: Any, number: str) -> Response:
        """读一份外协计划，连同此人现在能做的动作。"""
        return self.reply(self.plan(number))


class PlanApprove(PlanApi):
    """批准外协计划（第四章，外协计划）。"""

    @extend_schema(request=None, responses=PlanOut)
    def post(self, request: Any, number: str) -> Response:
        """计划部批准，取号。"""
        self.expect_nothing()
        plan = services.approve_plan(self.expected(self.plan(number)), actor=self.user)
        return self.reply(plan)
