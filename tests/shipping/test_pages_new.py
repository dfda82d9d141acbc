"""新建送货单的页面：预填在库没发的，空着的行不发，几张业务单一起发。"""

from __future__ import annotations

from decimal import Decimal

import pytest

from orders.models import Order
from shipping.models import Delivery
from tests.cast import Cast
from tests.cast_production import producing, shipping_ready
from tests.cast_shipping import again, carrier, dispatched, drafted, in_store, line_of, received
from tests.pages import browser, words


def filled(order: Order, *quantities: str, **changes: str) -> dict[str, str]:
    """The form as the page sends it: a quantity for each line."""
    lines = {f"l{line_of(order, n).pk}-quantity": quantity for n, quantity in enumerate(quantities, start=1)}
    return {"order": order.number, "address": "云岭路 18 号", "contact": "刘婷"} | lines | changes


@pytest.mark.rule("A54")
def test_it_is_filled_with_what_lies_in_the_store(cast: Cast) -> None:
    order = in_store(cast, producing(cast), (1, "600"))
    dispatched(cast, order, amounts=[(1, "150")])
    drafted(cast, again(order), amounts=[(1, "900")])

    rows = browser(cast.xiaoli).get(f"/deliveries/new/?order={order.number}").context["rows"]
    assert [(row.standing.stored, row.planned, row.form.initial["quantity"]) for row in rows] == [
        (Decimal(450), Decimal(900), ""),
        (Decimal(0), Decimal(0), ""),
    ]


@pytest.mark.rule("A54")
def test_it_makes_a_draft_of_the_lines_that_have_a_quantity(cast: Cast) -> None:
    carrier()
    order = shipping_ready(cast)
    li = browser(cast.xiaoli)
    page = li.get(f"/deliveries/new/?order={order.number}")
    assert [row.form.initial["quantity"] for row in page.context["rows"]] == ["1000", "500"]

    answer = li.post("/deliveries/new/", filled(order, "300", "", carrier="L001"))
    delivery = Delivery.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/deliveries/{delivery.number}/")
    assert [(line.order_line.position, line.quantity) for line in delivery.lines_now] == [(1, Decimal(300))]
    assert (delivery.carrier, delivery.address) == (carrier(), "云岭路 18 号")


@pytest.mark.rule("A54")
@pytest.mark.parametrize(
    ("quantity", "said"),
    [("", "还没有填要发的数量"), ("1e5", "请填数字"), ("-5", "不能是负数"), ("1,000", "数字里不要逗号")],
)
def test_bad_figures_are_said_and_nothing_typed_is_lost(cast: Cast, quantity: str, said: str) -> None:
    order = shipping_ready(cast)

    answer = browser(cast.xiaoli).post("/deliveries/new/", filled(order, quantity, "", remark="急"))
    assert (answer.status_code, said in words(answer)) == (400, True)
    assert 'value="急"' in answer.content.decode()
    assert not Delivery.objects.exists()


@pytest.mark.rule("A54")
def test_another_order_of_the_customer_can_go_along(cast: Cast) -> None:
    first, second = shipping_ready(cast), shipping_ready(cast)
    li = browser(cast.xiaoli)

    page = li.get(f"/deliveries/new/?order={first.number}")
    assert [order for order, _address in page.context["others"]] == [second]
    both = {"order": [first.number, second.number], f"l{line_of(first, 1).pk}-quantity": "1"}
    li.post("/deliveries/new/", both | {f"l{line_of(second, 1).pk}-quantity": "2"})
    assert (Delivery.objects.get().order, len(Delivery.objects.get().lines_now)) == (None, 2)


@pytest.mark.rule("A56")
def test_what_came_back_to_be_replaced_is_offered(cast: Cast) -> None:
    order = shipping_ready(cast)
    back = received(cast, dispatched(cast, order), "20").lines.get()

    rows = browser(cast.xiaoli).get(f"/deliveries/new/?order={order.number}").context["rows"]
    assert [(row.replaces, row.form.initial["quantity"]) for row in rows if row.replaces] == [(back, "20")]


@pytest.mark.rule("A3")
def test_who_may_not_and_whose_it_is_not(cast: Cast) -> None:
    order = shipping_ready(cast)

    assert browser(cast.warehouse).get(f"/deliveries/new/?order={order.number}").status_code == 403
    assert browser(cast.xiaochen).get(f"/deliveries/new/?order={order.number}").status_code == 404
    assert order.number in words(browser(cast.xiaoli).get("/deliveries/new/"))
