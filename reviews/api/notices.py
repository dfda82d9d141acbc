"""/api/v1/notices/: 《业务通知单》 and its copies (第六条、第二十条、第二十二条)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from papers.models import Paper
from papers.responses import pdf_response
from reviews import services, shapes
from reviews.api.answers import CopyOut, NoticeOut
from reviews.api.base import CREATED, OfOrder, signing_proof
from reviews.models import Notice, NoticeCopy
from reviews.parts import PART, papers_for
from reviews.selectors import issued_paper, notices_of
from reviews.sight import sees_whole
from reviews.verifying import mark_broken_notices
from workflow.guards import WrongState
from workflow.inputs import Reason
from workflow.rest import Api, found

ANNEXES = {"1": "notice", "2": "review"}


# --- notices ----------------------------------------------------------------------------------------------------------
class NoticeView(Api):
    """What answers with a notice."""

    def reply(self, notice: Notice, status: int = 200, *, just_signed: bool = False) -> Response:
        """The fresh document with its copies and the public address where it can be verified."""
        if not just_signed:  # else its signature is of this very content
            mark_broken_notices([notice])
        return self.document(notice, self.body(notice), status)

    def body(self, notice: Notice) -> dict[str, Any]:
        """签发以后就完整：单号、各份、核验地址。"""
        copies = [shapes.copy_body(copy) for copy in notice.copies_now] if notice.issued_at else []
        if not copies and notice.state in {Notice.State.DRAFT, Notice.State.SIGNED}:
            copies = [shapes.planned_copy(row) for row in notice.content["copies"]]
        paper = issued_paper(notice)
        url = self.request.build_absolute_uri(paper.verify_url) if paper else None
        return shapes.notice_body(notice, copies, url)


class Notices(NoticeView, OfOrder):
    """一张业务单的业务通知单（第六条）。"""

    parameters: ClassVar[tuple[str, ...]] = ("state",)

    @extend_schema(summary="业务通知单列表", responses=NoticeOut(many=True))
    def get(self, request: Request, number: str) -> Response:
        """连同作废的，新的在前。"""
        rows = notices_of(self.user).filter(order=self.order(number))
        if state := request.query_params.get("state"):
            if state not in Notice.State.values:
                raise ValidationError({"state": _("没有「%(state)s」这个状态") % {"state": state[:20]}})
            rows = rows.filter(state=state)
        return self.listed(rows, self.bodies)

    def bodies(self, notices: list[Notice]) -> list[dict[str, Any]]:
        """Many of them; whose signature is broken is asked once."""
        mark_broken_notices(notices)
        return [self.body(notice) for notice in notices]

    @extend_schema(summary="编制业务通知单", request=None, responses={201: NoticeOut})
    def post(self, request: Request, number: str) -> Response:
        """跟单员编制，交总经理签发。"""
        self.expect_nothing()
        return self.reply(services.create_notice(self.order(number), actor=self.user), CREATED)


class OneNotice(NoticeView):
    """一张业务通知单。"""

    def one(self, number: str) -> Notice:
        """The notice by its number, if this person sees it; as If-Match expects it."""
        return self.subject(Notice, notices_of, number=number)


class NoticeDetail(OneNotice):
    """一张业务通知单。"""

    @extend_schema(summary="业务通知单", responses=NoticeOut)
    def get(self, request: Request, number: str) -> Response:
        """内容、各份的去向、核验地址。"""
        return self.reply(self.one(number))


class SignNotice(OneNotice):
    """签发（第二十条）。"""

    @extend_schema(summary="签发", request=None, responses=NoticeOut)
    def post(self, request: Request, number: str) -> Response:
        """总经理或持授权书的人签发，取号。"""
        self.expect_nothing()
        proof = signing_proof(request)
        return self.reply(services.sign_notice(self.one(number), actor=self.user, proof=proof), just_signed=True)


class RefuseNotice(OneNotice):
    """不签（第二十条）。"""

    @extend_schema(summary="不签", request=Reason, responses=NoticeOut)
    def post(self, request: Request, number: str) -> Response:
        """总经理不签，写明理由。"""
        return self.reply(services.refuse_notice(self.one(number), self.read(Reason)["reason"], actor=self.user))


class IssueNotice(OneNotice):
    """发放（第六条）。"""

    @extend_schema(summary="发放", request=None, responses=NoticeOut)
    def post(self, request: Request, number: str) -> Response:
        """按份发到各部门，业务单下达。"""
        self.expect_nothing()
        return self.reply(services.issue_notice(self.one(number), actor=self.user))


class NoticePdf(OneNotice):
    """附件一、附件二的 PDF。"""

    parameters: ClassVar[tuple[str, ...]] = ("annex",)

    @extend_schema(
        summary="业务通知单的 PDF",
        responses={
            (200, "application/pdf"): OpenApiTypes.BINARY,
            202: OpenApiResponse(description="正在印，请稍后再取"),
        },
    )
    def get(self, request: Request, number: str) -> HttpResponseBase:
        """annex=1 业务通知单（默认），annex=2 客户订单评审表；还没印成是 202，作废的盖作废章。"""
        annex = request.query_params.get("annex", "1")
        if annex not in ANNEXES:
            raise ValidationError({"annex": _("附件是 1 或 2")})
        notice = self.one(number)
        paper = self._paper(notice, ANNEXES[annex])
        if paper is None:
            raise WrongState(_("签发以后才有 PDF"))
        return pdf_response(request._request, paper, self.user)

    def _paper(self, notice: Notice, kind: str) -> Paper | None:
        """The notice, or of the review form as much as this person reads: all of it, or the own department's part."""
        kind = kind if kind != "review" or sees_whole(self.user) else PART
        found: Paper | None = Paper.objects.filter(about__in=papers_for(notice, self.user), kind=kind).first()
        return found


class OneCopy(OneNotice):
    """一份的动作：签收、交回、报失、核准遗失（第六条、第二十二条）。"""

    verb: ClassVar[str] = ""

    def copy(self, number: str, department: str) -> NoticeCopy:
        """The department's copy of a notice that this person sees."""
        notices = Notice.objects.visible_to(self.user).numbered(number)
        rows = NoticeCopy.objects.filter(notice__in=notices).select_related("notice")
        rows = rows.only("id", "revision", "state", "notice__order", "notice__state")
        copy: NoticeCopy = found(rows, department__code=department)
        return self.expected(copy)

    @extend_schema(summary="一份通知单的动作", request=Reason, responses=CopyOut)
    def post(self, request: Request, number: str, department: str) -> Response:
        """acknowledge 签收，return 交回，lost 报失（reason 必填），approve-lost 主任核准。"""
        copy = self.copy(number, department)
        if self.verb == "lost":
            done = services.report_lost(copy, self.read(Reason)["reason"], actor=self.user)
        else:
            self.expect_nothing()
            done = COPY_ACTS[self.verb](copy, actor=self.user)
        return self.document(done, {"notice": number.upper(), **shapes.copy_body(done)})


COPY_ACTS: dict[str, Callable[..., NoticeCopy]] = {
    "acknowledge": services.acknowledge_copy,
    "return": services.return_copy,
    "approve-lost": services.approve_lost,
}
