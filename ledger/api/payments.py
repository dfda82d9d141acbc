"""payments/: 登记、确认、分配、作废、冲销（A63）。"""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from ledger import services
from ledger.api.shared import CREATED, LedgerApi, moment_of, money, one_of, order_named
from ledger.models import Invoice, Payment
from ledger.selectors import visible_payments
from ledger.services import AllocationInput, PaymentInput
from orders.models import Order
from orders.selectors import visible_orders
from parties.models import Customer, User
from workflow.inputs import Money, PlainDate, PlainText, Reason, StrictSerializer
from workflow.rest import named

FILTERS = ("state", "kind", "customer", "order", "unallocated", "updated_since", "q")


class AllocationShape(StrictSerializer):
    """分给一张发票或一张业务单多少。"""

    invoice = serializers.IntegerField(required=False, min_value=1, help_text="发票的 id")
    order = PlainText(required=False, max_length=20, help_text="业务单号")
    amount = Money()


class PaymentShape(StrictSerializer):
    """一笔收款或退款。"""

    customer = PlainText(max_length=40, help_text="客户编号")
    date = PlainDate(help_text="到账日期，不能在将来")
    amount = Money(help_text="总是正数；退款由 kind 表明")
    kind = serializers.ChoiceField(Payment.Kind.choices, required=False)
    order = PlainText(required=False, max_length=20, help_text="业务单号；定金必填，没有 allocations 就全落在这张单上")
    allocations = AllocationShape(many=True, required=False)
    method = serializers.ChoiceField(Payment.Method.choices, required=False)
    bank_reference = PlainText(required=False, allow_blank=True, max_length=60)
    remark = PlainText(required=False, allow_blank=True)


class AllocateShape(StrictSerializer):
    """把没分配的分出去。"""

    allocations = AllocationShape(many=True, allow_empty=False)


class AllocationOut(serializers.Serializer[Any]):
    """一处分配。"""

    invoice = serializers.IntegerField(source="invoice_id")
    invoice_number = serializers.CharField(source="invoice.number", default=None)
    order = serializers.CharField(source="order.number", default=None)
    refund = serializers.IntegerField(source="refund_id")
    amount = Money()
    at = serializers.DateTimeField()


class PaymentOut(serializers.Serializer[Any]):
    """一笔收款。"""

    id = serializers.IntegerField()
    number = serializers.CharField()
    state = serializers.CharField()
    state_display = serializers.CharField(source="get_state_display")
    kind = serializers.CharField()
    date = serializers.DateField()
    customer = serializers.CharField(source="customer.code")
    customer_name = serializers.CharField()
    currency = serializers.CharField()
    amount = Money()
    order = serializers.CharField(source="order.number", default=None)
    method = serializers.CharField()
    bank_reference = serializers.CharField()
    remark = serializers.CharField()
    registered_by = serializers.CharField(source="registered_by.username")
    confirmed_by = serializers.CharField(source="confirmed_by.username", default=None)
    confirmed_at = serializers.DateTimeField()
    version = serializers.IntegerField(source="revision")


class PaymentFull(PaymentOut):
    """一笔收款连同分配。"""

    reversed = serializers.BooleanField()
    unallocated = serializers.CharField()
    allocations = AllocationOut(many=True)


def payment_body(payment: Any) -> dict[str, Any]:
    """The document with what it was given to."""
    placing = payment.placing
    return dict(PaymentOut(payment).data) | {
        "reversed": placing.reversed,
        "unallocated": money(placing.unallocated),
        "allocations": AllocationOut(placing.allocations, many=True).data,
    }


def listed_body(payment: Any) -> dict[str, Any]:
    """The document as a list shows it."""
    reversed_ = hasattr(payment, "reversal")
    left = payment.left if payment.sign > 0 and not reversed_ else 0
    return dict(PaymentOut(payment).data) | {"reversed": reversed_, "unallocated": f"{left:.2f}"}


class Payments(LedgerApi):
    """收款与退款（A63）。"""

    parameters: ClassVar[tuple[str, ...]] = FILTERS

    @extend_schema(summary="收款列表", responses=PaymentOut(many=True))
    def get(self, request: Any) -> Response:
        """看得见的收款，后登记的在前；`unallocated=true` 只要还没分配完的。"""
        rows = narrowed(visible_payments(self.user), request.query_params, self.user)
        return self.listed(rows, lambda page: [listed_body(one) for one in page])

    @extend_schema(summary="登记收款", request=PaymentShape, responses={201: PaymentFull})
    def post(self, request: Any) -> Response:
        """登记；财务确认以后才落账。"""
        given = self.read(PaymentShape)
        customer = named(Customer, "customer", code=given.pop("customer"))
        if number := given.pop("order", ""):
            given["order"] = order_named(self.user, "order", number)
        given["allocations"] = allocation_inputs(self.user, given.get("allocations", []))
        payment = services.register_payment(PaymentInput(customer=customer, **given), actor=self.user)
        return self.document(payment, payment_body(payment), CREATED)


class OnePayment(LedgerApi):
    """一笔收款，和它的动作。"""

    def one(self, pk: int) -> Payment:
        """The payment, if this person sees it; as If-Match expects it."""
        return self.subject(Payment, visible_payments, pk=pk)

    def answer(self, payment: Payment) -> Response:
        """The fresh document."""
        return self.document(payment, payment_body(payment))


class PaymentDetail(OnePayment):
    """一笔收款。"""

    @extend_schema(summary="收款", responses=PaymentFull)
    def get(self, request: Any, pk: int) -> Response:
        """收款全文、分配与未分配，连同此人能做的动作。"""
        return self.answer(self.one(pk))


class Confirm(OnePayment):
    """确认到账（A53）。"""

    @extend_schema(summary="确认到账", request=None, responses=PaymentFull)
    def post(self, request: Any, pk: int) -> Response:
        """财务确认；自己登记的也可以。只减应收，不动未开票。"""
        self.expect_nothing()
        return self.answer(services.confirm_payment(self.one(pk), actor=self.user))


class Discard(OnePayment):
    """作废登记。"""

    @extend_schema(summary="作废收款登记", request=None, responses=PaymentFull)
    def post(self, request: Any, pk: int) -> Response:
        """还没确认的作废。"""
        self.expect_nothing()
        return self.answer(services.discard_payment(self.one(pk), actor=self.user))


class Reverse(OnePayment):
    """冲销（A63）。"""

    @extend_schema(summary="冲销收款", request=Reason, responses=PaymentFull)
    def post(self, request: Any, pk: int) -> Response:
        """确认错了，写明理由另记一笔冲销。"""
        given = self.read(Reason)
        return self.answer(services.reverse_payment(self.one(pk), given["reason"], actor=self.user))


class Allocate(OnePayment):
    """分配（A63）。"""

    @extend_schema(summary="分配收款", request=AllocateShape, responses=PaymentFull)
    def post(self, request: Any, pk: int) -> Response:
        """把没分配的分到发票或业务单；任何一边都不超。"""
        targets = allocation_inputs(self.user, self.read(AllocateShape)["allocations"])
        return self.answer(services.allocate_payment(self.one(pk), targets, actor=self.user))


def allocation_inputs(user: User, given: list[dict[str, Any]]) -> list[AllocationInput]:
    """The named invoices and orders; one that is not there is 400 at its place."""
    invoices = Invoice.objects.in_bulk([one["invoice"] for one in given if "invoice" in one])
    orders = {one["order"]: visible_orders(user).numbered(one["order"]).first() for one in given if "order" in one}
    missing: dict[str, str] = {}
    for n, one in enumerate(given):
        if "invoice" in one and one["invoice"] not in invoices:
            missing[f"allocations.{n}.invoice"] = _("没有发票 %(id)s") % {"id": one["invoice"]}
        if "order" in one and orders[one["order"]] is None:
            missing[f"allocations.{n}.order"] = _("没有业务单「%(number)s」") % {"number": one["order"]}
    if missing:
        raise ValidationError(missing)
    return [
        AllocationInput(one["amount"], invoices.get(one.get("invoice", 0)), orders.get(one.get("order", "")))
        for one in given
    ]


def narrowed(rows: Any, params: Any, user: User) -> Any:
    """The payments that the query asks for."""
    for name, known in (("state", Payment.State.values), ("kind", Payment.Kind.values)):
        if value := params.get(name):
            rows = rows.filter(**{name: one_of(name, value, known)})
    if customer := params.get("customer"):
        rows = rows.filter(customer__code=customer)
    if order := params.get("order"):
        placed = order_named(user, "order", order).allocation_lines.values("allocation__payment")
        rows = rows.filter(pk__in=placed) | rows.filter(order__in=Order.objects.numbered(order))
    if wanted := params.get("unallocated"):
        one_of("unallocated", wanted, ("true",))
        rows = rows.filter(state=Payment.State.CONFIRMED, left__gt=0, reversal__isnull=True).exclude(kind="refund")
    if since := params.get("updated_since"):
        rows = rows.filter(updated_at__gte=moment_of("updated_since", since))
    if words := params.get("q"):
        rows = rows.filter(bank_reference__istartswith=words.strip()[:60])
    return rows
