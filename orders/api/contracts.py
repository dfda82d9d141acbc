"""Contracts and confirmations of an order over REST (B1b)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from orders import services
from orders.api.offer_shapes import ContractOut, ContractShape, SendShape, SignBackShape
from orders.api.orders import OrderApi
from orders.models import OrderContract
from papers.responses import pdf_response
from papers.services import attach, papers_of
from workflow.guards import WrongState
from workflow.inputs import Reason
from workflow.machine import together
from workflow.rest import Api, found


class ContractApi(Api):
    """An address below one contract."""

    def one(self, number: str) -> OrderContract:
        """The contract, as far as the caller sees its order and may see money."""
        if not self.user.may("orders.view_money"):
            raise PermissionDenied(_("合同列有金额，您的岗位不能查看"))
        rows = OrderContract.objects.visible_to(self.user).select_related("order", "made_by")
        contract: OrderContract = found(rows.numbered(number))
        return self.expected(contract)

    def answer(self, contract: OrderContract, status: int = 200) -> Response:
        """The fresh document."""
        return self.document(contract, dict(ContractOut(contract).data), status)


class OrderContracts(OrderApi):
    """一张业务单的合同与确认书。"""

    @extend_schema(summary="业务单的合同", responses=ContractOut(many=True))
    def get(self, request: Any, number: str) -> Response:
        """各份合同与确认书，新的在前，旧版与作废的也在。"""
        if not self.user.may("orders.view_money"):
            raise PermissionDenied(_("合同列有金额，您的岗位不能查看"))
        rows = self.order(number).contracts.select_related("order", "made_by").order_by("-id")
        return Response({"results": ContractOut(rows, many=True).data, "next": None, "previous": None})

    @extend_schema(summary="出合同或确认书", request=ContractShape, responses={201: ContractOut})
    def post(self, request: Any, number: str) -> Response:
        """照业务单现在这一版出一份，取号、印 PDF；form 不写就是订单确认书。"""
        made = services.make_contract(self.order(number), **self.read(ContractShape), actor=self.user)
        return self.document(made, dict(ContractOut(made).data), 201)


class ContractDetail(ContractApi):
    """一份合同或确认书。"""

    @extend_schema(summary="一份合同", responses=ContractOut)
    def get(self, request: Any, number: str) -> Response:
        """读一份，连同此人现在能做的动作。"""
        return self.answer(self.one(number))


class SendContract(ContractApi):
    """发给客户。"""

    @extend_schema(summary="登记发出", request=SendShape, responses=ContractOut)
    def post(self, request: Any, number: str) -> Response:
        """发给谁、怎么发的。"""
        return self.answer(services.send_contract(self.one(number), **self.read(SendShape), actor=self.user))


class SignBackContract(ContractApi):
    """登记签回。"""

    parser_classes = [MultiPartParser]

    @extend_schema(summary="登记签回", request={"multipart/form-data": SignBackShape}, responses=ContractOut)
    def post(self, request: Any, number: str) -> Response:
        """签回日期与扫描件（multipart），扫描件归档。"""
        contract = self.one(number)
        data = {name: request.data[name] for name in ("signed_on", "file") if name in request.data}
        given = SignBackShape(data=data)
        given.is_valid(raise_exception=True)

        @together
        def sign() -> OrderContract:
            file = given.validated_data.get("file")
            scan = attach(file, about=contract, actor=self.user, kind="signed") if file else None
            day = given.validated_data["signed_on"]
            return services.sign_back(contract, signed_on=day, scan=scan, actor=self.user)

        return self.answer(sign())


class VoidContract(ContractApi):
    """作废。"""

    @extend_schema(summary="作废合同", request=Reason, responses=ContractOut)
    def post(self, request: Any, number: str) -> Response:
        """没签回的作废，写明原因，可以重出。"""
        return self.answer(services.void_contract(self.one(number), self.read(Reason)["reason"], actor=self.user))


class ContractPdf(ContractApi):
    """合同的 PDF。"""

    @extend_schema(
        summary="合同的 PDF",
        responses={
            (200, "application/pdf"): OpenApiTypes.BINARY,
            202: OpenApiResponse(description="正在印，请稍候再取"),
        },
    )
    def get(self, request: Any, number: str) -> HttpResponseBase:
        """出的那一刻的 PDF；订单改了、作废了的盖作废章。"""
        paper = papers_of(self.one(number)).first()
        if paper is None:
            raise WrongState(_("还没有 PDF"))
        return pdf_response(request._request, paper, self.user)
