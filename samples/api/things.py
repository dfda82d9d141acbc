"""samples/: 登记、换地方、续留、用掉、退还、遗失、注销（第十条、C7）。"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from orders.models import Order, OrderLine
from orders.selectors import visible_orders
from parties.models import Customer, User
from samples import services
from samples.api import shapes
from samples.models import Sample
from samples.selectors import visible_samples
from samples.services import SampleInput
from workflow.inputs import Reason, StrictSerializer
from workflow.rest import Api, found, named

CREATED = 201
Act = tuple[Callable[..., Any], type[StrictSerializer]]


def one_of(field: str, value: str, known: list[str]) -> str:
    """A filter's value, if the machine knows it."""
    if value not in known:
        raise ValidationError({field: _("没有「%(value)s」") % {"value": value[:20]}})
    return value


class SampleApi(Api):
    """An address below one thing, as far as the caller sees it."""

    def sample(self, number: str) -> Sample:
        """By its number; 404 when absent or not yours; as If-Match expects it."""
        sample: Sample = found(visible_samples(self.user).numbered(number))
        return self.expected(sample)

    def reply(self, number: str, status: int = 200) -> Response:
        """The fresh document."""
        sample: Sample = found(visible_samples(self.user).numbered(number))
        return self.document(sample, shapes.sample_body(sample), status)


class Samples(SampleApi):
    """样品登记簿。"""

    parameters: ClassVar[tuple[str, ...]] = ("state", "kind", "order", "q")

    @extend_schema(operation_id="samples_list", responses=shapes.SampleOut(many=True))
    def get(self, request: Request) -> Response:
        """看得见的样品，新的在前。"""
        rows, wanted = visible_samples(self.user), request.query_params
        if state := wanted.get("state"):
            rows = rows.filter(state=one_of("state", state, Sample.State.values))
        if kind := wanted.get("kind"):
            rows = rows.filter(kind=one_of("kind", kind, Sample.Kind.values))
        if number := wanted.get("order"):
            rows = rows.filter(order__in=Order.objects.numbered(number))
        if words := wanted.get("q"):
            rows = rows.searched(words)
        return self.listed(rows, lambda page: [shapes.sample_body(one) for one in page])

    @extend_schema(operation_id="samples_create", request=shapes.SampleShape, responses={201: shapes.SampleOut})
    def post(self, request: Request) -> Response:
        """登记一件样品。"""
        sample = services.register_sample(self._input(self.read(shapes.SampleShape)), actor=self.user)
        return self.reply(sample.number, CREATED)

    def _input(self, given: dict[str, Any]) -> SampleInput:
        order: Order | None = None
        if number := given.get("order"):
            order = visible_orders(self.user).numbered(number).first()
            if order is None:
                raise ValidationError({"order": _("没有业务单 %(number)s，或者您看不到它") % {"number": number}})
        known: dict[str, Any] = {**given, "order": order}
        if "line" in given:
            known["line"] = named(OrderLine, "line", pk=given["line"])
        if "customer" in given:
            known["customer"] = named(Customer, "customer", code=given["customer"])
        if "holder" in given:
            known["holder"] = named(User, "holder", username=given["holder"])
        return SampleInput(**known)


class SampleDetail(SampleApi):
    """一件样品。"""

    @extend_schema(operation_id="samples_read", responses=shapes.SampleOut)
    def get(self, request: Request, number: str) -> Response:
        """读一件样品，连同此人现在能做的动作。"""
        return self.reply(number)


class SampleAct(SampleApi):
    """一件样品的动作。"""

    verb: ClassVar[str] = ""
    acts: ClassVar[dict[str, Act]] = {
        "correct": (services.correct_sample, shapes.CorrectShape),
        "move": (services.move_sample, shapes.PlaceShape),
        "keep-longer": (services.keep_longer, shapes.LongerShape),
        "use-up": (services.use_up_sample, shapes.AmountShape),
        "return": (services.return_sample, shapes.AmountShape),
        "lose": (services.lose_sample, shapes.LossShape),
        "close": (services.close_sample, Reason),
    }

    @extend_schema(summary="样品的动作", request=shapes.LossShape, responses=shapes.SampleOut)
    def post(self, request: Request, number: str) -> Response:
        """correct 更正，move 换地方，keep-longer 续留，use-up 用掉，return 退还客户，lose 遗失，close 注销。"""
        do, shape = self.acts[self.verb]
        given = self.read(shape)
        if "holder" in given:
            given["holder"] = named(User, "holder", username=given["holder"])
        do(self.sample(number), **given, actor=self.user)
        return self.reply(number)


class SamplePass(SampleApi):
    """为一件样品申请放行（C7）。"""

    @extend_schema(summary="申请放行", request=shapes.GatePassShape, responses={201: shapes.PassOut})
    def post(self, request: Request, number: str) -> Response:
        """退还客户、借给客户，等主任批。"""
        given = self.read(shapes.GatePassShape)
        made = services.ask_pass(self.sample(number), **given, actor=self.user)
        return self.document(made, shapes.pass_body(made), CREATED)
