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
