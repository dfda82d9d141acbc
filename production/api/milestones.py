"""Milestones of an order: planned by the signed review, actual from visits (A9.1, A21)."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from orders.api.orders import OrderApi
from production.follow import Follow
from production.progress import Standing


class MilestoneOut(serializers.Serializer[Any]):
    """一个节点：计划、实际、晚几个工作日、预计哪天。"""

    code = serializers.CharField()
    name = serializers.CharField()
    department = serializers.CharField(source="department_code")
    department_name = serializers.CharField(source="department")
    planned_from = serializers.DateField()
    planned = serializers.DateField()
    actual_from = serializers.DateField()
    actual_to = serializers.DateField()
    late_days = serializers.IntegerField(source="late")
    expected = serializers.DateField()


def body(standing: Standing) -> dict[str, Any]:
    """One milestone as reply; the shipment's own row has no code."""
    row: dict[str, Any] = MilestoneOut(standing).data
    return row


class OrderMilestones(OrderApi):
    """一张业务单的节点。"""

    @extend_schema(responses=MilestoneOut(many=True))
    def get(self, request: Any, number: str) -> Response:
        """节点的计划（评审签字）与实际（巡查、检验），按次序（第九条、第二十一条）。"""
        rows = Follow(self.order(number), self.user).standings
        return Response({"results": [body(row) for row in rows if row.code], "next": None, "previous": None})
