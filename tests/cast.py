"""The cast of every test: the demo company's people, by name, and an order walked to any state by the services."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from config.demo.company import make_company
from orders import services
from orders.models import BusinessKind, Order, Product
from orders.services import LineInput, OrderInput
from parties.models import Customer, User
from workflow import clock


class Cast:
    """The people of the company: `cast.xiaoli`, `cast.laowang`, `cast.gm` …"""

    def __init__(self) -> None:
        self.people = make_company()

    def __getattr__(self, username: str) -> User:
        try:
            return self.people[username]
        except KeyError as error:
            raise AttributeError(username) from error


def line_input(code: str = "P001", quantity: str = "1000", price: str = "12.50", **changes: Any) -> LineInput:
    """One line as a form or the API would hand it in."""
    product = Product.objects.get(code=code)
    return LineInput(
        product=product, quantity=Decimal(quantity), unit=product.unit, unit_price=Decimal(price), **changes
    )


def order_input(**changes: Any) -> OrderInput:
    """A complete printing order of C001 with two lines (14,100.00 incl. tax)."""
    given: dict[str, Any] = {
        "business_kind": BusinessKind.objects.get(code="printing"),
        "customer": Customer.objects.get(code="C001"),
        "customer_po": "RH-2611-018",
        "basis": "written",
        "requested_date": clock.today() + dt.timedelta(days=20),
        "payment_terms": "monthly_30",
        "requirements": {"standard": "按签样", "packing": "50 本/箱"},
    }
    if "lines" not in changes:
        given["lines"] = [line_input(), line_input("P002", "500", "3.20")]
    return OrderInput(**(given | changes))


def draft(cast: Cast, **changes: Any) -> Order:
    """登记好的草稿。"""
    return services.create_order(order_input(**changes), actor=cast.xiaoli)


def submitted(cast: Cast, **changes: Any) -> Order:
    """提交了，等主任审核。"""
    return services.submit_order(draft(cast, **changes), actor=cast.xiaoli)


def accepted(cast: Cast, **changes: Any) -> Order:
    """审核通过，等评审。"""
    return services.accept_order(submitted(cast, **changes), actor=cast.laowang)
