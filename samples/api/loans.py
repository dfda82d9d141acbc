"""loans/: 交出去、签收、收回、用完、遗失（第六条、第十条）。"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from orders.models import Order
from parties.models import Customer, Department, User
from samples import services
from samples.api import shapes
from samples.api.things import CREATED, one_of
from samples.models import Loan, Sample
from samples.selectors import visible_loans, visible_samples
from samples.services import LoanInput
from workflow import clock
from workflow.inputs import Reason, StrictSerializer
from workflow.rest import Api, found, named

Act = tuple[Callable[..., Any], type[StrictSerializer] | None]


class LoanApi(Api):
    """An address of a loan, as far as the caller sees it."""

    def loan(self, number: str) -> Loan:
        """By its number; 404 when absent or not yours; as If-Match expects it."""
        loan: Loan = found(visible_loans(self.user).numbered(number))
        return self.expected(loan)

    def reply(self, number: str, status: int = 200) -> Response:
        """The fresh document."""
        loan: Loan = found(visible_loans(self.user).numbered(number))
        return self.document(loan, shapes.loan_body(loan), status)


class Loans(LoanApi):
    """领用。"""

    parameters: ClassVar[tuple[str, ...]] = ("state", "order", "overdue")

    @extend_schema(operation_id="loans_list", responses=shapes.LoanOut(many=True))
    def get(self, request: Request) -> Response:
        """看得见的领用，新的在前；overdue=true 只要过期没有还的。"""
        rows, wanted = visible_loans(self.user), request.query_params
        if state := wanted.get("state"):
            rows = rows.filter(state=one_of("state", state, Loan.State.values))
        if number := wanted.get("order"):
            rows = rows.filter(order__in=Order.objects.numbered(number))
        if one_of("overdue", wanted.get("overdue", "false"), ["true", "false"]) == "true":
            rows = rows.overdue(clock.today())  # type: ignore[attr-defined]
        return self.listed(rows, lambda page: [shapes.loan_body(one) for one in page])

    @extend_schema(operation_id="loans_create", request=shapes.LoanShape, responses={201: shapes.LoanOut})
    def post(self, request: Request) -> Response:
        """交出去：给部门、个人或客户。"""
        given = self.read(shapes.LoanShape)
        number = given.pop("sample")
        sample: Sample | None = visible_samples(self.user).numbered(number).first()
        if sample is None:
            raise ValidationError({"sample": _("没有样品 %(number)s，或者您看不到它") % {"number": number}})
        if "department" in given:
            given["department"] = named(Department, "department", code=given["department"])
        if "person" in given:
            given["person"] = named(User, "person", username=given["person"])
        if "customer" in given:
            given["customer"] = named(Customer, "customer", code=given["customer"])
        loan = services.lend_sample(sample, LoanInput(**given), actor=self.user)
        return self.reply(loan.number, CREATED)


class LoanDetail(LoanApi):
    """一次领用。"""

    @extend_schema(operation_id="loans_read", responses=shapes.LoanOut)
    def get(self, request: Request, number: str) -> Response:
        """读一次领用，连同此人现在能做的动作。"""
        return self.reply(number)


class LoanAct(LoanApi):
    """一次领用的动作。"""

    verb: ClassVar[str] = ""
    acts: ClassVar[dict[str, Act]] = {
        "acknowledge": (services.acknowledge_loan, None),
        "take-back": (services.take_back, None),
        "use-up": (services.use_up_loan, Reason),
        "lose": (services.lose_loan, shapes.LostShape),
    }

    @extend_schema(summary="领用的动作", request=shapes.LostShape, responses=shapes.LoanOut)
    def post(self, request: Request, number: str) -> Response:
        """acknowledge 签收，take-back 收回，use-up 用完（reason 必填），lose 遗失（reason 必填）。"""
        do, shape = self.acts[self.verb]
        if shape is None:
            self.expect_nothing()
        given = self.read(shape) if shape else {}
        do(self.loan(number), **given, actor=self.user)
        return self.reply(number)
