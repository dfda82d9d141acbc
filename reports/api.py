"""待办 over REST."""

from __future__ import annotations

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from workflow import clock
from workflow.duties import waiting_for
from workflow.rest import Api


class DutyOut(serializers.Serializer[Any]):
    """一件等着做的事。"""

    title = serializers.CharField()
    words = serializers.CharField()
    subject = serializers.CharField()
    about = serializers.CharField()
    by = serializers.DateTimeField()
    url = serializers.CharField()
    article = serializers.CharField()
    rule = serializers.CharField()


class Duties(Api):
    """此刻等着这个人做的事。"""

    @extend_schema(responses=DutyOut(many=True))
    def get(self, request: Any) -> Response:
        """待办，按期限先后。"""
        rows = DutyOut(waiting_for(self.user, clock.now()), many=True).data
        return Response({"results": rows, "next": None, "previous": None})


urlpatterns = [path("duties/", Duties.as_view(), name="duties")]
