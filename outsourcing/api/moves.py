"""The moves of an outsourcing order, and what goes out and comes back (A41)."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from outsourcing import services
from outsourcing.api.documents import OutsourcingApi
from outsourcing.api.shapes import (
    MaterialIssueOut,
    MaterialIssueShape,
    MaterialReturnOut,
    MaterialReturnShape,
    OutsourcingFull,
    ReceiptOut,
    ReceiptShape,
    issue_body,
    receipt_body,
    return_body,
)
from outsourcing.models import MaterialIssue, MaterialReturn
from outsourcing.selectors import receipts_of
from outsourcing.services import MaterialInput, ReceiptInput
from workflow.inputs import Money, PlainDate, PlainText, StrictSerializer


class ReasonShape(StrictSerializer):
    """可写可不写的理由。"""

    reason = PlainText(several_lines=True, required=False, allow_blank=True)


class ReconcileShape(ReasonShape):
    """对账：扣多少、为什么。"""

    deduction = Money(required=False)


class SettleShape(StrictSerializer):
    """结算：哪天付的。"""

    paid_on = PlainDate(required=False)


class Approve(OutsourcingApi):
    """批准（第四章，加工单）。"""

    @extend_schema(request=None, responses=OutsourcingFull)
    def post(self, request: Any, number: str) -> Response:
        """主任批准，取号；超过金额权限的由总监批。"""
        self.expect_nothing()
        return self.reply(services.approve_outsourcing(self.expected(self.outsourced(number)), actor=self.user))


class Send(OutsourcingApi):
    """发出（第四章，加工单）。"""

    @extend_schema(request=None, responses=OutsourcingFull)
    def post(self, request: Any, number: str) -> Response:
        """发给加工商，从此可以发料、收货。"""
        self.expect_nothing()
        return self.reply(services.send_outsourcing(self.expected(self.outsourced(number)), actor=self.user))


class FinishReceiving(OutsourcingApi):
    """收货完成（第四章，收货）。"""

    @extend_schema(request=ReasonShape, responses=OutsourcingFull)
    def post(self, request: Any, number: str) -> Response:
        """各行收齐；短收的写明 `reason`。"""
        given = self.read(ReasonShape)
        return self.reply(services.finish_receiving(self.expected(self.outsourced(number)), **given, actor=self.user))


class Reconcile(OutsourcingApi):
    """对账（第四章，对账）。"""

    @extend_schema(request=ReconcileShape, responses=OutsourcingFull)
    def post(self, request: Any, number: str) -> Response:
        """应付由系统算：收回可用的 × 单价 − 扣款。"""
        given = self.read(ReconcileShape)
        document = self.expected(self.outsourced(number))
        return self.reply(services.reconcile_outsourcing(document, **given, actor=self.user))


class Settle(OutsourcingApi):
    """结算（第四章，结算）。"""

    @extend_schema(request=SettleShape, responses=OutsourcingFull)
    def post(self, request: Any, number: str) -> Response:
        """财务付清。"""
        given = self.read(SettleShape)
        return self.reply(services.settle_outsourcing(self.expected(self.outsourced(number)), **given, actor=self.user))


class Cancel(OutsourcingApi):
    """取消加工单（第四章，加工单）。"""

    @extend_schema(request=ReasonShape, responses=OutsourcingFull)
    def post(self, request: Any, number: str) -> Response:
        """不外发了；收过货、还有料在外面的不能取消。"""
        given = self.read(ReasonShape)
        return self.reply(services.cancel_outsourcing(self.expected(self.outsourced(number)), **given, actor=self.user))


class MaterialIssues(OutsourcingApi):
    """发料。"""

    @extend_schema(responses=MaterialIssueOut(many=True))
    def get(self, request: Any, number: str) -> Response:
        """这张加工单发的料，游标分页。"""
        rows = MaterialIssue.objects.filter(outsourcing=self.outsourced(number)).select_related("by")
        return self.listed(rows, lambda found: [issue_body(row) for row in found])

    @extend_schema(request=MaterialIssueShape, responses={201: MaterialIssueOut})
    def post(self, request: Any, number: str) -> Response:
        """物控发料（第四章，材料）。"""
        given = MaterialInput(**self.read(MaterialIssueShape))
        issue = services.issue_material(self.expected(self.outsourced(number)), given, actor=self.user)
        return Response(issue_body(issue), status=201)


class MaterialReturns(OutsourcingApi):
    """退料。"""

    @extend_schema(responses=MaterialReturnOut(many=True))
    def get(self, request: Any, number: str) -> Response:
        """这张加工单退的料，游标分页。"""
        rows = MaterialReturn.objects.filter(outsourcing=self.outsourced(number)).select_related("by")
        return self.listed(rows, lambda found: [return_body(row) for row in found])

    @extend_schema(request=MaterialReturnShape, responses={201: MaterialReturnOut})
    def post(self, request: Any, number: str) -> Response:
        """加工商退料（第四章，材料）。"""
        given = self.read(MaterialReturnShape)
        document = self.expected(self.outsourced(number))
        back = services.return_material(
            document, given["issue"], given["quantity"], note=given.get("note", ""), actor=self.user
        )
        return Response(return_body(back), status=201)


class Receipts(OutsourcingApi):
    """收货。"""

    @extend_schema(responses=ReceiptOut(many=True))
    def get(self, request: Any, number: str) -> Response:
        """这张加工单的收货，游标分页。"""
        rows = receipts_of(self.outsourced(number))
        return self.listed(rows, lambda found: [receipt_body(row) for row in found])

    @extend_schema(request=ReceiptShape, responses={201: ReceiptOut})
    def post(self, request: Any, number: str) -> Response:
        """收一次货（第四章，收货）：分合格、让步、返工、拒收，可以分批。"""
        given = ReceiptInput(**self.read(ReceiptShape))
        receipt = services.receive_goods(self.expected(self.outsourced(number)), given, actor=self.user)
        return Response(receipt_body(receipt), status=201)
