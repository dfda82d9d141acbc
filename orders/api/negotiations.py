"""/api/v1/orders/{n}/negotiations/: what was said with the customer (第二十条)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from orders import services
from orders.api.orders import OrderApi
from orders.models import Negotiation
from orders.rights import negotiates
from orders.services import NegotiationInput
from workflow.inputs import PlainDate, PlainText, StrictSerializer


class NegotiationShape(StrictSerializer):
    """一次协商：客户的谁、怎么联系、说了什么、谈成什么。"""

    who = PlainText(max_length=60)
    how = PlainText(max_length=40)
    said = PlainText(several_lines=True)
    outcome = serializers.ChoiceField(choices=Negotiation.Outcome.choices, required=False)
    agreed_date = PlainDate(required=False, allow_null=True)
    at = serializers.DateTimeField(required=False, allow_null=True)


class NegotiationOut(serializers.ModelSerializer[Negotiation]):
    """一次协商。"""

    outcome_display = serializers.CharField(source="get_outcome_display")
    by = serializers.CharField(source="by_name")

    class Meta:
        model = Negotiation
        fields = ("id", "at", "who", "how", "said", "outcome", "outcome_display", "agreed_date", "by", "recorded_at")


class Negotiations(OrderApi):
    """与客户协商（第二十条）。"""

    @extend_schema(summary="协商记录", responses=NegotiationOut(many=True))
    def get(self, request: Any, number: str) -> Response:
        """谈过的，新的在前；只有办这张单的人看得到。"""
        order = self.order(number)
        if not (self.user.may("orders.negotiate") and negotiates(order, self.user)):
            raise PermissionDenied(_("与客户协商由这张单的跟单员、主任或业务员来记"))
        rows = order.negotiations.order_by("-at", "-pk")[:200]
        return Response({"results": NegotiationOut(rows, many=True).data, "next": None, "previous": None})

    @extend_schema(summary="记一次协商", request=NegotiationShape, responses={201: NegotiationOut})
    def post(self, request: Any, number: str) -> Response:
        """业务单在「与客户协商」时记。"""
        given = NegotiationInput(**self.read(NegotiationShape))
        entry = services.record_negotiation(self.expected(self.target(number)), given, actor=self.user)
        return Response(NegotiationOut(entry).data, status=201)
