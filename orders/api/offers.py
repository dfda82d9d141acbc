"""Inquiries and quotations over REST (B1)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.response import Response

from orders import offers, services
from orders.api.offer_shapes import (
    AcceptShape,
    InquiryOut,
    InquiryShape,
    QuotationOut,
    QuotationShape,
    SendShape,
    WinShape,
    inquiry_input,
    merged_inquiry,
    merged_quotation,
    quotation_input,
    win_input,
)
from orders.api.orders import OrderApi
from orders.api.shapes import OrderFull
from orders.models import Inquiry, Quotation
from papers.responses import pdf_response
from papers.services import papers_of
from workflow.guards import WrongState
from workflow.inputs import Reason
from workflow.rest import Api, found


class OfferApi(Api):
    """An address for those who quote or look on (B7)."""

    def looked(self) -> None:
        """Marketing, the general manager and the interface see offers; nobody else."""
        if not self.user.may("orders.view_quotations"):
            raise PermissionDenied(_("询盘和报价不归您看"))

    def narrowed(self, rows: Any, states: list[str]) -> Any:
        """The filters that both lists know."""
        params = self.request.query_params
        if state := params.get("state"):
            if state not in states:
                raise ValidationError({"state": _("没有「%(state)s」这个状态") % {"state": state}})
            rows = rows.filter(state=state)
        if customer := params.get("customer"):
            rows = rows.filter(customer__code=customer)
        return rows.searched(words) if (words := params.get("q")) else rows


class Inquiries(OfferApi):
    """询盘列表与登记。"""

    parameters = ("state", "customer", "q")

    @extend_schema(summary="询盘列表", responses=InquiryOut(many=True))
    def get(self, request: Any) -> Response:
        """看得见的询盘，新的在前，游标分页。"""
        self.looked()
        rows = self.narrowed(offers.visible_inquiries(self.user), Inquiry.State.values)
        return self.listed(rows, lambda page: list(InquiryOut(page, many=True).data))

    @extend_schema(summary="登记询盘", request=InquiryShape, responses={201: InquiryOut})
    def post(self, request: Any) -> Response:
        """登记一次询盘；已有客户写 customer，还不是客户的写 prospect。"""
        made = services.register_inquiry(inquiry_input(self.read(InquiryShape)), actor=self.user)
        return self.document(made, dict(InquiryOut(made).data), 201)


class OneInquiry(OfferApi):
    """An address below one inquiry."""

    def one(self, number: str) -> Inquiry:
        """The inquiry, as far as the caller sees it."""
        self.looked()
        inquiry: Inquiry = found(offers.visible_inquiries(self.user).numbered(number))
        return inquiry


class InquiryDetail(OneInquiry):
    """一次询盘。"""

    @extend_schema(summary="一次询盘", responses=InquiryOut)
    def get(self, request: Any, number: str) -> Response:
        """读一次询盘，连同此人现在能做的动作。"""
        inquiry = self.one(number)
        return self.document(inquiry, dict(InquiryOut(inquiry).data))

    @extend_schema(summary="改询盘", request=InquiryShape(partial=True), responses=InquiryOut)
    def patch(self, request: Any, number: str) -> Response:
        """还没答复的可以改，只写要改的；改前改后都留着。"""
        inquiry = self.expected(self.one(number))
        given = merged_inquiry(inquiry, self.read(InquiryShape, partial=True))
        edited = services.edit_inquiry(inquiry, given, actor=self.user)
        return self.document(edited, dict(InquiryOut(edited).data))


class CloseInquiry(OneInquiry):
    """不报价，关闭。"""

    @extend_schema(summary="关闭询盘", request=Reason, responses=InquiryOut)
    def post(self, request: Any, number: str) -> Response:
        """不报价了，写明原因。"""
        inquiry = self.expected(self.one(number))
        closed = services.close_inquiry(inquiry, self.read(Reason)["reason"], actor=self.user)
        return self.document(closed, dict(InquiryOut(closed).data))


class Quotations(OfferApi):
    """报价单列表与编报价单。"""

    parameters = ("state", "customer", "inquiry", "q")

    @extend_schema(summary="报价单列表", responses=QuotationOut(many=True))
    def get(self, request: Any) -> Response:
        """看得见的报价单，每版一条，新的在前，游标分页。"""
        self.looked()
        rows = self.narrowed(offers.with_lines(offers.visible_quotations(self.user)), Quotation.State.values)
        if inquiry := request.query_params.get("inquiry"):
            rows = rows.filter(inquiry__in=offers.visible_inquiries(self.user).numbered(inquiry))
        return self.listed(rows, lambda page: list(QuotationOut(page, many=True).data))

    @extend_schema(summary="编报价单", request=QuotationShape, responses={201: QuotationOut})
    def post(self, request: Any) -> Response:
        """编一张草稿，送出时才取号；金额由系统算。"""
        given = quotation_input(self.read(QuotationShape), self.user)
        made = services.create_quotation(given, actor=self.user)
        return self.document(made, dict(QuotationOut(made).data), 201)


class OneQuotation(OfferApi):
    """An address below one quotation."""

    def one(self, number: str) -> Quotation:
        """The quotation by its number, formal or provisional; 404 when absent or not yours."""
        self.looked()
        quotation: Quotation = found(offers.visible_quotations(self.user).numbered(number))
        return self.expected(quotation)

    def reply(self, quotation: Quotation, status: int = 200) -> Response:
        """The fresh document."""
        return self.document(quotation, dict(QuotationOut(quotation).data), status)


class QuotationDetail(OneQuotation):
    """一张报价单的一版。"""

    @extend_schema(summary="一张报价单", responses=QuotationOut)
    def get(self, request: Any, number: str) -> Response:
        """读一张，连同此人现在能做的动作与各版的编号。"""
        return self.reply(self.one(number))

    @extend_schema(summary="改草稿", request=QuotationShape(partial=True), responses=QuotationOut)
    def patch(self, request: Any, number: str) -> Response:
        """草稿随意改；送出的不改，用 revise 出新版。"""
        quotation = self.one(number)
        given = merged_quotation(quotation, self.read(QuotationShape, partial=True), self.user)
        return self.reply(services.edit_quotation(quotation, given, actor=self.user))


class SendQuotation(OneQuotation):
    """送出。"""

    @extend_schema(summary="送出报价", request=SendShape, responses=QuotationOut)
    def post(self, request: Any, number: str) -> Response:
        """送给客户：取号、印 PDF；上一版随之作废。"""
        return self.reply(services.send_quotation(self.one(number), **self.read(SendShape), actor=self.user))


class AcceptQuotation(OneQuotation):
    """客户接受。"""

    @extend_schema(summary="客户接受", request=AcceptShape, responses=QuotationOut)
    def post(self, request: Any, number: str) -> Response:
        """有效期内客户接受；answer 记谁、怎么说的。"""
        answer = self.read(AcceptShape).get("answer", "")
        return self.reply(services.accept_quotation(self.one(number), answer, actor=self.user))


class DeclineQuotation(OneQuotation):
    """客户未接受。"""

    @extend_schema(summary="客户未接受", request=Reason, responses=QuotationOut)
    def post(self, request: Any, number: str) -> Response:
        """写明原因。"""
        reason = self.read(Reason)["reason"]
        return self.reply(services.decline_quotation(self.one(number), reason, actor=self.user))


class DiscardQuotation(OneQuotation):
    """作废草稿。"""

    @extend_schema(summary="作废草稿", request=None, responses=QuotationOut)
    def post(self, request: Any, number: str) -> Response:
        """草稿不要了。"""
        self.expect_nothing()
        return self.reply(services.discard_quotation(self.one(number), actor=self.user))


class ReviseQuotation(OneQuotation):
    """出新版。"""

    @extend_schema(summary="出新版", request=None, responses={201: QuotationOut})
    def post(self, request: Any, number: str) -> Response:
        """照送出、未接受或过期的一版开新版草稿，答复就是新版；新版送出时旧版才作废。"""
        self.expect_nothing()
        return self.reply(services.revise_quotation(self.one(number), actor=self.user), status=201)


class QuotationOrder(OneQuotation, OrderApi):
    """成单。"""

    @extend_schema(summary="成单", request=WinShape, responses={201: OrderFull})
    def post(self, request: Any, number: str) -> Response:
        """客户接受的报价变成业务单草稿：每行选一级数量，其余从报价来；答复是业务单。"""
        given = win_input(self.read(WinShape))
        order = services.make_order(self.one(number), given, actor=self.user)
        return OrderApi.reply(self, self.order(order.number), status=201)


class QuotationPdf(OneQuotation):
    """报价单的 PDF。"""

    parameters: ClassVar[tuple[str, ...]] = ()

    @extend_schema(
        summary="报价单的 PDF",
        responses={
            (200, "application/pdf"): OpenApiTypes.BINARY,
            202: OpenApiResponse(description="正在印，请稍候再取"),
        },
    )
    def get(self, request: Any, number: str) -> HttpResponseBase:
        """送出以后有 PDF；被取代、过期、未接受的盖作废章。"""
        paper = papers_of(self.one(number)).first()
        if paper is None:
            raise WrongState(_("送出以后才有 PDF"))
        return pdf_response(request._request, paper, self.user)
