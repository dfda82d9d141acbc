"""orders/{n}/adjustments/, adjustments/{id}/: 应收调整（A63）。"""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from ledger import services
from ledger.api.shared import CREATED, LedgerApi
from ledger.models import Adjustment
from orders.models import Order, OrderLine
from orders.selectors import visible_orders
from workflow.inputs import Money, PlainText, Reason, StrictSerializer
from workflow.rest import found, named


class SignedMoney(Money):
    """金额，可以为负。"""

    def to_internal_value(self, data: Any) -> Any:
        text = data.strip() if isinstance(data, str) else data
        if isinstance(text, str) and text.startswith("-"):
            return -super().to_internal_value(text[1:])
        if isinstance(text, int) and not isinstance(text, bool) and text < 0:
            return -super().to_internal_value(-text)
        return super().to_internal_value(text)


class AdjustmentShape(StrictSerializer):
    """哪一行加减多少、为什么。"""

    line = serializers.IntegerField(min_value=1, help_text="业务单行的 id")
    amount = SignedMoney(help_text="减应收写负数")
    kind = serializers.ChoiceField(Adjustment.Kind.choices)
    reason = PlainText(several_lines=True)


class AdjustmentOut(serializers.Serializer[Any]):
    """一笔调整。"""

    id = serializers.IntegerField()
    state = serializers.CharField()
    state_display = serializers.CharField(source="get_state_display")
    kind = serializers.CharField()
    order = serializers.CharField(source="order.number")
    line = serializers.IntegerField(source="order_line_id")
    amount = Money()
    reason = serializers.CharField()
    proposed_by = serializers.CharField(source="proposed_by.username")
    decided_by = serializers.CharField(source="decided_by.username", default=None)
    decided_on = serializers.DateField()
    version = serializers.IntegerField(source="revision")


class Adjustments(LedgerApi):
    """一张业务单的应收调整。"""

    def order(self, number: str) -> Order:
        """The order, if this person sees it."""
        order: Order = found(visible_orders(self.user).numbered(number))
        return order

    @extend_schema(summary="应收调整列表", responses=AdjustmentOut(many=True))
    def get(self, request: Any, number: str) -> Response:
        """这张单上的调整。"""
        rows = self.order(number).adjustments.select_related("order", "proposed_by", "decided_by").order_by("-id")
        return Response({"results": AdjustmentOut(rows, many=True).data, "next": None, "previous": None})

    @extend_schema(summary="提出应收调整", request=AdjustmentShape, responses={201: AdjustmentOut})
    def post(self, request: Any, number: str) -> Response:
        """财务提出，总监批准以后才动应收。"""
        given = self.read(AdjustmentShape)
        order = self.order(number)
        line = named(OrderLine, "line", pk=given.pop("line"), order=order)
        line.order = order
        made = services.propose_adjustment(line, actor=self.user, **given)
        return self.document(made, dict(AdjustmentOut(made).data), CREATED)


class AdjustmentDetail(LedgerApi):
    """一笔应收调整。"""

    def one(self, pk: int) -> Adjustment:
        """The adjustment, if this person sees its order."""
        rows = Adjustment.objects.filter(order__in=visible_orders(self.user))
        adjustment: Adjustment = found(rows.select_related("order", "proposed_by", "decided_by"), pk=pk)
        return self.expected(adjustment)

    def answer(self, adjustment: Adjustment) -> Response:
        """The fresh document."""
        return self.document(adjustment, dict(AdjustmentOut(adjustment).data))

    @extend_schema(summary="应收调整", responses=AdjustmentOut)
    def get(self, request: Any, pk: int) -> Response:
        """一笔调整，连同此人能做的动作。"""
        return self.answer(self.one(pk))


class Approve(AdjustmentDetail):
    """批准。"""

    http_method_names = ["post", "options"]

    @extend_schema(summary="批准应收调整", request=None, responses=AdjustmentOut)
    def post(self, request: Any, pk: int) -> Response:
        """应收随之加减。"""
        self.expect_nothing()
        return self.answer(services.approve_adjustment(self.one(pk), actor=self.user))


class Refuse(AdjustmentDetail):
    """不批准。"""

    http_method_names = ["post", "options"]

    @extend_schema(summary="不批准应收调整", request=Reason, responses=AdjustmentOut)
    def post(self, request: Any, pk: int) -> Response:
        """写明理由，应收不动。"""
        return self.answer(services.refuse_adjustment(self.one(pk), self.read(Reason)["reason"], actor=self.user))
