"""费用入账（A61、A62、B1）：首次发货时随货入账，财务也可以提前；入了账才结得了案。"""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ledger import services
from ledger.balances import balance_of
from ledger.models import Entry
from ledger.proof import differences
from orders import services as orders
from orders.models import Order, OrderLine
from orders.services import LineChange
from outsourcing.lines import own_lines
from production.reactions import every_line_passed
from reviews import services as reviews
from shipping.selectors import sendable
from tests.cast import Cast
from tests.cast_changes import change_input, effective
from tests.cast_ledger import invoiced, on, paid
from tests.cast_production import inspected, producing
from tests.cast_reviews import issued
from tests.cast_shipping import again, delivered, dispatched, drafted, in_store, line_of
from tests.orders.test_fees import fee, with_fee
from workflow.guards import Blocked, WrongState

WHOLE = Decimal("14400.00")


def fee_entries(order: Order) -> list[tuple[str, Decimal, Decimal]]:
    rows = Entry.objects.filter(order=order, kind="fee").order_by("pk")
    return [(row.order_line.product_name, row.billable, row.amount) for row in rows]


def half_sent(cast: Cast) -> Order:
    """一半发出了，费用随之入账。"""
    order = in_store(cast, producing(cast, lines=with_fee()), (1, "500"))
    dispatched(cast, order, amounts=((1, "500"),))
    return again(order)


@pytest.mark.rule("A61", "A62", "B1")
def test_the_whole_life_of_an_order_with_a_fee(cast: Cast) -> None:
    order = producing(cast, lines=with_fee())
    order = in_store(cast, order, (1, "1000"), (2, "500"))
    order = orders.finish_production(order, actor=cast.xiaoli)
    assert fee_entries(order) == []
    order = again(delivered(cast, order).orders_now[0])
    assert fee_entries(order) == [("开机费", Decimal(1), Decimal("300.00"))]
    order = orders.finish_shipping(order, actor=cast.xiaoli)
    with pytest.raises(Blocked, match=r"14,400\.00"):
        orders.complete_order(order, actor=cast.laowang)
    invoice = invoiced(cast, order, (1, "1000"), (2, "500"), (3, "1"))
    assert [(line.quantity, line.unit_price, line.amount) for line in invoice.lines_now][2] == (
        Decimal(1),
        Decimal(300),
        Decimal("300.00"),
    )
    paid(cast, order, WHOLE, on(invoice, WHOLE))
    assert orders.complete_order(again(order), actor=cast.laowang).state == "completed"
    assert (balance_of(order).receivable, balance_of(order).uninvoiced) == (0, 0)
    assert list(differences()) == []


@pytest.mark.rule("A61")
def test_it_is_entered_once_with_the_first_goods(cast: Cast) -> None:
    order = half_sent(cast)
    dispatched(cast, in_store(cast, order, (2, "500")), amounts=((2, "500"),))
    assert fee_entries(order) == [("开机费", Decimal(1), Decimal("300.00"))]
    assert list(differences()) == []


@pytest.mark.rule("A61")
def test_finance_enters_it_before_the_goods(cast: Cast) -> None:
    order = issued(cast, lines=with_fee())
    services.charge_fees(order, actor=cast.finance)
    assert balance_of(order).receivable == Decimal("300.00")
    assert invoiced(cast, order, (3, "1")).amount == Decimal("300.00")
    with pytest.raises(WrongState, match="没有还没入账的费用"):
        services.charge_fees(again(order), actor=cast.finance)


@pytest.mark.rule("A61")
def test_only_finance_enters_it_early(cast: Cast) -> None:
    order = issued(cast, lines=with_fee())
    with pytest.raises(PermissionDenied):
        services.charge_fees(order, actor=cast.xiaoli)
    assert fee_entries(order) == []


@pytest.mark.rule("A62")
def test_an_order_does_not_end_before_its_fees_are_entered(cast: Cast) -> None:
    order = half_sent(cast)
    from ledger.reactions import nothing_open
    from orders.events import MayComplete

    assert "还没有入账" not in "".join(one.words for one in nothing_open(MayComplete(order)))
    uncharged = issued(cast, lines=with_fee())
    assert [one.words for one in nothing_open(MayComplete(uncharged))] == [
        "第 3 行「开机费」还没有入账；不收了请走更改关闭"
    ]


# --- nothing to make, inspect or ship ---------------------------------------------------------------------------------
@pytest.mark.rule("A51", "A54")
def test_nobody_waits_for_it_in_the_shop(cast: Cast) -> None:
    from orders.events import MayFinishProduction

    order = producing(cast, lines=with_fee())
    assert len(list(every_line_passed(MayFinishProduction(order)))) == 2
    assert [one.line.position for one in sendable([order])] == [1, 2]
    with pytest.raises(ValidationError, match="没有行"):
        own_lines(order, [line_of(order, 3).pk])


@pytest.mark.rule("A51")
def test_it_is_not_inspected(cast: Cast) -> None:
    order = producing(cast, lines=with_fee())
    with pytest.raises(ValidationError, match="没有行"):
        inspected(cast, order, line_of(order, 3), "1")


@pytest.mark.rule("A54")
def test_it_is_not_put_on_a_delivery_note(cast: Cast) -> None:
    order = producing(cast, lines=with_fee())
    with pytest.raises(ValidationError, match="首次发货时自己入账"):
        drafted(cast, order, ((3, "1"),))


@pytest.mark.rule("A53")
def test_credit_counts_it_before_the_first_dispatch(cast: Cast) -> None:
    order = in_store(cast, producing(cast, lines=with_fee()), (1, "500"))
    customer = order.customer
    customer.credit_limit = Decimal("6500")
    customer.save()
    with pytest.raises(Blocked, match=r"加这次 6,550\.00 元"):
        dispatched(cast, order, amounts=((1, "500"),))


# --- changes ----------------------------------------------------------------------------------------------------------
@pytest.mark.rule("A22", "A62")
def test_a_fee_added_after_the_goods_left_is_entered_at_once(cast: Cast) -> None:
    order = half_sent(cast)
    effective(cast, order, LineChange(add=fee("200", "改版费")))
    assert fee_entries(order)[1:] == [("改版费", Decimal(1), Decimal("200.00"))]
    assert again(order).state == "producing"


@pytest.mark.rule("A22")
def test_before_that_it_waits_for_the_goods(cast: Cast) -> None:
    order = producing(cast)
    notice = effective(cast, order, LineChange(add=fee("200", "改版费")))
    assert fee_entries(order) == []
    assert again(order).amount == Decimal("14300.00")
    said = {row["item"]: row["new"] for row in notice.content["change"]["differences"]}
    assert (said["费用"], "新增一行" in said) == ("按更改单，不随单公布", False)
    assert [line["no"] for line in notice.content["lines"]] == [1, 2]


@pytest.mark.rule("A22", "A61")
@pytest.mark.parametrize("how", ["close", "price"])
def test_what_was_entered_is_not_changed_away(cast: Cast, how: str) -> None:
    order = half_sent(cast)
    line = line_of(order, 3).pk
    change = LineChange(line, close=True) if how == "close" else LineChange(line, unit_price=Decimal(100))
    with pytest.raises(Blocked, match="已经入账"):
        effective(cast, order, change)


@pytest.mark.rule("A22")
def test_a_fee_that_is_closed_in_time_is_not_charged(cast: Cast) -> None:
    order = in_store(cast, producing(cast, lines=with_fee()), (1, "500"))
    effective(cast, order, LineChange(line_of(order, 3).pk, close=True))
    assert again(order).amount == Decimal("14100.00")
    assert OrderLine.objects.get(order=order, fee=True).closed
    assert services.fees_to_charge([order.pk]) == []


@pytest.mark.rule("A22")
def test_goods_all_closed_are_a_cancellation_whatever_the_fees(cast: Cast) -> None:
    order = producing(cast, lines=with_fee())
    lines = [LineChange(line.pk, close=True) for line in order.goods_now]
    with pytest.raises(ValidationError, match="整单取消"):
        reviews.request_change(order, change_input(order, *lines), actor=cast.xiaoli)


@pytest.mark.rule("A61")
def test_finance_corrects_its_price(cast: Cast) -> None:
    order = half_sent(cast)
    entry = Entry.objects.get(order=order, kind="fee")
    services.correct_entry(entry, Decimal(200), "谈定减收", actor=cast.finance)
    assert balance_of(order).shipped_amount == Decimal("6450.00")
    assert list(differences()) == []
