"""开送货单（A54）：一个客户，一张或几张业务单；这里只看格式，该不该发后面再问。"""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from parties.models import Customer
from shipping import services
from shipping.models import Delivery
from shipping.services import DeliveryInput, LineInput
from tests.cast import Cast, draft
from tests.cast_production import producing
from tests.cast_shipping import carrier, drafted, line_of, only_order, received
from tests.cast_shipping import dispatched as sent
from workflow.models import TransitionLog


@pytest.mark.rule("A54")
def test_a_draft_takes_what_the_customer_left_and_the_notice_in_force(cast: Cast) -> None:
    order = producing(cast)
    delivery = drafted(cast, order, carrier=carrier())

    assert (delivery.state, delivery.number) == ("draft", f"S-{delivery.pk:06d}")
    assert (delivery.address, delivery.contact) == ("茶城区云岭路 18 号", "刘婷")
    assert (delivery.order, delivery.coordinator) == (order, cast.xiaoli)
    assert {line.notice.number for line in delivery.lines_now if line.notice} == {order.notices.get().number}
    assert TransitionLog.objects.filter(
        chain=f"orders_order:{order.pk}", subject_id=delivery.pk, move="create"
    ).exists()


@pytest.mark.rule("A54")
def test_several_orders_of_a_customer_go_on_one_note_in_a_chain_of_its_own(cast: Cast) -> None:
    first, second = draft(cast), draft(cast)
    lines = [LineInput(order_line=line_of(order, 1), quantity=Decimal(5)) for order in (first, second)]

    delivery = services.create_delivery(DeliveryInput(customer=first.customer, lines=lines), actor=cast.xiaoli)

    assert (delivery.order, delivery.chain) == (None, f"shipping_delivery:{delivery.pk}")
    assert [order.pk for order in Delivery.objects.get(pk=delivery.pk).orders_now] == [first.pk, second.pk]


@pytest.mark.rule("A54")
def test_another_customers_goods_do_not_go_along(cast: Cast) -> None:
    other = Customer.objects.get(code="C002")
    lines = [LineInput(order_line=line_of(draft(cast), 1), quantity=Decimal(5))]

    with pytest.raises(ValidationError, match="不是朗芯电子股份有限公司的货"):
        services.create_delivery(DeliveryInput(customer=other, lines=lines), actor=cast.xiaoli)
    assert not Delivery.objects.exists()


@pytest.mark.rule("A3")
def test_only_who_works_every_order_on_it_may(cast: Cast) -> None:
    order = draft(cast)
    given = DeliveryInput(customer=order.customer, lines=[LineInput(order_line=line_of(order, 1), quantity=Decimal(5))])

    for person in (cast.xiaochen, cast.warehouse, cast.finance):
        with pytest.raises(PermissionDenied):
            services.create_delivery(given, actor=person)
    assert services.create_delivery(given, actor=cast.laowang).coordinator == cast.xiaoli


@pytest.mark.rule("A54")
@pytest.mark.parametrize("quantity", ["0", "-1"])
def test_a_quantity_is_more_than_nothing(cast: Cast, quantity: str) -> None:
    with pytest.raises(ValidationError, match="第 1 行数量要大于零"):
        drafted(cast, draft(cast), amounts=[(1, quantity)])


@pytest.mark.rule("A55")
def test_a_carrier_out_of_use_is_not_chosen(cast: Cast) -> None:
    gone = services.edit_carrier(carrier(), {"active": False}, actor=cast.xiaoli)

    with pytest.raises(ValidationError, match="顺途物流 已停用"):
        drafted(cast, draft(cast), carrier=gone)


@pytest.mark.rule("A56")
def test_what_was_credited_is_not_replaced(cast: Cast) -> None:
    delivery = sent(cast)
    back = received(cast, delivery, kind="credit").lines.get()
    line = LineInput(order_line=back.order_line, quantity=Decimal(1), replaces=back)

    with pytest.raises(ValidationError, match="已经冲减"):
        drafted(cast, only_order(delivery), amounts=[], lines=[line])
