"""/api/v1/changes/: change requests line by line, their impact and their rounds (第二十二条)."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from reviews import change_shapes, services, shapes
from reviews.api.answers import ReviewRoundOut
from reviews.api.base import CREATED, OfOrder
from reviews.api.meeting import called
from reviews.impact import preview
from reviews.models import ChangeRequest
from reviews.selectors import at_hand, changes_of, rounds_of, with_answers
from workflow.inputs import Reason
from workflow.rest import Api


class Changes(OfOrder):
    """一张业务单的更改申请（第二十二条）。"""

    parameters: ClassVar[tuple[str, ...]] = ("state",)

    @extend_schema(summary="更改申请列表", responses=change_shapes.ChangeOut(many=True))
    def get(self, request: Request, number: str) -> Response:
        """新的在前。"""
        rows = changes_of(self.user).filter(order=self.order(number))
        if state := request.query_params.get("state"):
            if state not in ChangeRequest.State.values:
                raise ValidationError({"state": _("没有「%(state)s」这个状态") % {"state": state[:20]}})
            rows = rows.filter(state=state)
        whole = change_shapes.with_lines(rows)
        return self.listed(whole, lambda page: [change_shapes.change_body(one, self.user) for one in page])

    @extend_schema(summary="申请更改", request=change_shapes.ChangeShape, responses={201: change_shapes.ChangeOut})
    def post(self, request: Request, number: str) -> Response:
        """逐行写明改什么，或者整单取消；没写部门的，按改了什么来定。"""
        given = change_shapes.change_input(self.read(change_shapes.ChangeShape))
        change = services.request_change(self.order(number), given, actor=self.user)
        return self.document(change, change_shapes.change_body(change, self.user), CREATED)


class OneChange(Api):
    """一份更改申请。"""

    def one(self, pk: int) -> ChangeRequest:
        """The change, if this person sees it; as If-Match expects it."""
        return self.subject(ChangeRequest, changes_of, pk=pk)

    def reply(self, change: ChangeRequest) -> Response:
        """The fresh document."""
        return self.document(change, change_shapes.change_body(change, self.user))


class ChangeDetail(OneChange):
    """一份更改申请。"""

    @extend_schema(summary="一份更改申请", responses=change_shapes.ChangeOut)
    def get(self, request: Request, pk: int) -> Response:
        """改什么、走到哪里、现在能做什么。"""
        return self.reply(self.one(pk))

    @extend_schema(summary="改草稿", request=change_shapes.EditShape(partial=True), responses=change_shapes.ChangeOut)
    def patch(self, request: Request, pk: int) -> Response:
        """只写要改的；lines 写了就整个换掉。version 是读到的那一版，别人改过就是 409（If-Match 是 412）。"""
        change = self.one(pk)
        given = self.read(change_shapes.EditShape, partial=True)
        change.expected_revision = given.pop("version", change.revision)
        return self.reply(services.edit_change(change, change_shapes.edited_input(change, given), actor=self.user))


class ChangeImpactView(OneChange):
    """更改的影响。"""

    @extend_schema(summary="更改的影响", responses=change_shapes.ImpactOut)
    def get(self, request: Request, pk: int) -> Response:
        """谁签字以前都先看：做了什么、花了什么、赶不上什么、谁要知道，现在什么挡着。"""
        return Response(change_shapes.impact_body(preview(self.one(pk), self.user)))


class SubmitChange(OneChange):
    """提交（第二十二条）。"""

    @extend_schema(summary="提交更改申请", request=None, responses=change_shapes.ChangeOut)
    def post(self, request: Request, pk: int) -> Response:
        """取号，等主任组织评审。"""
        self.expect_nothing()
        return self.reply(services.submit_change(self.one(pk), actor=self.user))


class WithdrawChange(OneChange):
    """撤回（第二十二条）。"""

    @extend_schema(summary="撤回更改申请", request=change_shapes.WithdrawShape, responses=change_shapes.ChangeOut)
    def post(self, request: Request, pk: int) -> Response:
        """业务单照旧；没结束的评审关闭，没签的通知单作废。"""
        given = self.read(change_shapes.WithdrawShape)
        return self.reply(services.withdraw_change(self.one(pk), actor=self.user, reason=given.get("reason", "")))


class RefuseChange(OneChange):
    """不能改（第二十二条）。"""

    @extend_schema(summary="答复不能改", request=Reason, responses=change_shapes.ChangeOut)
    def post(self, request: Request, pk: int) -> Response:
        """主任答复不能改，写明理由。"""
        return self.reply(services.refuse_change(self.one(pk), self.read(Reason)["reason"], actor=self.user))


class AgreeWithoutReview(OneChange):
    """不用评审，同意更改（第二十二条）。"""

    @extend_schema(summary="只改单价，不用评审，同意", request=Reason, responses=change_shapes.ChangeOut)
    def post(self, request: Request, pk: int) -> Response:
        """主任写明理由；通知单（更改）照样由总经理签。"""
        given = self.read(Reason)
        return self.reply(services.agree_without_review(self.one(pk), given["reason"], actor=self.user))


class AgreeToChange(OneChange):
    """客户同意评审结果（第二十条）。"""

    @extend_schema(summary="客户同意按评审结果改", request=change_shapes.AgreeShape, responses=change_shapes.ChangeOut)
    def post(self, request: Request, pk: int) -> Response:
        """记下客户同意了什么，可以编制通知单（更改）了。"""
        given = self.read(change_shapes.AgreeShape)
        return self.reply(services.agree_to_change(self.one(pk), actor=self.user, **given))


class ChangeRounds(OneChange):
    """一份更改申请的各轮评审（第二十二条）。"""

    parameters: ClassVar[tuple[str, ...]] = ("state",)

    @extend_schema(summary="更改的评审列表", responses=ReviewRoundOut(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """各轮评审，新的在前。"""
        rows = rounds_of(self.user).filter(change=self.one(pk)).prefetch_related(with_answers())
        return self.listed(rows, lambda page: shapes.round_bodies([at_hand(one) for one in page], self.user))

    @extend_schema(summary="组织更改的评审", request=change_shapes.ChangeRoundShape, responses={201: ReviewRoundOut})
    def post(self, request: Request, pk: int) -> Response:
        """主任组织，departments 是请哪些部门（没写就是申请上的），业务单的状态不动。"""
        given = self.read(change_shapes.ChangeRoundShape)
        review = services.open_change_round(
            self.one(pk),
            given["form"],
            actor=self.user,
            reason=given.get("reason", ""),
            meeting=called(given),
            departments=change_shapes.departments_of(given),
        )
        return self.document(review, shapes.round_body(review, self.user), CREATED)
