"""/api/v1/: rounds with their answers, notices with their copies (第三章)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseBase
from django.urls import path
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from orders.models import Order
from papers.models import Paper
from papers.responses import pdf_response
from parties import reauth
from reviews import services, shapes
from reviews.models import Answer, Notice, NoticeCopy, Round
from reviews.selectors import copies_of, issued_paper, notices_of, rounds_of
from workflow import clock
from workflow.guards import WrongState
from workflow.inputs import Reason
from workflow.rest import Api, found

CREATED = 201
ANNEXES = {"1": "notice", "2": "review"}


def signing_time(request: Request) -> dt.datetime:
    """令牌要有 sign 的范围；浏览器的会话要在五分钟内验过口令（第二十条）。"""
    if request.auth is not None:
        if "sign" not in getattr(request.auth, "scopes", ()):
            raise PermissionDenied(_("这个令牌没有签字的范围（sign）"))
        return clock.now()
    moment = reauth.proved_at(request._request)
    if moment is None:
        raise PermissionDenied(_("签字前请重新输入口令"))
    return moment


class OfOrder(Api):
    """What belongs to one order."""

    def order(self, number: str) -> Order:
        """The order, if this person sees it."""
        order: Order = found(Order.objects.visible_to(self.user).select_related("business_kind").numbered(number))
        return order


# --- rounds -----------------------------------------------------------------------------------------------------------
class Rounds(OfOrder):
    """一张业务单的各轮评审（第十五条）。"""

    parameters: ClassVar[tuple[str, ...]] = ("state",)

    @extend_schema(summary="评审列表")
    def get(self, request: Request, number: str) -> Response:
        """各轮评审，新的在前。"""
        rows = rounds_of(self.user).filter(order=self.order(number))
        if state := request.query_params.get("state"):
            if state not in Round.State.values:
                raise ValidationError({"state": _("没有「%(state)s」这个状态") % {"state": state[:20]}})
            rows = rows.filter(state=state)
        return self.listed(rows, lambda page: [shapes.round_body(one) for one in page])

    @extend_schema(summary="组织评审", request=shapes.RoundShape)
    def post(self, request: Request, number: str) -> Response:
        """主任组织评审，发给业务种类的评审部门（第十六条）。"""
        given = self.read(shapes.RoundShape)
        review = services.open_round(
            self.order(number),
            given["form"],
            actor=self.user,
            reason=given.get("reason", ""),
            meeting_at=given.get("time"),
            meeting_place=given.get("place", ""),
        )
        return self.document(review, shapes.round_body(review), CREATED)


class OneRound(Api):
    """一轮评审。"""

    def one(self, pk: int) -> Round:
        """The round, if this person sees its order; as If-Match expects it."""
        review: Round = found(rounds_of(self.user), pk=pk)
        return self.expected(review)

    def answer(self, review: Round) -> Response:
        """The fresh document."""
        return self.document(review, shapes.round_body(review))


class RoundDetail(OneRound):
    """一轮评审。"""

    @extend_schema(summary="一轮评审")
    def get(self, request: Request, pk: int) -> Response:
        """各部门的答复、签字与结论。"""
        return self.answer(self.one(pk))


class Balance(OneRound):
    """平衡日期（第二十条）。"""

    @extend_schema(summary="平衡各部门日期", request=shapes.BalanceShape)
    def put(self, request: Request, pk: int) -> Response:
        """改了日期的部门，签字失效，要重签。"""
        given = self.read(shapes.BalanceShape)
        return self.answer(services.balance(self.one(pk), given["planned_dates"], actor=self.user))

    post = put


class RequestMeeting(OneRound):
    """申请集中评审（第十九条）。"""

    @extend_schema(summary="申请集中评审", request=Reason)
    def post(self, request: Request, pk: int) -> Response:
        """跟单员申请，主任决定。"""
        return self.answer(services.request_meeting(self.one(pk), self.read(Reason)["reason"], actor=self.user))


class TurnIntoMeeting(OneRound):
    """转为集中评审（第十九条）。"""

    @extend_schema(summary="转为集中评审", request=shapes.MeetingShape)
    def post(self, request: Request, pk: int) -> Response:
        """答复都留着。"""
        given = self.read(shapes.MeetingShape)
        review = services.turn_into_meeting(
            self.one(pk),
            given["reason"],
            actor=self.user,
            meeting_at=given.get("time"),
            meeting_place=given.get("place", ""),
        )
        return self.answer(review)


class Conclude(OneRound):
    """结论（第二十条）。"""

    @extend_schema(summary="下结论", request=shapes.OutcomeShape)
    def post(self, request: Request, pk: int) -> Response:
        """通过、与客户协商，或拒绝；业务单随之转移。"""
        given = self.read(shapes.OutcomeShape)
        return self.answer(services.conclude(self.one(pk), given.pop("outcome"), actor=self.user, **given))


class ConcludeAs(OneRound):
    """结论，动作名就是结论。"""

    shape: ClassVar[type[Any]] = shapes.NoteShape
    outcome: ClassVar[str] = ""

    @extend_schema(summary="下某一种结论", request=shapes.PassShape)
    def post(self, request: Request, pk: int) -> Response:
        """conclude-pass、conclude-negotiate、conclude-reject。"""
        given = self.read(shapes.PassShape if self.outcome == "pass" else shapes.NoteShape)
        return self.answer(services.conclude(self.one(pk), self.outcome, actor=self.user, **given))


# --- answers ----------------------------------------------------------------------------------------------------------
class OneAnswer(Api):
    """一个部门的答复。"""

    def one(self, pk: int, department: str) -> Answer:
        """The department's answer, if this person sees the order; as If-Match expects it."""
        rows = Answer.objects.filter(round__order__in=Order.objects.visible_to(self.user))
        rows = rows.select_related("round__order", "department", "signed_by", "countersigned_by")
        answer: Answer = found(rows, round=pk, department__code=department)
        return self.expected(answer)

    def reply(self, answer: Answer) -> Response:
        """The fresh document."""
        return self.document(answer, shapes.answer_body(answer))


class AnswerDetail(OneAnswer):
    """一个部门的答复（第十七条、第十八条）。"""

    @extend_schema(summary="一个部门的答复")
    def get(self, request: Request, pk: int, department: str) -> Response:
        """六项、结论、计划日期与签字。"""
        return self.reply(self.one(pk, department))

    @extend_schema(summary="保存答复，不签字", request=shapes.AnswerShape)
    def put(self, request: Request, pk: int, department: str) -> Response:
        """内容变了，原来的签字即失效。"""
        given = shapes.answer_input(self.read(shapes.AnswerShape))
        return self.reply(services.save_answer(self.one(pk, department), given, actor=self.user))


class SignAnswer(OneAnswer):
    """签字（第十九条）。"""

    @extend_schema(summary="答复并签字", request=shapes.SignedAnswerShape)
    def post(self, request: Request, pk: int, department: str) -> Response:
        """负责人签为 signed，受权人签为 proxy_signed；空的请求体就是签已保存的内容。"""
        at = signing_time(request)
        given = shapes.answer_input(self.read(shapes.SignedAnswerShape)) if request.data else None
        answer = services.sign_answer(self.one(pk, department), given, actor=self.user, auth_time=at)
        return self.reply(answer)


class Countersign(OneAnswer):
    """补签（第十九条）。"""

    @extend_schema(summary="补签", request=None)
    def post(self, request: Request, pk: int, department: str) -> Response:
        """此时的部门第一负责人补签。"""
        self.expect_nothing()
        at = signing_time(request)
        return self.reply(services.countersign(self.one(pk, department), actor=self.user, auth_time=at))


# --- notices ----------------------------------------------------------------------------------------------------------
class NoticeView(Api):
    """What answers with a notice."""

    def reply(self, notice: Notice, status: int = 200) -> Response:
        """The fresh document with its copies and the public address where it can be verified."""
        return self.document(notice, self.body(notice), status)

    def body(self, notice: Notice) -> dict[str, Any]:
        """签发以后就完整：单号、各份、核验地址。"""
        copies = [shapes.copy_body(copy) for copy in copies_of(notice)] if notice.issued_at else []
        if not copies and notice.state in {Notice.State.DRAFT, Notice.State.SIGNED}:
            copies = [shapes.planned_copy(row) for row in notice.content["copies"]]
        paper = issued_paper(notice)
        url = self.request.build_absolute_uri(paper.verify_url) if paper else None
        return shapes.notice_body(notice, copies, url)


class Notices(NoticeView, OfOrder):
    """一张业务单的业务通知单（第六条）。"""

    parameters: ClassVar[tuple[str, ...]] = ("state",)

    @extend_schema(summary="业务通知单列表")
    def get(self, request: Request, number: str) -> Response:
        """连同作废的，新的在前。"""
        rows = notices_of(self.user).filter(order=self.order(number))
        if state := request.query_params.get("state"):
            if state not in Notice.State.values:
                raise ValidationError({"state": _("没有「%(state)s」这个状态") % {"state": state[:20]}})
            rows = rows.filter(state=state)
        return self.listed(rows, lambda page: [self.body(notice) for notice in page])

    @extend_schema(summary="编制业务通知单", request=None)
    def post(self, request: Request, number: str) -> Response:
        """跟单员编制，交总经理签发。"""
        self.expect_nothing()
        return self.reply(services.create_notice(self.order(number), actor=self.user), CREATED)


class OneNotice(NoticeView):
    """一张业务通知单。"""

    def one(self, number: str) -> Notice:
        """The notice by its number, if this person sees it; as If-Match expects it."""
        notice: Notice = found(notices_of(self.user).numbered(number))
        return self.expected(notice)


class NoticeDetail(OneNotice):
    """一张业务通知单。"""

    @extend_schema(summary="业务通知单")
    def get(self, request: Request, number: str) -> Response:
        """内容、各份的去向、核验地址。"""
        return self.reply(self.one(number))


class SignNotice(OneNotice):
    """签发（第二十条）。"""

    @extend_schema(summary="签发", request=None)
    def post(self, request: Request, number: str) -> Response:
        """总经理或持授权书的人签发，取号。"""
        self.expect_nothing()
        at = signing_time(request)
        return self.reply(services.sign_notice(self.one(number), actor=self.user, auth_time=at))


class RefuseNotice(OneNotice):
    """不签（第二十条）。"""

    @extend_schema(summary="不签", request=Reason)
    def post(self, request: Request, number: str) -> Response:
        """总经理不签，写明理由。"""
        return self.reply(services.refuse_notice(self.one(number), self.read(Reason)["reason"], actor=self.user))


class IssueNotice(OneNotice):
    """发放（第六条）。"""

    @extend_schema(summary="发放", request=None)
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
        paper = Paper.objects.of(notice.about).filter(kind=ANNEXES[annex]).first()
        if paper is None:
            raise WrongState(_("签发以后才有 PDF"))
        return pdf_response(request._request, paper, self.user)


class OneCopy(OneNotice):
    """一份的动作：签收、交回、报失、核准遗失（第六条、第二十二条）。"""

    verb: ClassVar[str] = ""

    def copy(self, number: str, department: str) -> NoticeCopy:
        """The department's copy of a notice that this person sees."""
        notice = found(notices_of(self.user).numbered(number))
        copy = next((one for one in copies_of(notice) if one.department.code == department), None)
        if copy is None:
            raise Http404
        copy.notice = notice
        return self.expected(copy)

    @extend_schema(summary="一份通知单的动作", request=shapes.OptionalReason)
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
OUTCOMES = ("pass", "negotiate", "reject")

urlpatterns = [
    path("orders/<slug:number>/reviews/", Rounds.as_view()),
    path("orders/<slug:number>/notices/", Notices.as_view()),
    path("reviews/<int:pk>/", RoundDetail.as_view()),
    path("reviews/<int:pk>/balance/", Balance.as_view()),
    path("reviews/<int:pk>/request-meeting/", RequestMeeting.as_view()),
    path("reviews/<int:pk>/turn-into-meeting/", TurnIntoMeeting.as_view()),
    path("reviews/<int:pk>/conclude/", Conclude.as_view()),
    *[path(f"reviews/<int:pk>/conclude-{name}/", ConcludeAs.as_view(outcome=name)) for name in OUTCOMES],
    path("reviews/<int:pk>/answers/<slug:department>/", AnswerDetail.as_view()),
    path("reviews/<int:pk>/answers/<slug:department>/sign/", SignAnswer.as_view()),
    path("reviews/<int:pk>/answers/<slug:department>/countersign/", Countersign.as_view()),
    path("notices/<slug:number>/", NoticeDetail.as_view()),
    path("notices/<slug:number>/sign/", SignNotice.as_view()),
    path("notices/<slug:number>/refuse/", RefuseNotice.as_view()),
    path("notices/<slug:number>/issue/", IssueNotice.as_view()),
    path("notices/<slug:number>/pdf/", NoticePdf.as_view()),
    *[
        path(f"notices/<slug:number>/copies/<slug:department>/{verb}/", OneCopy.as_view(verb=verb))
        for verb in ("lost", *COPY_ACTS)
    ],
]
