"""notice-copies/: 谁手里有哪一版的第几份；原件归档（第六条）。"""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from orders.models import Order
from reviews import services, shapes
from reviews.api.answers import CopyOut, NoticeOut
from reviews.api.notices import OneNotice
from reviews.holdings import STATES, copies_seen
from reviews.models import NoticeCopy
from workflow.inputs import PlainText, StrictSerializer
from workflow.rest import Api


class HeldOut(CopyOut):
    """一份，连同它的通知单与业务单。"""

    notice = serializers.CharField()
    notice_state = serializers.CharField()
    order = serializers.CharField()


class OriginalPlaceShape(StrictSerializer):
    """原件归在哪里。"""

    place = PlainText(max_length=60)


def held_body(copy: NoticeCopy) -> dict[str, Any]:
    """A copy as reply, with what it is a copy of."""
    notice = copy.notice
    return {
        "notice": notice.number,
        "notice_state": notice.state,
        "order": notice.order.number,
        **shapes.copy_body(copy),
    }


class HeldCopies(Api):
    """谁手里有什么。"""

    parameters: ClassVar[tuple[str, ...]] = ("open", "department", "order")

    @extend_schema(summary="通知单各份的去向", operation_id="notice_copies_list", responses=HeldOut(many=True))
    def get(self, request: Request) -> Response:
        """看得见的各份，新的在前；open 是 sign 待签收、return 待收回、reported 报失待核准、lost 已遗失。"""
        rows, wanted = copies_seen(self.user), request.query_params
        if which := wanted.get("open"):
            if which not in STATES:
                raise ValidationError({"open": _("没有「%(which)s」") % {"which": which[:20]}})
            rows = rows.filter(STATES[which])
        if code := wanted.get("department"):
            rows = rows.filter(department__code=code)
        if number := wanted.get("order"):
            rows = rows.filter(notice__order__in=Order.objects.numbered(number))
        return self.listed(rows, lambda page: [held_body(copy) for copy in page])


class ArchiveOriginal(OneNotice):
    """原件归档（第六条）。"""

    @extend_schema(summary="签字原件归档", request=OriginalPlaceShape, responses=NoticeOut)
    def post(self, request: Request, number: str) -> Response:
        """签字的原件归在营销中心哪里。"""
        services.archive_original(self.one(number), self.read(OriginalPlaceShape)["place"], actor=self.user)
        return self.reply(self.one(number))
