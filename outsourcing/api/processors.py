"""Processors: list, create, read, change (A42)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from outsourcing import services
from outsourcing.models import Processor
from parties.models import User
from workflow.inputs import PlainText, StrictSerializer
from workflow.rest import Api, found


class ProcessorShape(StrictSerializer):
    """加工商：POST 与 PATCH 的内容，也是答复的样子。"""

    code = PlainText(max_length=40)
    name = PlainText(max_length=120)
    capability = PlainText(required=False, allow_blank=True)
    contact = PlainText(max_length=40, required=False, allow_blank=True)
    phone = PlainText(max_length=40, required=False, allow_blank=True)
    address = PlainText(required=False, allow_blank=True)
    terms = PlainText(max_length=100, required=False, allow_blank=True)
    external_id = PlainText(max_length=80, required=False, allow_blank=True)
    suspended = serializers.BooleanField(required=False)
    suspended_reason = PlainText(required=False, allow_blank=True)


def processor_body(processor: Processor) -> dict[str, Any]:
    """A processor as reply."""
    body: dict[str, Any] = ProcessorShape(processor).data
    return body


class Processors(Api):
    """加工商列表与新加工商。"""

    parameters = ("q", "suspended")

    @extend_schema(responses=ProcessorShape(many=True))
    def get(self, request: Any) -> Response:
        """加工商，游标分页；`suspended=false` 只要能选的。"""
        _may_look(self.user)
        rows = Processor.objects.all()
        if words := request.query_params.get("q"):
            rows = rows.filter(Q(code__icontains=words) | Q(name__icontains=words) | Q(capability__icontains=words))
        if suspended := request.query_params.get("suspended"):
            rows = rows.filter(suspended=suspended == "true")
        return self.listed(rows, lambda processors: [processor_body(row) for row in processors])

    @extend_schema(request=ProcessorShape, responses={201: ProcessorShape})
    def post(self, request: Any) -> Response:
        """新加工商；编号不能重复。"""
        processor = services.create_processor(**self.read(ProcessorShape), actor=self.user)
        return Response(processor_body(processor), status=201)


class ProcessorDetail(Api):
    """一家加工商。"""

    @extend_schema(responses=ProcessorShape)
    def get(self, request: Any, code: str) -> Response:
        """按编号读一家加工商。"""
        _may_look(self.user)
        return Response(processor_body(found(Processor.objects.all(), code=code)))

    @extend_schema(request=ProcessorShape(partial=True), responses=ProcessorShape)
    def patch(self, request: Any, code: str) -> Response:
        """改资料、停用或恢复；已有加工单上的快照不变（I30）。"""
        processor = found(Processor.objects.all(), code=code)
        given = self.read(ProcessorShape, partial=True)
        return Response(processor_body(services.edit_processor(processor, **given, actor=self.user)))


def _may_look(user: User) -> None:
    if not user.may("parties.view"):
        raise PermissionDenied(_("您没有看加工商的权限"))
