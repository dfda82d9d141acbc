"""sample-dispatches/: 备样、寄出、送到、答复、不寄了（第五章，寄样）。"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from orders.models import Order
from samples import services
from samples.api import shapes
from samples.api.things import CREATED, one_of
from samples.models import Sample, SampleDispatch
from samples.selectors import visible_dispatches, visible_samples
from samples.services import DispatchInput
from workflow.inputs import Reason, StrictSerializer
from workflow.rest import Api, found


class DispatchApi(Api):
    """An address of a dispatch, as far as the caller sees it."""

    def dispatched(self, number: str) -> SampleDispatch:
        """By its number; 404 when absent or not yours; as If-Match expects it."""
        dispatch: SampleDispatch = found(visible_dispatches(self.user).numbered(number))
        return self.expected(dispatch)

    def body(self, dispatch: SampleDispatch) -> dict[str, Any]:
        """As this person may see it."""
        return shapes.dispatch_body(dispatch, money=self.user.may("orders.view_money"))

    def reply(self, number: str, status: int = 200) -> Response:
        """The fresh document."""
        dispatch: SampleDispatch = found(visible_dispatches(self.user).numbered(number))
        return self.document(dispatch, self.body(dispatch), status)


class Dispatches(DispatchApi):
    """寄样。"""

    parameters: ClassVar[tuple[str, ...]] = ("state", "order")

    @extend_schema(operation_id="sample_dispatches_list", responses=shapes.DispatchOut(many=True))
    def get(self, request: Request) -> Response:
        """看得见的寄样，新的在前。"""
        rows, wanted = visible_dispatches(self.user), request.query_params
        if state := wanted.get("state"):
            rows = rows.filter(state=one_of("state", state, SampleDispatch.State.values))
        if number := wanted.get("order"):
            rows = rows.filter(order__in=Order.objects.numbered(number))
        return self.listed(rows, lambda page: [self.body(one) for one in page])

    @extend_schema(
        operation_id="sample_dispatches_create", request=shapes.SampleDispatchShape, responses={201: shapes.DispatchOut}
    )
    def post(self, request: Request) -> Response:
        """备样，放行条同时送主任批。"""
        given = self.read(shapes.SampleDispatchShape)
        lines = [self._line(n, row) for n, row in enumerate(given["lines"])]
        dispatch = services.prepare_dispatch(DispatchInput(**{**given, "lines": lines}), actor=self.user)
        return self.reply(dispatch.number, CREATED)

    def _line(self, n: int, row: dict[str, Any]) -> tuple[Sample, Decimal]:
        sample: Sample | None = visible_samples(self.user).numbered(row["sample"]).first()
        if sample is None:
            words = _("没有样品 %(number)s，或者您看不到它") % {"number": row["sample"]}
            raise ValidationError({f"lines.{n}.sample": words})
        return sample, row["quantity"]


class DispatchDetail(DispatchApi):
    """一次寄样。"""

    @extend_schema(operation_id="sample_dispatches_read", responses=shapes.DispatchOut)
    def get(self, request: Request, number: str) -> Response:
        """读一次寄样，连同此人现在能做的动作。"""
        return self.reply(number)


class DispatchAct(DispatchApi):
    """一次寄样的动作。"""

    verb: ClassVar[str] = ""
    acts: ClassVar[dict[str, tuple[Callable[..., Any], type[StrictSerializer]]]] = {
        "send": (services.send_dispatch, shapes.SendShape),
        "arrive": (services.arrive_dispatch, shapes.ArriveShape),
        "answer-back": (services.answer_dispatch, shapes.SampleAnswerShape),
        "cancel": (services.cancel_dispatch, Reason),
    }

    @extend_schema(summary="寄样的动作", request=shapes.SampleAnswerShape, responses=shapes.DispatchOut)
    def post(self, request: Request, number: str) -> Response:
        """send 寄出（courier 必填），arrive 送到，answer-back 登记答复（words 必填），cancel 不寄了（reason 必填）。"""
        do, shape = self.acts[self.verb]
        given = self.read(shape)
        done = do(self.dispatched(number), **given, actor=self.user)
        return self.reply(done.number)


class DispatchPass(DispatchApi):
    """没有批的，再申请放行（C7）。"""

    @extend_schema(summary="再申请放行", request=None, responses={201: shapes.PassOut})
    def post(self, request: Request, number: str) -> Response:
        """等主任批。"""
        self.expect_nothing()
        made = services.ask_dispatch_pass(self.dispatched(number), actor=self.user)
        return self.document(made, shapes.pass_body(made), CREATED)
