"""passes/: 放行条，主任批（C7）。"""

from __future__ import annotations

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from samples import services
from samples.api import shapes
from samples.api.things import one_of
from samples.models import GatePass
from samples.selectors import visible_passes
from workflow.inputs import Reason
from workflow.rest import Api, found


class PassApi(Api):
    """An address of a pass, as far as the caller sees it."""

    def gate_pass(self, number: str) -> GatePass:
        """By its number; 404 when absent or not yours; as If-Match expects it."""
        gate_pass: GatePass = found(visible_passes(self.user).numbered(number))
        return self.expected(gate_pass)


class Passes(PassApi):
    """放行条。"""

    parameters: ClassVar[tuple[str, ...]] = ("state",)

    @extend_schema(operation_id="passes_list", responses=shapes.PassOut(many=True))
    def get(self, request: Request) -> Response:
        """看得见的放行条，新的在前。"""
        rows = visible_passes(self.user)
        if state := request.query_params.get("state"):
            rows = rows.filter(state=one_of("state", state, GatePass.State.values))
        return self.listed(rows, lambda page: [shapes.pass_body(one) for one in page])


class PassDetail(PassApi):
    """一张放行条。"""

    @extend_schema(operation_id="passes_read", responses=shapes.PassOut)
    def get(self, request: Request, number: str) -> Response:
        """读一张放行条，连同此人现在能做的动作。"""
        found_one = self.gate_pass(number)
        return self.document(found_one, shapes.pass_body(found_one))


class PassAct(PassApi):
    """主任批、不批。"""

    verb: ClassVar[str] = ""
    acts: ClassVar[tuple[str, ...]] = ("approve", "refuse")

    @extend_schema(summary="批放行条", request=Reason, responses=shapes.PassOut)
    def post(self, request: Request, number: str) -> Response:
        """approve 批准，refuse 不放行（reason 必填）。"""
        one = self.gate_pass(number)
        if self.verb == "refuse":
            done = services.refuse_pass(one, self.read(Reason)["reason"], actor=self.user)
        else:
            self.expect_nothing()
            done = services.approve_pass(one, actor=self.user)
        return self.document(done, shapes.pass_body(done))
