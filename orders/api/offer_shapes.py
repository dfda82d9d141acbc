"""What inquiries, quotations and contracts look like on the wire (B1, B1b). Shapes only; the rules are in services."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from rest_framework import serializers

from orders import offers
from orders.api.shapes import CURRENCIES, Requirements
from orders.models import Basis, BusinessKind, Inquiry, OrderContract, Product, Quotation
from orders.services import Choice, InquiryInput, QuotationInput, QuotedLine, StepInput, WinInput
from orders.services.inquiry import said_in
from orders.services.quotation import input_of
from parties.models import Customer, User
from parties.models.customer import PaymentTerms
from workflow.inputs import Money, PlainDate, PlainDecimal, PlainText, Price, Quantity, StrictSerializer
from workflow.rest import named


class InquiryShape(StrictSerializer):
    """一次询盘的输入：customer 与 prospect 写一个。"""

    customer = PlainText(max_length=40, required=False, help_text="已有客户的编号")
    prospect = PlainText(max_length=120, required=False, help_text="还不是客户的名称")
    asked_by = PlainText(max_length=60)
    reach = PlainText(max_length=80, required=False, allow_blank=True)
    channel = serializers.ChoiceField(Inquiry.Channel.choices)
    received_at = serializers.DateTimeField(required=False)
    asked = PlainText(several_lines=True)
    due = PlainDate()
    holder = PlainText(max_length=150, required=False)


class InquiryOut(serializers.Serializer[Any]):
    """一次询盘。"""

    number = serializers.CharField()
    state = serializers.CharField()
    state_display = serializers.CharField(source="get_state_display")
    customer = serializers.CharField(source="customer.code", default=None)
    customer_name = serializers.CharField()
    asked_by = serializers.CharField()
    reach = serializers.CharField()
    channel = serializers.CharField()
    received_at = serializers.DateTimeField()
    asked = serializers.CharField()
    due = serializers.DateField()
    holder = serializers.CharField(source="holder.username")
    closed_reason = serializers.CharField()
    version = serializers.IntegerField(source="revision")


def inquiry_input(given: dict[str, Any]) -> InquiryInput:
    """A checked body as the service takes it."""
    return InquiryInput(**_people(given, "holder"))


def merged_inquiry(inquiry: Inquiry, given: dict[str, Any]) -> InquiryInput:
    """A PATCH over what the inquiry holds now: a customer that is written replaces the prospect, and the other way."""
    given = _people(given, "holder")
    if "prospect" in given and "customer" not in given:
        given["customer"] = None
    return replace(said_in(inquiry), **given)


class StepShape(StrictSerializer):
    """数量阶梯的一级。"""

    quantity = Quantity()
    unit_price = Price()


class QuotedLineShape(StrictSerializer):
    """报价单的一行，最多四级数量。"""

    product = PlainText(max_length=40, required=False)
    product_name = PlainText(max_length=120, required=False, allow_blank=True)
    specification = PlainText(required=False, allow_blank=True)
    material = PlainText(required=False, allow_blank=True)
    printing = PlainText(required=False, allow_blank=True)
    finishing = PlainText(required=False, allow_blank=True)
    unit = PlainText(max_length=10)
    steps = StepShape(many=True, allow_empty=False)
    tooling_fee = Money(required=False)
    proof_fee = Money(required=False)
    lead_days = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=366)
    remark = PlainText(required=False, allow_blank=True)


class QuotationShape(StrictSerializer):
    """一张报价单的输入；PATCH 时只写要改的，写了 lines 就换掉全部行。"""

    customer = PlainText(max_length=40, required=False, help_text="已有客户的编号")
    prospect = PlainText(max_length=120, required=False, help_text="还不是客户的名称")
    contact = PlainText(max_length=60, required=False, allow_blank=True)
    inquiry = PlainText(max_length=20, required=False, help_text="答复哪次询盘")
    business_kind = PlainText(max_length=40)
    valid_until = PlainDate()
    currency = serializers.ChoiceField(CURRENCIES, required=False)
    tax_rate = PlainDecimal(max_digits=5, decimal_places=4, required=False, max_value=Decimal("0.9999"))
    prices_include_tax = serializers.BooleanField(required=False)
    payment_terms = serializers.ChoiceField(PaymentTerms.choices, required=False)
    terms = PlainText(several_lines=True, required=False, allow_blank=True)
    salesperson = PlainText(max_length=150, required=False)
    coordinator = PlainText(max_length=150, required=False, help_text="成交后谁跟单；编的人自己能登记业务单的可不写")
    lines = QuotedLineShape(many=True, required=False)


class QuotedStepOut(serializers.Serializer[Any]):
    """数量阶梯的一级；id 用于成单。"""

    id = serializers.IntegerField()
    quantity = Quantity()
    unit_price = Price()
    amount = Money()
    tax_amount = Money()


class QuotedLineOut(serializers.Serializer[Any]):
    """报价单的一行。"""

    position = serializers.IntegerField()
    product = serializers.CharField(source="product_code")
    product_name = serializers.CharField()
    specification = serializers.CharField()
    material = serializers.CharField()
    printing = serializers.CharField()
    finishing = serializers.CharField()
    unit = serializers.CharField()
    tooling_fee = Money()
    proof_fee = Money()
    lead_days = serializers.IntegerField()
    remark = serializers.CharField()
    steps = QuotedStepOut(source="steps_now", many=True)


class QuotationOut(serializers.Serializer[Any]):
    """一张报价单的一版。"""

    number = serializers.CharField()
    state = serializers.CharField()
    state_display = serializers.CharField(source="get_state_display")
    version = serializers.IntegerField()
    first_version = serializers.SerializerMethodField()
    inquiry = serializers.CharField(source="inquiry.number", default=None)
    customer = serializers.CharField(source="customer.code", default=None)
    customer_name = serializers.CharField()
    contact = serializers.CharField()
    business_kind = serializers.CharField(source="business_kind.code")
    valid_until = serializers.DateField()
    currency = serializers.CharField()
    tax_rate = PlainDecimal(max_digits=5, decimal_places=4)
    prices_include_tax = serializers.BooleanField()
    payment_terms = serializers.CharField()
    terms = serializers.CharField()
    holder = serializers.CharField(source="holder.username")
    coordinator = serializers.CharField(source="coordinator.username", default=None)
    salesperson = serializers.CharField(source="salesperson.username", default=None)
    sent_at = serializers.DateTimeField()
    sent_to = serializers.CharField()
    sent_how = serializers.CharField()
    accepted_at = serializers.DateTimeField()
    customer_answer = serializers.CharField()
    order = serializers.CharField(source="order.number", default=None)
    lines = QuotedLineOut(source="lines_now", many=True)

    def get_first_version(self, quotation: Quotation) -> str:
        """首版的编号，各版共用。"""
        return (quotation.root or quotation).number


def quotation_input(given: dict[str, Any], user: User) -> QuotationInput:
    """A checked body as the service takes it; codes become rows, an unknown code is 400 at its field."""
    rows = given.pop("lines", [])
    codes = {row["product"] for row in rows if "product" in row}
    products = Product.objects.in_bulk(codes, field_name="code")
    given["lines"] = [_line(n, dict(row), products) for n, row in enumerate(rows)]
    given["business_kind"] = named(BusinessKind, "business_kind", code=given["business_kind"])
    if "inquiry" in given:
        number = given["inquiry"]
        given["inquiry"] = offers.visible_inquiries(user).numbered(number).first()
        if given["inquiry"] is None:
            raise ValidationError({"inquiry": _("没有「%(value)s」") % {"value": number}})
    return QuotationInput(**_people(given, "salesperson", "coordinator"))


def _line(n: int, row: dict[str, Any], products: dict[str, Product]) -> QuotedLine:
    row["steps"] = [StepInput(**step) for step in row["steps"]]
    if "product" in row:
        code = row["product"]
        if code not in products:
            raise ValidationError({f"lines.{n}.product": _("没有「%(value)s」") % {"value": code}})
        row["product"] = products[code]
    return QuotedLine(**row)


def merged_quotation(quotation: Quotation, given: dict[str, Any], user: User) -> QuotationInput:
    """A PATCH over what the quotation holds now."""
    held = input_of(quotation)
    kind = given.setdefault("business_kind", held.business_kind.code)
    given.setdefault("valid_until", held.valid_until)
    who = {"customer", "prospect"} & set(given)
    fresh = quotation_input(dict(given, business_kind=kind), user)
    names = {name for name in given if name not in {"customer", "prospect"}}
    changed = {name: getattr(fresh, name) for name in names}
    if who:
        changed |= {"customer": fresh.customer, "prospect": fresh.prospect}
    return QuotationInput(**{**held.__dict__, **changed})


def _people(given: dict[str, Any], *people: str) -> dict[str, Any]:
    if "customer" in given:
        given["customer"] = named(Customer, "customer", code=given["customer"])
    for field in people:
        if field in given:
            given[field] = named(User, field, username=given[field])
    return given


class SendShape(StrictSerializer):
    """送给谁、怎么送的。"""

    to = PlainText(max_length=60)
    how = PlainText(max_length=60)


class AcceptShape(StrictSerializer):
    """客户怎么说的。"""

    answer = PlainText(several_lines=True, required=False, allow_blank=True)


class ChoiceShape(StrictSerializer):
    """选了哪一级；多订的写 quantity，单价照这一级。"""

    step = serializers.IntegerField(min_value=1, max_value=2**62)
    quantity = Quantity(required=False)


class WinShape(StrictSerializer):
    """成单：每行最多选一级；还不是客户的，写已有客户的编号，或者新客户的编号。"""

    choices = ChoiceShape(many=True, allow_empty=False)
    basis = serializers.ChoiceField(Basis.choices)
    requested_date = PlainDate()
    customer_po = PlainText(max_length=60, required=False, allow_blank=True)
    customer = PlainText(max_length=40, required=False)
    new_customer = PlainText(max_length=40, required=False)
    requirements = Requirements(required=False)
    waived = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**62), required=False, max_length=100,
        help_text="不收制版费、打样费的行（报价行的 id）；不写的，费用各成一行带过去",
    )  # fmt: skip


def win_input(given: dict[str, Any]) -> WinInput:
    """A checked body as the service takes it."""
    choices = [Choice(**choice) for choice in given.pop("choices")]
    return WinInput(choices=choices, **_people(given))


class ContractShape(StrictSerializer):
    """出合同或确认书。"""

    form = serializers.ChoiceField(OrderContract.Form.choices, required=False)
    terms = PlainText(several_lines=True, max_length=4000, required=False, allow_blank=True)


class ContractOut(serializers.Serializer[Any]):
    """一份合同或确认书。"""

    number = serializers.CharField()
    state = serializers.CharField()
    state_display = serializers.CharField(source="get_state_display")
    order = serializers.CharField(source="order.number")
    order_version = serializers.IntegerField()
    form = serializers.CharField()
    terms = serializers.CharField()
    made_by = serializers.CharField(source="made_by.username")
    made_at = serializers.DateTimeField()
    sent_at = serializers.DateTimeField()
    sent_to = serializers.CharField()
    sent_how = serializers.CharField()
    signed_on = serializers.DateField()
    scan = serializers.IntegerField(source="scan_id")
    version = serializers.IntegerField(source="revision")


class SignBackShape(serializers.Serializer[Any]):
    """multipart：signed_on 与 file。"""

    signed_on = PlainDate()
    file = serializers.FileField(required=False)
