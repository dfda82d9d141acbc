"""/api/v1/reviews/{id}/told/: who was told the result, when and how (A17b)."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from reviews import services
from reviews.api.base import CREATED
from reviews.api.rounds import OneRound
from reviews.models import Told
from reviews.services import ToldInput
from workflow.inputs import PlainText, StrictSerializer


class ToldShape(StrictSerializer):
    """告知：业务员或客户，谁，怎么说的，什么时候（不给就是现在）。"""

    whom = serializers.ChoiceField(choices=Told.Whom.choices)
    who = PlainText(max_length=60)
    how = PlainText(max_length=40)
    at = serializers.DateTimeField(required=False, allow_null=True)
    note = PlainText(several_lines=True, required=False, allow_blank=True)


class ToldOut(serializers.ModelSerializer[Told]):
    """一次告知。"""

    whom_display = serializers.CharField(source="get_whom_display")
    by = serializers.CharField(source="by_name")

    class Meta:
        model = Told
        fields = ("id", "whom", "whom_display", "who", "how", "at", "note", "by", "recorded_at")


class Tellings(OneRound):
    """结果告知（第二十条）。"""

    @extend_schema(summary="结果告知的记录", responses=ToldOut(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """告知过谁，新的在前。"""
        rows = self.one(pk).tellings.order_by("-at", "-pk")
        return Response({"results": ToldOut(rows, many=True).data, "next": None, "previous": None})

    @extend_schema(summary="记一次告知", request=ToldShape, responses={201: ToldOut})
    def post(self, request: Request, pk: int) -> Response:
        """下结论以后记；不挡签发。"""
        told = services.record_told(self.one(pk), ToldInput(**self.read(ToldShape)), actor=self.user)
        return Response(ToldOut(told).data, status=CREATED)
