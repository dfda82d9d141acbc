"""款项关口（A53、D1、A6.6）：定金到了才投产，款到才发货，额度与逾期拦住，总监可以放行。"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from ledger.credit import overdue_of
from ledger.models import Entry
from orders import services as orders
from orders.models import BusinessKind, Order
from parties.models import Customer
from reviews import services as reviews
from shipping import services as shipping
from tests.cast import Cast, order_input
from tests.cast_ledger import TOTAL, collected, deposited, invoiced, on, paid, shipped, taken_back
from tests.cast_production import shipping_ready
from tests.cast_reviews import issued, signed_notice
from tests.cast_shipping import again, delivered, dispatched, notified, received
from workflow import clock
from workflow.guards import Blocked
from workflow.models import TransitionLog


def words(blocked: pytest.ExceptionInfo[Blocked]) -> list[tuple[str, str]]:
    return [(refusal.rule, refusal.words) for refusal in blocked.value.refusals]


def customer(code: str, **changes: object) -> Customer:
    Customer.objects.filter(code=code).update(**changes)
    return Customer.objects.get(code=code)


@pytest.mark.rule("D1")
def test_production_waits_for_the_deposit(cast: Cast) -> None:
    order = issued(cast, payment_terms="deposit_30")
    deposited(cast, order, "4000")

    with pytest.raises(Blocked) as blocked:
        orders.start_production(order, actor=cast.xiaoli)

    assert words(blocked) == [("D1", "定金要 4,230.00 元，已确认 4,000.00 元，还差 230.00 元；总监可以放行")]
    assert not TransitionLog.objects.filter(subject_id=order.pk, move="start_production").exists()
    deposited(cast, order, "230")
    assert orders.start_production(again(order), actor=cast.xiaoli).state == "producing"


@pytest.mark.rule("D1")
def test_the_director_lets_production_start_without_it(cast: Cast) -> None:
    order = issued(cast, payment_terms="deposit_30")
    orders.authorise_exception(order, "deposit", "老客户，月底补", actor=cast.director)

    assert orders.start_production(again(order), actor=cast.xiaoli).state == "producing"


@pytest.mark.rule("D1")
def test_a_kind_may_ask_it_already_at_issue(cast: Cast) -> None:
    kind = BusinessKind.objects.get(code="printing")
    kind.options["deposit_at_issue"] = True
    kind.save()
    notice = signed_notice(cast, payment_terms="deposit_30")

    with pytest.raises(Blocked) as blocked:
        reviews.issue_notice(notice, actor=cast.xiaoli)
    assert [rule for rule, _words in words(blocked)] == ["D1"]
    deposited(cast, again(notice.order), "4230")
    assert reviews.issue_notice(notice, actor=cast.xiaoli).state == "issued"


@pytest.mark.rule("A53")
def test_prepaid_goods_wait_for_all_the_money(cast: Cast) -> None:
    delivery = notified(cast, shipping_ready(cast, payment_terms="prepaid"))
    order = again(delivery.orders_now[0])
    deposited(cast, order, "14099.99")

    with pytest.raises(Blocked) as blocked:
        shipping.dispatch_delivery(delivery, actor=cast.warehouse)

    sentence = "款到发货，要收齐 14,100.00 元，已收 14,099.99 元，还差 0.01 元；总监可以特批"
    assert words(blocked) == [("A53", f"{order.number} {sentence}")]
    assert not Entry.objects.exists()
    deposited(cast, order, "0.01")
    assert shipping.dispatch_delivery(delivery, actor=cast.warehouse).state == "dispatched"


@pytest.mark.rule("A53")
@pytest.mark.parametrize("by", ["order", "delivery"])
def test_the_director_lets_a_dispatch_pass(cast: Cast, by: str) -> None:
    delivery = notified(cast, shipping_ready(cast, payment_terms="prepaid"))
    if by == "order":
        orders.authorise_exception(again(delivery.orders_now[0]), "prepaid", "客户急用", actor=cast.director)
    else:
        shipping.authorise_exception(delivery, "客户急用", actor=cast.director)

    assert shipping.dispatch_delivery(delivery, actor=cast.warehouse).state == "dispatched"


@pytest.mark.rule("A53")
def test_the_credit_limit_counts_what_is_owed_and_what_goes_out(cast: Cast) -> None:
    customer("C001", credit_limit=Decimal("20000"))
    shipped(cast)
    delivery = notified(cast)

    with pytest.raises(Blocked) as blocked:
        shipping.dispatch_delivery(delivery, actor=cast.warehouse)

    sentence = "瑞禾茶业信用额度 20,000.00 元，应收 14,100.00 元，加这次 14,100.00 元超出 8,200.00 元；总监可以特批"
    assert words(blocked) == [("A53", sentence)]
    orders.authorise_exception(again(delivery.orders_now[0]), "credit", "新品上市", actor=cast.director)
    assert shipping.dispatch_delivery(delivery, actor=cast.warehouse).state == "dispatched"


@pytest.mark.rule("A53")
def test_overdue_money_stops_the_next_dispatch(cast: Cast) -> None:
    late = clock.today() - dt.timedelta(days=31)
    old = shipped(cast, on=late)
    paid(cast, old, "14000", order=old)
    delivery = notified(cast)

    with pytest.raises(Blocked) as blocked:
        shipping.dispatch_delivery(delivery, actor=cast.warehouse)

    assert words(blocked) == [("A53", "瑞禾茶业逾期 100.00 元；总监可以特批")]
    paid(cast, old, "100", order=old)
    assert shipping.dispatch_delivery(delivery, actor=cast.warehouse).state == "dispatched"


@pytest.mark.rule("A6.6")
def test_thirty_days_are_not_overdue(cast: Cast) -> None:
    order = shipped(cast, on=clock.today() - dt.timedelta(days=30))
    other = shipped(cast, on=clock.today() - dt.timedelta(days=1), payment_terms="cod")

    assert overdue_of(order.customer) == other.amount


@pytest.mark.rule("A6.6")
def test_an_order_is_complete_when_invoiced_and_paid(cast: Cast) -> None:
    order = collected(cast)

    assert orders.complete_order(order, actor=cast.laowang).state == "completed"


@pytest.mark.rule("A62")
def test_what_is_open_stands_against_completion_with_its_amount(cast: Cast) -> None:
    order = again(delivered(cast).orders_now[0])
    orders.finish_shipping(order, actor=cast.xiaoli)
    invoice = invoiced(cast, order, (1, "1000"))
    paid(cast, order, "12000", on(invoice, "12000"))

    with pytest.raises(Blocked) as blocked:
        orders.complete_order(again(order), actor=cast.laowang)

    assert words(blocked) == [("A62", "还有 1,600.00 元没有开票"), ("A6.6", "还有 2,100.00 元没有收")]
    assert Order.objects.get(pk=order.pk).state == "collecting"


@pytest.mark.rule("A62")
def test_too_much_invoiced_or_received_stands_against_it_too(cast: Cast) -> None:
    delivery = delivered(cast)
    order = again(delivery.orders_now[0])
    invoice = invoiced(cast, order)
    paid(cast, order, TOTAL, on(invoice, TOTAL))
    orders.finish_shipping(order, actor=cast.xiaoli)
    received(cast, delivery, "8", "credit")

    with pytest.raises(Blocked) as blocked:
        orders.complete_order(again(order), actor=cast.laowang)

    assert words(blocked) == [("A62", "多开了 100.00 元，要开红字发票"), ("A6.6", "多收了 100.00 元，要退给客户")]
    taken_back(cast, invoice, (1, "8"))
    paid(cast, order, "100", kind="refund", order=order)
    assert orders.complete_order(again(order), actor=cast.laowang).state == "completed"


@pytest.mark.rule("A53")
def test_monthly_terms_without_a_limit_ask_nothing(cast: Cast) -> None:
    assert order_input().payment_terms == "monthly_30"
    assert dispatched(cast).state == "dispatched"
