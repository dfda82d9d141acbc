"""invoices/: 发票草稿、开出、作废、红字（A63）。"""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from ledger import services
from ledger.api.shared import CREATED, LedgerApi, moment_of, money, one_of, order_named
from ledger.models import Invoice
from ledger.selectors import paid_on, visible_invoices
from ledger.services import InvoiceInput, InvoiceLineInput, RedInput
from orders.models import Order, OrderLine
from orders.models.seeing import SEES_ALL
from parties.models import Customer, User
from workflow.inputs import Money, PlainDate, PlainDecimal, PlainText, Price, Quantity, StrictSerializer
from workflow.rest import named

FILTERS = ("state", "customer", "order", "coordinator", "updated_since", "q")


class InvoiceLineShape(StrictSerializer):
    """要开的一行。"""

    order_line = serializers.IntegerField(min_value=1, help_text="业务单行的 id")
    quantity = Quantity()
    amount = Money(required=False, help_text="含税金额；给了就要与系统算的相同")


class InvoiceShape(StrictSerializer):
    """一张发票草稿。"""

    customer = PlainText(max_length=40, help_text="客户编号")
    number = PlainText(max_length=40, help_text="税务系统给的发票号码")
    date = PlainDate(help_text="开票日期，不能在将来")
    lines = InvoiceLineShape(many=True, allow_empty=False)
    remark = PlainText(required=False, allow_blank=True)


class RedLineShape(StrictSerializer):
    """要冲的一行。"""

    order_line = serializers.IntegerField(min_value=1)
    quantity = Quantity(help_text="冲多少，正数")


class RedShape(StrictSerializer):
    """一张红字发票草稿；没有 `lines` 就把没冲的全冲。"""

    number = PlainText(max_length=40)
    date = PlainDate()
    reason = PlainText(several_lines=True)
    lines = RedLineShape(many=True, required=False)


class InvoiceLineOut(serializers.Serializer[Any]):
    """发票的一行；红字为负。"""

    id = serializers.IntegerField()
    order = serializers.CharField(source="order.number")
    order_line = serializers.IntegerField(source="order_line_id")
    position = serializers.IntegerField(source="order_line.position")
    product_name = serializers.CharField(source="order_line.product_name")
    specification = serializers.CharField(source="order_line.specification")
    unit = serializers.CharField(source="order_line.unit")
    quantity = Quantity()
    unit_price = Price()
    amount = Money()
    tax = Money()


class InvoiceOut(serializers.Serializer[Any]):
    """一张发票；`paid` 是已收，`open` 是还欠（减去红字）。"""

    id = serializers.IntegerField()
    number = serializers.CharField()
    state = serializers.CharField()
    state_display = serializers.CharField(source="get_state_display")
    date = serializers.DateField()
    customer = serializers.CharField(source="customer.code")
    customer_name = serializers.CharField()
    currency = serializers.CharField()
    tax_rate = PlainDecimal(max_digits=5, decimal_places=4)
    amount = Money()
    tax = Money()
    red_of = serializers.IntegerField(source="red_of_id")
    remark = serializers.CharField()
    made_by = serializers.CharField(source="made_by.username")
    issued_by = serializers.CharField(source="issued_by.username", default=None)
    issued_at = serializers.DateTimeField()
    version = serializers.IntegerField(source="revision")


class InvoiceFull(InvoiceOut):
    """一张发票连同各行。"""

    paid = serializers.CharField()
    open = serializers.CharField()
    lines = InvoiceLineOut(many=True)


def invoice_body(invoice: Any, *, with_lines: bool = True) -> dict[str, Any]:
    """The document, with what was paid on it and what it still owes."""
    if not hasattr(invoice, "open"):
        invoice.paid, invoice.open = paid_on(invoice)
    body = dict(InvoiceOut(invoice).data) | {"paid": money(invoice.paid), "open": money(invoice.open)}
    if with_lines:
        body["lines"] = InvoiceLineOut(invoice.lines_now, many=True).data
    return body


class Invoices(LedgerApi):
    """发票（A63）。"""

    parameters: ClassVar[tuple[str, ...]] = FILTERS

    @extend_schema(summary="发票列表", responses=InvoiceOut(many=True))
    def get(self, request: Any) -> Response:
        """看得见的发票，后做的在前。"""
        rows = narrowed(visible_invoices(self.user), request.query_params, self.user)
        return self.listed(rows, lambda page: [invoice_body(one, with_lines=False) for one in page])

    @extend_schema(summary="做发票草稿", request=InvoiceShape, responses={201: InvoiceFull})
    def post(self, request: Any) -> Response:
        """金额由系统按发货算；开出以前不减未开票。"""
        given = self.read(InvoiceShape)
        customer = named(Customer, "customer", code=given.pop("customer"))
        lines = line_inputs(self.user, given.pop("lines"))
        invoice = services.create_invoice(InvoiceInput(customer=customer, lines=lines, **given), actor=self.user)
        return self.document(invoice, invoice_body(invoice), CREATED)


class OneInvoice(LedgerApi):
    """一张发票，和它的动作。"""

    def one(self, pk: int) -> Invoice:
        """The invoice, if this person sees it; as If-Match expects it."""
        return self.subject(Invoice, visible_invoices, pk=pk)

    def answer(self, invoice: Invoice, status: int = 200) -> Response:
        """The fresh document."""
        return self.document(invoice, invoice_body(invoice), status)


class InvoiceDetail(OneInvoice):
    """一张发票。"""

    @extend_schema(summary="发票", responses=InvoiceFull)
    def get(self, request: Any, pk: int) -> Response:
        """发票全文，已收与还欠，连同此人能做的动作。"""
        return self.answer(self.one(pk))


class Issue(OneInvoice):
    """开出（A62）。"""

    @extend_schema(summary="开出发票", request=None, responses=InvoiceFull)
    def post(self, request: Any, pk: int) -> Response:
        """开票不超过净发货；只减未开票，不动应收。"""
        self.expect_nothing()
        return self.answer(services.issue_invoice(self.one(pk), actor=self.user))


class Discard(OneInvoice):
    """作废草稿。"""

    @extend_schema(summary="作废发票草稿", request=None, responses=InvoiceFull)
    def post(self, request: Any, pk: int) -> Response:
        """号码可以再用。"""
        self.expect_nothing()
        return self.answer(services.discard_invoice(self.one(pk), actor=self.user))


class Red(OneInvoice):
    """红字（A63）。"""

    @extend_schema(summary="做红字发票草稿", request=RedShape, responses={201: InvoiceFull})
    def post(self, request: Any, pk: int) -> Response:
        """指明原票与理由；不写行就整张冲。开出同普通发票。"""
        given = self.read(RedShape)
        lines = line_inputs(self.user, given.pop("lines", []))
        red = services.create_red_invoice(self.one(pk), RedInput(lines=lines, **given), actor=self.user)
        return self.answer(red, CREATED)


def line_inputs(user: User, given: list[dict[str, Any]]) -> list[InvoiceLineInput]:
    """The named order lines with their orders; one that is not there is 400 at its line."""
    rows = OrderLine.objects.select_related("order")
    if user.role not in SEES_ALL:
        rows = rows.filter(order__in=Order.objects.visible_to(user).values("pk"))
    lines = rows.in_bulk([line["order_line"] for line in given])
    missing = {
        f"lines.{n}.order_line": _("没有这一行 %(id)s") % {"id": line["order_line"]}
        for n, line in enumerate(given)
        if line["order_line"] not in lines
    }
    if missing:
        raise ValidationError(missing)
    return [InvoiceLineInput(lines[line["order_line"]], line["quantity"], line.get("amount")) for line in given]


def narrowed(rows: Any, params: Any, user: User) -> Any:
    """The invoices that the query asks for."""
    if state := params.get("state"):
        rows = rows.filter(state=one_of("state", state, Invoice.State.values))
    if customer := params.get("customer"):
        rows = rows.filter(customer__code=customer)
    if order := params.get("order"):
        rows = rows.filter(pk__in=order_named(user, "order", order).invoice_lines.values("invoice"))
    if coordinator := params.get("coordinator"):
        rows = rows.filter(lines__order__coordinator__username=coordinator).distinct()
    if since := params.get("updated_since"):
        rows = rows.filter(updated_at__gte=moment_of("updated_since", since))
    if words := params.get("q"):
        rows = rows.filter(number__istartswith=words.strip()[:40])
    return rows
