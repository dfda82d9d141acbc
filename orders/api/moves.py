"""The order's moves and the acts beside them: each POST is one service (API.md)."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from orders import services
from orders.api.orders import OrderApi
from orders.api.shapes import OrderFull
from orders.models import GateException, Instruction, OrderLine
from orders.moves import ALONE, WITH_REASON
from orders.selectors import visible_orders
from workflow.inputs import PlainDate, PlainText, Quantity, Reason, StrictSerializer
from workflow.rest import Api, found


class PlainMove(OrderApi):
    """A move that needs no words."""

    verb: ClassVar[str] = ""

    @extend_schema(request=None, responses=OrderFull)
    def post(self, request: Any, number: str) -> Response:
        """做这一步；答复是新的业务单。"""
        self.expect_nothing()
        return self.reply(ALONE[self.verb](self.target(number), actor=self.user))


class ReasonedMove(OrderApi):
    """A move that must give its reason."""

    verb: ClassVar[str] = ""

    @extend_schema(request=Reason, responses=OrderFull)
    def post(self, request: Any, number: str) -> Response:
        """做这一步，写明理由；答复是新的业务单。"""
        order = self.target(number)
        return self.reply(WITH_REASON[self.verb](order, self.read(Reason)["reason"], actor=self.user))


class OrderReturnShape(Reason):
    """退回的理由，连同写在栏目旁的意见：{"requirements.packing": …, "lines.0.specification": …}。"""

    remarks = serializers.DictField(child=PlainText(max_length=300), required=False)


class ReturnToCoordinator(OrderApi):
    """主任退回补充（第六条）。"""

    @extend_schema(request=OrderReturnShape, responses=OrderFull)
    def post(self, request: Any, number: str) -> Response:
        """退回，写明理由；意见可以写在栏目旁。"""
        order = self.expected(self.target(number))
        return self.reply(services.return_to_coordinator(order, **self.read(OrderReturnShape), actor=self.user))


class AgreedShape(StrictSerializer):
    """客户同意了什么。"""

    customer_answer = PlainText(several_lines=True)
    delivery_date = PlainDate(required=False)


class AgreeAsReviewed(OrderApi):
    """客户同意评审结果（第二十条）。"""

    @extend_schema(request=AgreedShape, responses=OrderFull)
    def post(self, request: Any, number: str) -> Response:
        """记下客户同意的内容，回到待签发。"""
        order = self.target(number)
        return self.reply(services.agree_as_reviewed(order, **self.read(AgreedShape), actor=self.user))


class OriginalShape(StrictSerializer):
    """书面原件到了。"""

    received_on = PlainDate()
    attachment = serializers.IntegerField(required=False, min_value=1)


class Original(OrderApi):
    """补登书面原件（第六条）。"""

    @extend_schema(request=OriginalShape, responses=OrderFull)
    def post(self, request: Any, number: str) -> Response:
        """登记原件收到日期。"""
        given = self.read(OriginalShape)
        return self.reply(services.register_original(self.target(number), actor=self.user, **given))


class QuestionShape(StrictSerializer):
    """请示事由。"""

    question = PlainText(several_lines=True)


class AnswerShape(StrictSerializer):
    """答复。"""

    answer = PlainText(several_lines=True)


class InstructionOut(serializers.Serializer[Any]):
    """一份请示。"""

    id = serializers.IntegerField()
    state = serializers.CharField()
    state_display = serializers.CharField(source="get_state_display")
    question = serializers.CharField()
    answer = serializers.CharField()
    asked_by = serializers.CharField(source="asked_by.username")
    answered_by = serializers.CharField(source="answered_by.username", default=None)


class Instructions(OrderApi):
    """请示（第六条，A6.1c）。"""

    @extend_schema(responses=InstructionOut(many=True))
    def get(self, request: Any, number: str) -> Response:
        """这张单上的请示。"""
        rows = self.order(number).instructions.select_related("asked_by", "answered_by").order_by("-id")
        return Response({"results": InstructionOut(rows, many=True).data, "next": None, "previous": None})

    @extend_schema(request=QuestionShape, responses={201: InstructionOut})
    def post(self, request: Any, number: str) -> Response:
        """没有书面订单，写明事由请示。"""
        question = self.read(QuestionShape)["question"]
        instruction = services.ask_instruction(self.order(number), question, actor=self.user)
        return Response(InstructionOut(instruction).data, status=201)


class Answer(Api):
    """答复一份请示。"""

    verb: ClassVar[str] = ""

    @extend_schema(request=AnswerShape, responses=InstructionOut)
    def post(self, request: Any, pk: int, number: str = "") -> Response:
        """同意或不同意，写明答复。"""
        rows = Instruction.objects.filter(order__in=visible_orders(self.user))
        if number:
            rows = rows.filter(order__in=visible_orders(self.user).numbered(number))
        do = services.grant_instruction if self.verb == "grant" else services.refuse_instruction
        instruction = do(found(rows, pk=pk), self.read(AnswerShape)["answer"], actor=self.user)
        return Response(InstructionOut(instruction).data)


class ExceptionShape(StrictSerializer):
    """放行哪个关口、为什么。"""

    gate = serializers.ChoiceField(GateException.Gate.choices)
    reason = PlainText(several_lines=True)


class AuthoriseException(OrderApi):
    """总监放行款项关口（第五章，A53）。"""

    @extend_schema(request=ExceptionShape, responses={201: OrderFull})
    def post(self, request: Any, number: str) -> Response:
        """放行一次，理由留存。"""
        order = self.order(number)
        services.authorise_exception(order, **self.read(ExceptionShape), actor=self.user)
        return self.reply(self.order(number), status=201)


class OverShape(StrictSerializer):
    """授权某行超发多少。"""

    line = serializers.IntegerField(min_value=1)
    quantity = Quantity()
    reason = PlainText(several_lines=True)
    expires = PlainDate(required=False)


class AuthoriseOver(OrderApi):
    """总监授权超发（I2）。"""

    @extend_schema(request=OverShape, responses={201: OrderFull})
    def post(self, request: Any, number: str) -> Response:
        """授权某行可比溢装容差多发多少。"""
        given = self.read(OverShape)
        order = self.order(number)
        line = found(OrderLine.objects.filter(order=order).select_related("order"), pk=given.pop("line"))
        services.authorise_over(line, **given, actor=self.user)
        return self.reply(self.order(number), status=201)
