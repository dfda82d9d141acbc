"""/api/v1/reviews/: rounds with the departments' answers (第十五条至第二十条)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from reviews import services, shapes
from reviews.api.answers import ReviewAnswerOut, ReviewRoundOut
from reviews.api.base import CREATED, OfOrder, signing_proof
from reviews.api.meeting import called
from reviews.models import Answer, Round
from reviews.selectors import answers_of, at_hand, rounds_of, with_answers
from workflow.inputs import Reason
from workflow.rest import Api


# --- rounds -----------------------------------------------------------------------------------------------------------
class Rounds(OfOrder):
    """一张业务单的各轮评审（第十五条）。"""

    parameters: ClassVar[tuple[str, ...]] = ("state",)

    @extend_schema(summary="评审列表", responses=ReviewRoundOut(many=True))
    def get(self, request: Request, number: str) -> Response:
        """各轮评审，新的在前。"""
        rows = rounds_of(self.user).filter(order=self.order(number)).prefetch_related(with_answers())
        if state := request.query_params.get("state"):
            if state not in Round.State.values:
                raise ValidationError({"state": _("没有「%(state)s」这个状态") % {"state": state[:20]}})
            rows = rows.filter(state=state)
        return self.listed(rows, lambda page: shapes.round_bodies([at_hand(one) for one in page], self.user))

    @extend_schema(summary="组织评审", request=shapes.ReviewRoundShape, responses={201: ReviewRoundOut})
    def post(self, request: Request, number: str) -> Response:
        """主任组织评审，发给业务种类的评审部门（第十六条）。"""
        given = self.read(shapes.ReviewRoundShape)
        review = services.open_round(
            self.order(number),
            given["form"],
            actor=self.user,
            reason=given.get("reason", ""),
            meeting=called(given),
            short=given.get("short", False),
        )
        return self.document(review, shapes.round_body(review, self.user), CREATED)


class OneRound(Api):
    """一轮评审。"""

    def one(self, pk: int) -> Round:
        """The round, if this person sees its order; as If-Match expects it."""
        return self.subject(Round, rounds_of, pk=pk)

    def answer(self, review: Round) -> Response:
        """The fresh document."""
        return self.document(review, shapes.round_body(review, self.user))


class RoundDetail(OneRound):
    """一轮评审。"""

    @extend_schema(summary="一轮评审", responses=ReviewRoundOut)
    def get(self, request: Request, pk: int) -> Response:
        """各部门的答复、签字与结论。"""
        return self.answer(self.one(pk))


class Balance(OneRound):
    """平衡日期（第二十条）。"""

    @extend_schema(summary="平衡各部门日期", request=shapes.BalanceShape, responses=ReviewRoundOut)
    def put(self, request: Request, pk: int) -> Response:
        """改了日期的部门，签字失效，要重签。"""
        given = self.read(shapes.BalanceShape)
        return self.answer(services.balance(self.one(pk), given["planned_dates"], actor=self.user))

    post = put


class RequestMeeting(OneRound):
    """申请集中评审（第十九条）。"""

    @extend_schema(summary="申请集中评审", request=Reason, responses=ReviewRoundOut)
    def post(self, request: Request, pk: int) -> Response:
        """跟单员申请，主任决定。"""
        return self.answer(services.request_meeting(self.one(pk), self.read(Reason)["reason"], actor=self.user))


class TurnIntoMeeting(OneRound):
    """转为集中评审（第十九条）。"""

    @extend_schema(summary="转为集中评审", request=shapes.MeetingShape, responses=ReviewRoundOut)
    def post(self, request: Request, pk: int) -> Response:
        """答复都留着。"""
        given = self.read(shapes.MeetingShape)
        review = services.turn_into_meeting(
            self.one(pk),
            given["reason"],
            actor=self.user,
            meeting=called(given),
        )
        return self.answer(review)


class Conclude(OneRound):
    """结论（第二十条）。"""

    @extend_schema(summary="下结论", request=shapes.OutcomeShape, responses=ReviewRoundOut)
    def post(self, request: Request, pk: int) -> Response:
        """通过、与客户协商，或拒绝；业务单随之转移。"""
        given = self.read(shapes.OutcomeShape)
        return self.answer(services.conclude(self.one(pk), given.pop("outcome"), actor=self.user, **given))


class ConcludeAs(OneRound):
    """结论，动作名就是结论。"""

    shape: ClassVar[type[Any]] = shapes.NoteShape
    outcome: ClassVar[str] = ""

    @extend_schema(summary="下某一种结论", request=shapes.PassShape, responses=ReviewRoundOut)
    def post(self, request: Request, pk: int) -> Response:
        """conclude-pass、conclude-negotiate、conclude-reject。"""
        given = self.read(shapes.NoteShape if self.outcome == "reject" else shapes.PassShape)
        return self.answer(services.conclude(self.one(pk), self.outcome, actor=self.user, **given))


# --- answers ----------------------------------------------------------------------------------------------------------
class OneAnswer(Api):
    """一个部门的答复。"""

    def one(self, pk: int, department: str) -> Answer:
        """The department's answer, if this person sees the order; as If-Match expects it."""
        return self.subject(Answer, answers_of, round=pk, department__code=department)

    def reply(self, answer: Answer, *, just_signed: bool = False) -> Response:
        """The fresh document."""
        return self.document(answer, shapes.answer_body(answer, self.user, just_signed=just_signed))


class AnswerDetail(OneAnswer):
    """一个部门的答复（第十七条、第十八条）。"""

    @extend_schema(summary="一个部门的答复", responses=ReviewAnswerOut)
    def get(self, request: Request, pk: int, department: str) -> Response:
        """六项、结论、计划日期与签字。"""
        return self.reply(self.one(pk, department))

    @extend_schema(summary="保存答复，不签字", request=shapes.ReviewAnswerShape, responses=ReviewAnswerOut)
    def put(self, request: Request, pk: int, department: str) -> Response:
        """内容变了，原来的签字即失效。"""
        given = shapes.answer_input(self.read(shapes.ReviewAnswerShape))
        return self.reply(services.save_answer(self.one(pk, department), given, actor=self.user))


class SignAnswer(OneAnswer):
    """签字（第十九条）。"""

    @extend_schema(summary="答复并签字", request=shapes.SignedReviewAnswerShape, responses=ReviewAnswerOut)
    def post(self, request: Request, pk: int, department: str) -> Response:
        """负责人签为 signed，受权人签为 proxy_signed；空的请求体就是签已保存的内容。"""
        proof = signing_proof(request)
        given = shapes.answer_input(self.read(shapes.SignedReviewAnswerShape)) if request.data else None
        answer = services.sign_answer(self.one(pk, department), given, actor=self.user, proof=proof)
        return self.reply(answer, just_signed=True)


class Countersign(OneAnswer):
    """补签（第十九条）。"""

    @extend_schema(summary="补签", request=None, responses=ReviewAnswerOut)
    def post(self, request: Request, pk: int, department: str) -> Response:
        """此时的部门第一负责人补签。"""
        self.expect_nothing()
        proof = signing_proof(request)
        return self.reply(services.countersign(self.one(pk, department), actor=self.user, proof=proof))
