"""Orders that do not conform, over REST (A6.1f)."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from orders import services
from orders.api.orders import OrderApi
from orders.models import Nonconformity
from orders.selectors import visible_orders
from workflow.inputs import PlainText, Reason, StrictSerializer
from workflow.rest import Api, found


class AskedShape(StrictSerializer):
    """请了客户的谁、怎么请的、何时（不写就是现在）。"""

    how = PlainText(max_length=40)
    at = serializers.DateTimeField(required=False)

    def get_fields(self) -> dict[str, Any]:
        """`with` is a word of Python's own."""
        return {"with": PlainText(max_length=60), **super().get_fields()}


class SettledShape(StrictSerializer):
    """客户怎么改的。"""

    answer = PlainText(several_lines=True)


class NonconformityOut(serializers.Serializer[Any]):
    """一处不符合。"""

    id = serializers.IntegerField()
    state = serializers.CharField()
    state_display = serializers.CharField(source="get_state_display")
    reason = serializers.CharField()
    raised_by = serializers.CharField(source="raised_by.username")
    raised_at = serializers.DateTimeField()
    noted_by = serializers.CharField(source="noted_by.username", default=None)
    asked_with = serializers.CharField()
    asked_how = serializers.CharField()
    asked_at = serializers.DateTimeField()
    answer = serializers.CharField()


class Nonconformities(OrderApi):
    """不符合要求的单（第六条）。"""

    @extend_schema(responses=NonconformityOut(many=True))
    def get(self, request: Any, number: str) -> Response:
        """这张单上的不符合，新的在前。"""
        rows = self.order(number).nonconformities.select_related("raised_by", "noted_by").order_by("-id")
        return Response({"results": NonconformityOut(rows, many=True).data, "next": None, "previous": None})

    @extend_schema(request=Reason, responses={201: NonconformityOut})
    def post(self, request: Any, number: str) -> Response:
        """跟单员不接，写明哪里不符合；主任当即知道。"""
        reason = self.read(Reason)["reason"]
        made = services.raise_nonconformity(self.order(number), reason, actor=self.user)
        return Response(NonconformityOut(made).data, status=201)


class NonconformityAct(Api):
    """一处不符合的下一步。"""

    def one(self, pk: int) -> Nonconformity:
        """The nonconformity, as far as the caller sees its order."""
        rows = Nonconformity.objects.filter(order__in=visible_orders(self.user)).select_related("raised_by", "noted_by")
        one: Nonconformity = found(rows, pk=pk)
        return one

    def reply(self, one: Nonconformity) -> Response:
        """How it stands now."""
        return Response(NonconformityOut(one).data)


class Note(NonconformityAct):
    """主任知悉。"""

    @extend_schema(request=None, responses=NonconformityOut)
    def post(self, request: Any, pk: int) -> Response:
        """主任知悉跟单员不接的单。"""
        self.expect_nothing()
        return self.reply(services.note_nonconformity(self.one(pk), actor=self.user))


class AskCustomer(NonconformityAct):
    """请客户修改。"""

    @extend_schema(request=AskedShape, responses=NonconformityOut)
    def post(self, request: Any, pk: int) -> Response:
        """记下请了客户的谁、怎么请的、何时。"""
        given = self.read(AskedShape)
        given["with_whom"] = given.pop("with")
        return self.reply(services.ask_customer_to_amend(self.one(pk), **given, actor=self.user))


class Settle(NonconformityAct):
    """客户改好了。"""

    @extend_schema(request=SettledShape, responses=NonconformityOut)
    def post(self, request: Any, pk: int) -> Response:
        """记下客户怎么改的。"""
        return self.reply(services.settle_nonconformity(self.one(pk), **self.read(SettledShape), actor=self.user))
