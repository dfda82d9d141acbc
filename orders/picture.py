"""The order as a half-filled form pictures it: unsaved, for the guards to be asked while somebody types (A6.1d)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from orders.forms import REQUIREMENTS, LineFormSet, OrderForm
from orders.models import BusinessKind, KindVersion, Order, OrderLine, Product, State
from orders.models.line import totals

WORDS = ("specification", "material", "printing", "finishing")


def imagined(form: OrderForm, lines: LineFormSet) -> Order | None:
    """What is there of it; nothing where even the kind is not known."""
    data, stored = form.cleaned_data, form.order
    kind = data.get("business_kind") or (stored.business_kind if stored else None)
    if kind is None:
        return None
    rest = {key: value for key, value in stored.requirements.items() if key not in REQUIREMENTS} if stored else {}
    order = Order(
        pk=stored.pk if stored else None,
        business_kind=kind,
        kind_version=_kept(kind, stored),
        customer_po=data.get("customer_po", ""),
        basis=data.get("basis", ""),
        requirements=rest | {name: data[name] for name in REQUIREMENTS if data.get(name)},
        confirmed_with=data.get("confirmed_with", ""),
        confirmed_at=data.get("confirmed_at"),
        payment_terms=data.get("payment_terms", ""),
        original_received_on=stored.original_received_on if stored else None,
    )
    order.__dict__["requested_date"] = data.get("requested_date")
    order.lines_now = _lines(lines, stored, str(data.get("tax", "")))
    for line in order.lines_now:
        line.order = order
    order.amount, order.tax_amount = totals(order.lines_now)
    return order


def _kept(kind: BusinessKind, stored: Order | None) -> KindVersion | None:
    """The version that an order past its draft goes on with."""
    if stored is None or stored.state == State.DRAFT or stored.business_kind_id != kind.pk:
        return None
    return stored.kind_version


def _lines(lines: LineFormSet, stored: Order | None, tax: str) -> list[OrderLine]:
    filled = [getattr(form, "cleaned_data", {}) for form in lines.filled]
    codes = {data.get("product", "") for data in filled} | {data.get("product_name", "")[:40] for data in filled}
    codes |= {code.split(" ")[0] for code in codes}
    products = {product.code: product for product in Product.objects.filter(code__in=codes - {""})}
    known = {line.pk: line for line in stored.lines_now} if stored else {}
    return [
        _line(place, data, products, known.get(data.get("id") or 0), tax)
        for place, data in enumerate(filled, start=1)
        if data.get("product_name")
    ]


def _line(
    place: int, data: dict[str, Any], products: dict[str, Product], stored: OrderLine | None, tax: str
) -> OrderLine:
    name = data["product_name"]
    fee = bool(data.get("fee"))
    product = None if fee else products.get(data.get("product", "")) or products.get(name.split(" ")[0])
    line = OrderLine(
        fee=fee,
        position=place,
        product_name=product.name if product and name in {product.code, str(product)} else name,
        quantity=data.get("quantity") or Decimal(0),
        unit_price=data.get("unit_price") or Decimal(0),
        requirements=stored.requirements if stored else {},
        breakdown=stored.breakdown if stored else [],
        product=product,
        business_kind=stored.business_kind if stored else None,
        **{column: data.get(column, "") for column in WORDS},
    )
    if product and not line.specification:
        line.specification = product.specification
    line.price_up(tax_rate=Decimal(tax[:-1] or 0), prices_include_tax=tax.endswith("+"))
    return line
