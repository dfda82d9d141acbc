"""Files on an order over REST."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from orders.api.orders import OrderApi
from orders.kind_papers import DISPATCH, PRODUCTION, wanted_papers
from papers.services import attach, attachments_of


@extend_schema_serializer(component_name="OrderAttachment")
class AttachmentOut(serializers.Serializer[Any]):
    """一份附件。"""

    id = serializers.IntegerField()
    name = serializers.CharField()
    kind = serializers.CharField()
    media_type = serializers.CharField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()
    uploaded_by = serializers.CharField(source="uploaded_by_name")
    at = serializers.DateTimeField()


@extend_schema_serializer(component_name="OrderUpload")
class UploadShape(serializers.Serializer[Any]):
    """multipart：file 与 kind。"""

    file = serializers.FileField()
    kind = serializers.CharField(required=False, max_length=40)


@extend_schema_serializer(component_name="WantedPaper")
class WantedPaperOut(serializers.Serializer[Any]):
    """种类要齐的一份资料或单证；归档时 attachments 的 kind 写它的名称。"""

    name = serializers.CharField()
    before = serializers.ListField(
        child=serializers.ChoiceField(choices=[PRODUCTION, DISPATCH]), help_text="投产前、发货前要齐"
    )
    filed = serializers.BooleanField()
    attachments = serializers.ListField(child=serializers.IntegerField(), help_text="归档的附件 id，新的在前")


class WantedPapers(OrderApi):
    """种类要在这张单上齐的资料和单证（C8、D6）。"""

    @extend_schema(responses=WantedPaperOut(many=True))
    def get(self, request: Any, number: str) -> Response:
        """要齐的每一份，有没有归档。"""
        rows = [
            {
                "name": paper.name, "before": paper.before, "filed": not paper.missing,
                "attachments": [file.pk for file in paper.files],
            }
            for paper in wanted_papers(self.order(number))
        ]  # fmt: skip
        return Response({"results": WantedPaperOut(rows, many=True).data, "next": None, "previous": None})


class Attachments(OrderApi):
    """归到业务单上的文件（B8）。"""

    parser_classes = [MultiPartParser]

    @extend_schema(responses=AttachmentOut(many=True))
    def get(self, request: Any, number: str) -> Response:
        """这张单上的附件，新的在前。"""
        rows = attachments_of(self.order(number))
        return Response({"results": AttachmentOut(rows, many=True).data, "next": None, "previous": None})

    @extend_schema(request={"multipart/form-data": UploadShape}, responses={201: AttachmentOut})
    def post(self, request: Any, number: str) -> Response:
        """上传一份；按内容审类型，图片去掉位置信息。"""
        order = self.order(number)
        if not self.user.may("orders.view"):
            raise PermissionDenied(_("您不能往这张单上放文件"))
        file = request.FILES.get("file")
        if file is None:
            raise ValidationError({"file": _("还没有选文件")})
        kind = UploadShape(data={"file": file, "kind": request.data.get("kind") or "other"})
        kind.is_valid(raise_exception=True)
        kept = attach(file, about=order, actor=self.user, kind=kind.validated_data["kind"])
        return Response(AttachmentOut(kept).data, status=201)
