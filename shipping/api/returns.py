"""returns/: 退货单（A56）。"""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from shipping import services
from shipping.api import answers, shapes
from shipping.api.params import one_of
from shipping.models import Delivery, DeliveryLine, Return
from shipping.services import BackInput, ReturnInput
from workflow.rest import Api, found

CREATED = 201


class Returns(Api):
    """退货单（A56）。"""

    parameters: ClassVar[tuple[str, ...]] = ("state", "delivery")

    @extend_schema(responses=answers.ReturnOut(many=True))
    def get(self, request: Request) -> Response:
        """看得见的退货单，新的在前。"""
        rows = Return.objects.visible_to(self.user).select_related("delivery")
        rows = rows.prefetch_related("lines")
        if state := request.query_params.get("state"):
            rows = rows.filter(state=one_of("state", state, Return.State.values))
        if number := request.query_params.get("delivery"):
            rows = rows.filter(delivery__in=Delivery.objects.numbered(number))
        return self.listed(rows, _returns)

    @extend_schema(request=shapes.ReturnShape, responses={201: answers.ReturnOut})
    def post(self, request: Request) -> Response:
        """登记退货：哪张送货单、哪几行、各多少、怎么处理。"""
        given = self.read(shapes.ReturnShape)
        rows: Any = Delivery.objects.visible_to(self.user)
        delivery = rows.numbered(given["delivery"]).first()
        if delivery is None:
            raise ValidationError({"delivery": _("没有送货单 %(number)s") % {"number": given["delivery"]}})
        lines = [_back(list(delivery.lines.all()), line, n) for n, line in enumerate(given["lines"])]
        document = services.register_return(
            ReturnInput(delivery, given["kind"], given["reason"], lines), actor=self.user
        )
        return self.document(document, answers.return_body(document), CREATED)


class OneReturn(Api):
    """一张退货单，和它的动作。"""

    def one(self, number: str) -> Return:
        """The return by its number, if this person sees it; as If-Match expects it."""
        rows: Any = Return.objects.visible_to(self.user).select_related("delivery")
        document: Return = found(rows.numbered(number))
        return self.expected(document)


class ReturnDetail(OneReturn):
    """一张退货单。"""

    @extend_schema(responses=answers.ReturnOut)
    def get(self, request: Request, number: str) -> Response:
        """退货单全文。"""
        document = self.one(number)
        return self.document(document, answers.return_body(document))


class ReceiveReturn(OneReturn):
    """收到退货。"""

    @extend_schema(request=None, responses=answers.ReturnOut)
    def post(self, request: Request, number: str) -> Response:
        """仓库点数收下，成品库与台账随之。"""
        self.expect_nothing()
        document = services.receive_return(self.one(number), actor=self.user)
        return self.document(document, answers.return_body(document))


def _back(lines: list[DeliveryLine], given: dict[str, Any], n: int) -> BackInput:
    pk, ordered = given.get("delivery_line"), given.get("order_line")
    same = [line for line in lines if (line.pk == pk if pk else line.order_line_id == ordered)]
    if len(same) != 1:
        raise ValidationError({f"lines.{n}.delivery_line": _("请指明退的是哪一行送货")})
    return BackInput(same[0], given["quantity"], given.get("condition", ""))


def _returns(page: list[Return]) -> list[dict[str, Any]]:
    for document in page:
        document.lines_now = list(document.lines.all())
    return [answers.return_body(document) for document in page]
