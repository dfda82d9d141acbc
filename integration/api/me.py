"""Who am I: `GET /api/v1/me/`."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from workflow.rest import Api


class MeOut(serializers.Serializer[Any]):
    """The person or machine behind the token."""

    username = serializers.CharField()
    name = serializers.CharField()
    role = serializers.CharField()
    department = serializers.CharField(source="department.code", default=None)
    rights = serializers.ListField(child=serializers.CharField())


class Me(Api):
    """谁在用这个令牌。"""

    @extend_schema(responses=MeOut)
    def get(self, request: Any) -> Response:
        """用户名、姓名、岗位、部门与权利。"""
        body = MeOut(self.user).data
        return Response({**body, "rights": sorted(self.user.rights)})
