"""deliveries/: 送货单、到货确认、动作、附件（A52–A54）。"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from orders.models import Order, OrderLine
from papers.models import Attachment
from papers.services import attach
from parties.models import Customer
from shipping import services
from shipping.api import answers, shapes
from shipping.api.params import by_id, moment_of, one_of
from shipping.models import Carrier, Delivery, DeliveryLine, ReturnLine
from shipping.selectors import at_hand, visible_deliveries
from shipping.services import DeliveryInput, LineInput
from workflow.inputs import Reason
from workflow.rest import Api, named

CREATED = 201
FILED_AS = ("receipt", "photo", "other")


class Deliveries(Api):
    """送货单（A54）。"""

    parameters: ClassVar[tuple[str, ...]] = ("state", "customer", "coordinator", "order", "updated_since", "q")

    @extend_schema(responses=answers.DeliveryOut(many=True))
    def get(self, request: Request) -> Response:
        """看得见的送货单，新的在前。"""
        rows = narrowed(visible_deliveries(self.user), request.query_params)
        return self.listed(rows, lambda page: [answers.delivery_body(one) for one in at_hand(page)])

    @extend_schema(request=shapes.DeliveryShape, responses={201: answers.DeliveryOut})
    def post(self, request: Request) -> Response:
        """开一张草稿：这里只看格式，该不该发在通知仓库和发出时问。"""
        given = self.read(shapes.DeliveryShape)
        code, carrier, rows = given.pop("customer"), given.pop("carrier", None), given.pop("lines")
        lines = self._lines(rows)
        customer = lines[0].order_line.order.customer
        delivery = services.create_delivery(
            DeliveryInput(
                customer=customer if customer.code == code else named(Customer, "customer", code=code),
                carrier=named(Carrier, "carrier", code=carrier) if carrier else None,
                lines=lines,
                **given,
            ),
            actor=self.user,
        )
        delivery.confirmations_now = []
        return self.document(delivery, answers.delivery_body(delivery), CREATED)

    def _lines(self, given: list[dict[str, Any]]) -> list[LineInput]:
        mine = OrderLine.objects.filter(order__in=Order.objects.visible_to(self.user)).select_related("order__customer")
        lines = by_id(mine, (line["order_line"] for line in given), "order_line")
        wanted = [line["replaces"] for line in given if line.get("replaces")]
        backs = ReturnLine.objects.filter(order_line__in=lines).select_related("document")
        returned = by_id(backs, wanted, "replaces") if wanted else {}
        return [
            LineInput(
                order_line=lines[line["order_line"]],
                quantity=line["quantity"],
                spare_quantity=line.get("spare_quantity", Decimal(0)),
                replaces=returned.get(line.get("replaces") or 0),
                packages=line.get("packages"),
                remark=line.get("remark", ""),
            )
            for line in given
        ]


class OneDelivery(Api):
    """一张送货单，和它的动作。"""

    def one(self, number: str) -> Delivery:
        """The delivery by its number, if this person sees it; as If-Match expects it."""
        return self.subject(Delivery, visible_deliveries, number=number)

    def answer(self, delivery: Delivery) -> Response:
        """The fresh document."""
        return self.document(delivery, answers.delivery_body(delivery))


class DeliveryDetail(OneDelivery):
    """一张送货单。"""

    @extend_schema(responses=answers.DeliveryFull)
    def get(self, request: Request, number: str) -> Response:
        """送货单全文，连同此人能做的动作与还缺什么。"""
        return self.answer(self.one(number))


class Confirmations(OneDelivery):
    """到货日期的确认（A52）。"""

    @extend_schema(responses=answers.ConfirmationOut(many=True))
    def get(self, request: Request, number: str) -> Response:
        """先后为序。"""
        told = self.one(number).confirmations_now
        return Response({"results": [answers.confirmation_body(one) for one in told], "next": None, "previous": None})

    @extend_schema(request=shapes.ConfirmationShape, responses={201: answers.ConfirmationOut})
    def post(self, request: Request, number: str) -> Response:
        """登记一次；发出之前要同一日期的两次。"""
        given = self.read(shapes.ConfirmationShape)
        one = services.confirm_arrival(
            self.one(number),
            given["arrival_date"],
            given["with"],
            given["how"],
            said=given.get("said", ""),
            actor=self.user,
        )
        return Response(answers.confirmation_body(one), status=CREATED)


class NotifyWarehouse(OneDelivery):
    """通知仓库。"""

    @extend_schema(request=None, responses=answers.DeliveryOut)
    def post(self, request: Request, number: str) -> Response:
        """取号，发货通知单交仓库。"""
        self.expect_nothing()
        return self.answer(services.notify_warehouse(self.one(number), actor=self.user))


class AskPass(OneDelivery):
    """申请放行（C7）。"""

    @extend_schema(summary="申请放行", request=None, responses=answers.DeliveryOut)
    def post(self, request: Request, number: str) -> Response:
        """种类规定成品出厂凭放行条的：通知仓库时系统已申请，没有批的再申请；批与不批在 passes/。"""
        self.expect_nothing()
        delivery = self.one(number)
        services.ask_gate_pass(delivery, actor=self.user)
        return self.answer(self.one(number))


class Dispatch(OneDelivery):
    """发出。"""

    @extend_schema(request=shapes.DispatchShape, responses=answers.DeliveryOut)
    def post(self, request: Request, number: str) -> Response:
        """仓库、物控发货：两次确认、合格在库、不超订货、款项过关。"""
        given = self.read(shapes.DispatchShape)
        return self.answer(services.dispatch_delivery(self.one(number), actor=self.user, **given))


class Deliver(OneDelivery):
    """登记回单。"""

    @extend_schema(request=shapes.DeliverShape, responses=answers.DeliveryOut)
    def post(self, request: Request, number: str) -> Response:
        """客户签收：谁、哪天、有什么话。"""
        given = self.read(shapes.DeliverShape)
        delivery = self.one(number)
        receipt = given.pop("attachment", None)
        if receipt is not None:
            given["receipt"] = named(Attachment, "attachment", pk=receipt, about=delivery.about)
        return self.answer(services.deliver_delivery(delivery, actor=self.user, **given))


class Cancel(OneDelivery):
    """取消。"""

    @extend_schema(request=shapes.OptionalReason, responses=answers.DeliveryOut)
    def post(self, request: Request, number: str) -> Response:
        """货还没发出，不要了。"""
        reason = self.read(shapes.OptionalReason).get("reason", "")
        return self.answer(services.cancel_delivery(self.one(number), actor=self.user, reason=reason))


class AuthoriseException(OneDelivery):
    """总监放行款项关口（A53）。"""

    @extend_schema(request=Reason, responses={201: answers.ExceptionOut})
    def post(self, request: Request, number: str) -> Response:
        """总监放行这张送货单，理由留存。"""
        given = self.read(Reason)
        exception = services.authorise_exception(self.one(number), given["reason"], actor=self.user)
        body = {"id": exception.pk, "reason": exception.reason, "by": exception.by.username}
        return Response({**body, "at": answers.moment(exception.at)}, status=CREATED)


class Attachments(OneDelivery):
    """送货单上的文件：回单扫描件、照片。"""

    parser_classes = [MultiPartParser]

    @extend_schema(request={"multipart/form-data": shapes.UploadShape}, responses={201: answers.AttachmentOut})
    def post(self, request: Request, number: str) -> Response:
        """multipart：`file` 是文件，`kind` 是种类（receipt、photo）。"""
        file = request.FILES.get("file")
        if file is None:
            raise ValidationError({"file": _("请选择文件")})
        kind = one_of("kind", request.POST.get("kind", "receipt"), FILED_AS)
        kept = attach(file, about=self.one(number), actor=self.user, kind=kind)
        body = {"id": kept.pk, "name": kept.name, "size": kept.size, "sha256": kept.sha256, "kind": kept.kind}
        return Response(body, status=CREATED)


def narrowed(rows: QuerySet[Delivery], params: Any) -> QuerySet[Delivery]:
    """The deliveries that the query parameters ask for; what cannot be read is 400."""
    if state := params.get("state"):
        rows = rows.filter(state=one_of("state", state, Delivery.State.values))
    for name, lookup in (("customer", "customer__code"), ("coordinator", "coordinator__username")):
        if value := params.get(name):
            rows = rows.filter(**{lookup: value})
    if number := params.get("order"):
        orders: Any = Order.objects.all()
        rows = rows.filter(pk__in=DeliveryLine.objects.filter(order__in=orders.numbered(number)).values("delivery"))
    if since := params.get("updated_since"):
        rows = rows.filter(updated_at__gte=moment_of("updated_since", since))
    if words := params.get("q"):
        rows = rows.searched(words)  # type: ignore[attr-defined]
    return rows
