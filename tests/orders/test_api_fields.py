"""接口给谁看什么（B7）：没有看金额权的人，单价、金额、额度、参考价整个没有；表单的记号不是外部编号。"""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from orders.models import Order, OrderShare, Product
from orders.services import edit_product
from parties.models import Customer, Department
from parties.services import edit_customer
from tests.caller import Caller, order_body
from tests.cast import Cast, submitted
from tests.pages import browser, sheet

SEE_MONEY = ("xiaoli", "laowang", "director", "gm", "finance", "sales")
SEE_NONE = ("engineering", "printing_qc", "planning", "warehouse", "admin")
ORDER, LINE = {"amount", "tax_amount"}, {"unit_price", "amount", "tax_amount"}


def seen(cast: Cast, username: str) -> list[tuple[set[str], set[str]]]:
    """For every body: the money fields that there are, and those that this person got."""
    order = Order.objects.get()
    for code in ("engineering", "printing_quality", "planning", "warehouse"):
        department = Department.objects.get(code=code)
        OrderShare.objects.get_or_create(order=order, department=department, reason="review")
    api = Caller(getattr(cast, username))
    body: dict[str, Any] = api.get(f"orders/{order.number}/").json()
    customer, product = api.get("customers/C001/").json(), api.get("products/P001/").json()
    return [
        (ORDER, ORDER & set(body)),
        (LINE, LINE & set(body["lines"][0])),
        ({"credit_limit"}, {"credit_limit"} & set(customer)),
        ({"default_price"}, {"default_price"} & set(product)),
    ]


@pytest.mark.rule("B7")
@pytest.mark.parametrize("username", SEE_MONEY)
def test_whoever_may_see_money_gets_every_field(cast: Cast, username: str) -> None:
    submitted(cast, salesperson=cast.sales)
    assert all(there == got for there, got in seen(cast, username))


@pytest.mark.rule("B7")
@pytest.mark.parametrize("username", SEE_NONE)
def test_whoever_may_not_gets_none_of_them(cast: Cast, username: str) -> None:
    submitted(cast)
    assert all(got == set() for _there, got in seen(cast, username))


@pytest.mark.rule("B7")
def test_what_one_may_not_see_one_may_not_set(cast: Cast) -> None:
    with pytest.raises(PermissionDenied, match="信用额度"):
        edit_customer(Customer.objects.get(code="C002"), credit_limit=1, actor=cast.admin)
    with pytest.raises(PermissionDenied, match="参考价"):
        edit_product(Product.objects.get(code="P001"), default_price=1, actor=cast.admin)
    assert edit_customer(Customer.objects.get(code="C002"), grade="A", actor=cast.admin).grade == "A"


@pytest.mark.rule("B8")
def test_the_token_of_a_form_is_no_external_number(cast: Cast) -> None:
    browser(cast.xiaoli).post("/orders/new/", sheet(token="a-form-that-was-opened-once"))
    order = Order.objects.get()
    api = Caller(cast.xiaoli)
    assert order.external_id == "a-form-that-was-opened-once"
    assert api.get(f"orders/{order.number}/").json()["external_id"] == ""
    assert api.patch(f"orders/{order.number}/", {"customer_po": "N-1"}).json()["external_id"] == ""
    assert Order.objects.get().external_source == "form"


@pytest.mark.rule("B8")
def test_an_external_number_belongs_to_who_gives_it(cast: Cast) -> None:
    api = Caller(cast.xiaoli)
    number = api.post("orders/", order_body(external_id="ERP-7")).json()["number"]
    assert api.patch(f"orders/{number}/", {"external_id": "ERP-8"}).json()["external_id"] == "ERP-8"
    assert Order.objects.get().external_source == f"token:{api.token.pk}"
