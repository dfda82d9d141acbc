"""What an order looks like on the wire, in and out (API.md). Shapes only; the rules are in services and guards."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from rest_framework import serializers

from orders.models import Basis, BusinessKind, Order, OrderLine, Product
from orders.selectors import figures
from orders.services import LineInput, OrderInput
from parties.models import Customer, User
from parties.models.customer import PaymentTerms
from workflow.inputs import Money, PlainDate, PlainDecimal, PlainText, Price, Quantity, StrictSerializer, shape_for
from workflow.rest import named

CURRENCIES = ("CNY", "USD", "EUR", "HKD", "JPY", "GBP")


class Requirements(serializers.DictField):
    """客户要求：{"standard": …, "packing": …, …}，值都是文字。"""

    child = PlainText(several_lines=True, allow_blank=True)

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and (len(data) > 40 or any(len(str(key)) > 40 for key in data)):
            raise serializers.ValidationError(_("要求的项目太多或名称太长"))
        return super().to_internal_value(data)


class Cell(StrictSerializer):
    """一行里一个颜色、一个尺码多少（C6）。"""

    colour = PlainText(max_length=40, required=False, allow_blank=True, default="")
    size = PlainText(max_length=40, required=False, allow_blank=True, default="")
    quantity = Quantity()

    def to_internal_value(self, data: Any) -> Any:
        cell = super().to_internal_value(data)
        return {**cell, "quantity": str(cell["quantity"])}


class LineShape(StrictSerializer):
    """一行明细的输入。"""

    id = serializers.IntegerField(required=False, min_value=1)
    product = PlainText(max_length=40, required=False)
    product_name = PlainText(max_length=120, required=False, allow_blank=True)
    specification = PlainText(required=False, allow_blank=True)
    material = PlainText(required=False, allow_blank=True)
    printing = PlainText(required=False, allow_blank=True)
    finishing = PlainText(required=False, allow_blank=True)
    unit = PlainText(max_length=10)
    quantity = Quantity()
    spare_quantity = Quantity(required=False)
    unit_price = Price()
    requested_date = PlainDate(required=False)
    over_percent = PlainDecimal(max_digits=5, decimal_places=2, required=False, max_value=Decimal(100))
    under_percent = PlainDecimal(max_digits=5, decimal_places=2, required=False, max_value=Decimal(100))
    business_kind = PlainText(max_length=40, required=False)
    requirements = Requirements(required=False)
    breakdown = Cell(many=True, required=False)
    fee = serializers.BooleanField(
        required=False, help_text="费用行（开机费、制版费、打样费…）：只记账，不评审、不生产、不发货"
    )


class OrderShape(StrictSerializer):
    """一张业务单的输入；PATCH 时只写要改的。"""

    business_kind = PlainText(max_length=40)
    customer = PlainText(max_length=40)
    customer_po = PlainText(max_length=60, required=False, allow_blank=True)
    basis = serializers.ChoiceField(Basis.choices)
    requested_date = PlainDate()
    received_at = serializers.DateTimeField(required=False)
    currency = serializers.ChoiceField(CURRENCIES, required=False)
    tax_rate = PlainDecimal(max_digits=5, decimal_places=4, required=False, max_value=Decimal("0.9999"))
    prices_include_tax = serializers.BooleanField(required=False)
    payment_terms = serializers.ChoiceField(PaymentTerms.choices, required=False)
    salesperson = PlainText(max_length=150, required=False)
    coordinator = PlainText(max_length=150, required=False)
    requirements = Requirements(required=False)
    rush = serializers.BooleanField(required=False)
    confirmed_with = PlainText(max_length=60, required=False, allow_blank=True)
    confirmed_at = serializers.DateTimeField(required=False)
    external_id = PlainText(max_length=80, required=False)
    lines = LineShape(many=True, allow_empty=False)


class LineOut(serializers.Serializer[Any]):
    """一行明细的样子。"""

    id = serializers.IntegerField()
    position = serializers.IntegerField()
    product = serializers.CharField(source="product_code")
    product_name = serializers.CharField()
    specification = serializers.CharField()
    material = serializers.CharField()
    printing = serializers.CharField()
    finishing = serializers.CharField()
    unit = serializers.CharField()
    quantity = Quantity()
    spare_quantity = Quantity()
    unit_price = Price()
    amount = Money(help_text="含税金额；关了的行只值已经净发的")
    tax_amount = Money()
    requested_date = serializers.DateField()
    promised_date = serializers.DateField()
    over_percent = PlainDecimal(max_digits=5, decimal_places=2)
    under_percent = PlainDecimal(max_digits=5, decimal_places=2)
    business_kind = serializers.CharField(source="business_kind.code", default=None)
    requirements = serializers.DictField()
    breakdown = serializers.ListField(child=serializers.DictField())
    closed = serializers.BooleanField()
    fee = serializers.BooleanField(help_text="费用行：只记账，不生产、不发货")


class OrderOut(serializers.Serializer[Any]):
    """一张业务单的样子。"""

    number = serializers.CharField()
    state = serializers.CharField()
    state_display = serializers.CharField(source="get_state_display")
    version = serializers.IntegerField()
    business_kind = serializers.CharField(source="business_kind.code")
    customer = serializers.CharField(source="customer.code")
    customer_name = serializers.CharField()
    customer_po = serializers.CharField()
    basis = serializers.CharField()
    received_at = serializers.DateTimeField()
    requested_date = serializers.DateField()
    promised_date = serializers.DateField()
    rush = serializers.BooleanField()
    inserted = serializers.BooleanField()
    currency = serializers.CharField()
    tax_rate = PlainDecimal(max_digits=5, decimal_places=4)
    prices_include_tax = serializers.BooleanField()
    payment_terms = serializers.CharField()
    salesperson = serializers.CharField(source="salesperson.username", default=None)
    coordinator = serializers.CharField(source="coordinator.username")
    requirements = serializers.DictField()
    amount = Money()
    tax_amount = Money()
    external_id = serializers.CharField(source="given_id")
    original_pending = serializers.BooleanField()
    original_received_on = serializers.DateField()


class OrderFull(OrderOut):
    """业务单连同各行与各楼层算出的状态（文档用）。"""

    shipping_status = serializers.ChoiceField(("none", "partial", "full"))
    invoicing_status = serializers.ChoiceField(("none", "partial", "full"))
    collection_status = serializers.ChoiceField(("none", "partial", "full"))
    at_risk = serializers.BooleanField()
    lines = LineOut(many=True)


def order_bodies(orders: list[Order], user: User) -> list[dict[str, Any]]:
    """Orders as replies; prices only for people with the right to see money."""
    head, line = shape_for(user, OrderOut), shape_for(user, LineOut)
    known = figures(orders, words=False)
    return [
        {
            **head.to_representation(order),
            "shipping_status": known[order.pk]["shipping_status"],
            "invoicing_status": known[order.pk]["invoicing_status"],
            "collection_status": known[order.pk]["collection_status"],
            "at_risk": bool(known[order.pk]["at_risk"]),
            "lines": [line.to_representation(row) for row in order.lines_now],
        }
        for order in orders
    ]


def order_input(given: dict[str, Any], *, source: str = "") -> OrderInput:
    """A checked body as the services take it; codes become rows, an unknown code is 400 at its field."""
    lines = _lines(given.pop("lines"))
    for field, model, look_up in (("business_kind", BusinessKind, "code"), ("customer", Customer, "code")):
        given[field] = named(model, field, **{look_up: given[field]})
    for field in ("salesperson", "coordinator"):
        if field in given:
            given[field] = named(User, field, username=given[field])
    return OrderInput(**given, lines=lines, external_source=source if given.get("external_id") else "")


def _lines(rows: list[dict[str, Any]]) -> list[LineInput]:
    products = Product.objects.in_bulk({row["product"] for row in rows if "product" in row}, field_name="code")
    kinds: dict[str, BusinessKind] = {}
    if codes := {row["business_kind"] for row in rows if "business_kind" in row}:
        kinds = BusinessKind.objects.in_bulk(codes, field_name="code")
    return [_line(n, dict(row), products, kinds) for n, row in enumerate(rows)]


def _line(n: int, row: dict[str, Any], products: dict[str, Product], kinds: dict[str, BusinessKind]) -> LineInput:
    for field, known in (("product", products), ("business_kind", kinds)):
        if field in row:
            code = row[field]
            if code not in known:
                raise ValidationError({f"lines.{n}.{field}": _("没有「%(value)s」") % {"value": code}})
            row[field] = known[code]
    return LineInput(**row)


def merged_input(order: Order, given: dict[str, Any], *, source: str) -> OrderInput:
    """A PATCH over what the order holds now; an external number belongs to the token that gives it."""
    whole: dict[str, Any] = {
        "business_kind": order.business_kind.code, "customer": order.customer.code, "basis": order.basis,
        "requested_date": order.requested_date, "customer_po": order.customer_po, "received_at": order.received_at,
        "currency": order.currency, "tax_rate": order.tax_rate, "prices_include_tax": order.prices_include_tax,
        "payment_terms": order.payment_terms, "requirements": order.requirements, "rush": order.rush,
        "confirmed_with": order.confirmed_with, "confirmed_at": order.confirmed_at, "external_id": order.external_id,
        "lines": [_given_line(line) for line in order.lines_now],
    }  # fmt: skip
    return order_input(whole | given, source=source if "external_id" in given else order.external_source)


def _given_line(line: OrderLine) -> dict[str, Any]:
    names = (
        "id", "product_name", "specification", "material", "printing", "finishing", "unit", "quantity",
        "spare_quantity", "unit_price", "requested_date", "over_percent", "under_percent", "requirements",
        "breakdown", "fee",
    )  # fmt: skip
    row = {name: getattr(line, name) for name in names}
    if line.product_code:
        row["product"] = line.product_code
    if line.business_kind:
        row["business_kind"] = line.business_kind.code
    return row
