"""成单：客户接受的报价一字不重录变成业务单（B类 询报价，B1）。"""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from orders import services
from orders.models import Order, Quotation
from orders.selectors import timeline
from orders.services import Choice
from parties.models import Customer
from tests.cast import Cast
from tests.cast_quotations import agreed, declined, expired, quoted, sent, step_of, win_input, won
from workflow.guards import WrongState


@pytest.mark.rule("B1")
def test_everything_comes_from_the_quotation(cast: Cast) -> None:
    quotation = agreed(cast)
    order = won(cast, quotation)
    assert (order.state, order.customer.code, order.business_kind.code) == ("draft", "C001", "printing")
    assert (order.coordinator, order.salesperson, order.payment_terms) == (cast.xiaoli, cast.sales, "monthly_30")
    assert (order.amount, order.customer_po) == (Decimal("15050.00"), "RH-2611-088")
    line = order.lines_now[0]
    assert (line.product_code, line.quantity, line.unit_price) == ("P001", Decimal(1000), Decimal("12.50"))
    assert (line.material, line.printing, line.finishing) == (
        "157 g 铜版纸",
        "正 4 / 反 4，胶印",
        "覆哑膜，骑马订",
    )
    assert Quotation.objects.get(pk=quotation.pk).order == order


@pytest.mark.rule("B1", "B8")
def test_its_quotation_stands_on_the_orders_timeline(cast: Cast) -> None:
    order = won(cast)
    assert [row.label for row in timeline(order)] == ["成单", "登记", "客户接受", "送出报价", "编报价单"]


@pytest.mark.rule("B1")
def test_a_line_may_be_left_out_and_more_be_ordered(cast: Cast) -> None:
    quotation = agreed(cast)
    choices = [Choice(step_of(quotation, 1, "1000"), Decimal(1200))]
    order = services.make_order(quotation, win_input(quotation, choices=choices), actor=cast.xiaoli)
    assert [(line.quantity, line.unit_price) for line in order.goods_now] == [(Decimal(1200), Decimal("12.50"))]


@pytest.mark.rule("B1")
@pytest.mark.parametrize("case", ["none", "foreign", "two of a line", "twice", "fewer"])
def test_choices_that_do_not_fit_are_refused(cast: Cast, case: str) -> None:
    quotation, other = agreed(cast), agreed(cast)
    first = step_of(quotation, 1, "1000")
    choices = {
        "none": [],
        "foreign": [Choice(first), Choice(step_of(other, 1, "500"))],
        "two of a line": [Choice(first), Choice(step_of(quotation, 1, "500"))],
        "twice": [Choice(first), Choice(first)],
        "fewer": [Choice(first, Decimal(999))],
    }[case]
    with pytest.raises(ValidationError) as error:
        services.make_order(quotation, win_input(quotation, choices=choices), actor=cast.xiaoli)
    assert list(error.value.message_dict) == ["choices"]
    assert not Order.objects.exists()


@pytest.mark.rule("B1")
@pytest.mark.parametrize("walk", [quoted, sent, declined, expired])
def test_only_an_accepted_one_becomes_an_order(cast: Cast, walk: object) -> None:
    quotation = walk(cast)  # type: ignore[operator]
    with pytest.raises(WrongState):
        services.make_order(quotation, win_input(quotation), actor=cast.xiaoli)
    assert not Order.objects.exists()


@pytest.mark.rule("B1")
def test_it_becomes_one_order_unless_that_one_fell(cast: Cast) -> None:
    quotation = agreed(cast)
    order = won(cast, quotation)
    with pytest.raises(WrongState, match=order.number):
        won(cast, quotation)
    services.discard_order(order, actor=cast.xiaoli)
    assert won(cast, quotation).pk != order.pk


@pytest.mark.rule("A3")
@pytest.mark.parametrize("username", ["xiaochen", "sales", "director", "erp"])
def test_only_its_coordinator_or_supervisor_registers(cast: Cast, username: str) -> None:
    quotation = agreed(cast)
    with pytest.raises(PermissionDenied):
        services.make_order(quotation, win_input(quotation), actor=getattr(cast, username))


@pytest.mark.rule("B1")
def test_a_prospect_becomes_a_customer_first(cast: Cast) -> None:
    quotation = agreed(cast, customer=None, prospect="青竹文创工作室", contact="林青", salesperson=cast.sales)
    with pytest.raises(ValidationError, match="还不是客户"):
        services.make_order(quotation, win_input(quotation), actor=cast.xiaoli)
    with pytest.raises(ValidationError, match="已经有了"):
        services.make_order(quotation, win_input(quotation, new_customer="c001"), actor=cast.xiaoli)
    order = services.make_order(quotation, win_input(quotation, new_customer="C010"), actor=cast.xiaoli)
    customer = Customer.objects.get(code="C010")
    assert (order.customer, customer.name, customer.contacts.get().name) == (customer, "青竹文创工作室", "林青")
    assert Quotation.objects.get(pk=quotation.pk).customer == customer


@pytest.mark.rule("B1")
def test_a_prospect_may_turn_out_to_be_a_customer(cast: Cast) -> None:
    quotation = agreed(cast, customer=None, prospect="朗芯")
    known = Customer.objects.get(code="C002")
    assert services.make_order(quotation, win_input(quotation, customer=known), actor=cast.xiaoli).customer == known
    other = agreed(cast)
    with pytest.raises(ValidationError, match="报价是给"):
        services.make_order(other, win_input(other, customer=known), actor=cast.xiaoli)
