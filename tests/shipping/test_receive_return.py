"""退货（A56）：登记、收到；冲减与换货入库，补货名着所补的退货行。"""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from shipping import services
from shipping.models import Delivery, StoreEntry
from shipping.models.standing import Standing
from shipping.selectors import net_shipped
from shipping.services import LineInput, ReturnInput
from tests.cast import Cast
from tests.cast_shipping import again, dispatched, in_store, line_of, notified, received, returned
from workflow.guards import Blocked, WrongState


def first(delivery: Delivery) -> Standing:
    line = line_of(delivery.orders_now[0], 1)
    return net_shipped([line])[line.pk]


def replacement(cast: Cast, delivery: Delivery, back: object, quantity: str) -> Delivery:
    order = again(delivery.orders_now[0])
    line = LineInput(order_line=line_of(order, 1), quantity=Decimal(quantity), replaces=back)  # type: ignore[arg-type]
    return notified(cast, order, amounts=[], lines=[line])


@pytest.mark.rule("A56")
@pytest.mark.parametrize(
    ("kind", "physical", "commercial", "stored", "owed"),
    [
        ("credit", 900, 900, 100, 0),
        ("replace", 900, 1000, 100, 100),
        ("rework", 900, 1000, 0, 100),
        ("scrap", 900, 1000, 0, 0),
    ],
)
def test_each_kind_moves_what_it_should(
    cast: Cast, kind: str, physical: int, commercial: int, stored: int, owed: int
) -> None:
    delivery = dispatched(cast)
    done = received(cast, delivery, "100", kind)

    assert (done.state, done.number[:2], done.received_by) == ("received", "TH", cast.warehouse)
    now = first(delivery)
    found = [int(figure) for figure in (now.physical, now.commercial, now.stored, now.owed)]
    assert found == [physical, commercial, stored, owed]


@pytest.mark.rule("A56")
def test_a_credited_return_closes_its_quantity_and_others_do_not(cast: Cast) -> None:
    credited, replaced = dispatched(cast), dispatched(cast)
    received(cast, credited, "100", "credit")
    received(cast, replaced, "100", "replace")

    assert (first(credited).complete, first(replaced).complete) == (True, False)


@pytest.mark.rule("A56")
def test_a_replacement_makes_it_whole_again_and_owes_nothing(cast: Cast) -> None:
    delivery = dispatched(cast)
    back = received(cast, delivery, "100", "replace").lines.get()

    services.dispatch_delivery(replacement(cast, delivery, back, "100"), actor=cast.warehouse)

    now = first(delivery)
    assert [int(one) for one in (now.shipped, now.physical, now.commercial, now.owed)] == [1100, 1000, 1000, 0]
    assert now.complete


@pytest.mark.rule("A56")
def test_no_more_is_replaced_than_came_back(cast: Cast) -> None:
    delivery = dispatched(cast)
    back = received(cast, delivery, "100", "replace").lines.get()
    in_store(cast, again(delivery.orders_now[0]), (1, "50"))

    with pytest.raises(Blocked) as blocked:
        services.dispatch_delivery(replacement(cast, delivery, back, "101"), actor=cast.warehouse)

    assert [(one.rule, one.words) for one in blocked.value.refusals] == [
        ("A56", "第 1 行「产品画册」补的数量超过退回的 100 本")
    ]


@pytest.mark.rule("A56")
def test_no_more_comes_back_than_went_out(cast: Cast) -> None:
    delivery = dispatched(cast)
    received(cast, delivery, "600")

    with pytest.raises(Blocked, match="发出 1,000，退回共 1,001，多了"):
        returned(cast, delivery, "401")


@pytest.mark.rule("A56")
def test_two_slips_for_the_same_goods_are_received_once(cast: Cast) -> None:
    delivery = dispatched(cast)
    one, other = returned(cast, delivery, "600"), returned(cast, delivery, "600")
    services.receive_return(one, actor=cast.warehouse)

    with pytest.raises(Blocked, match="退回共 1,200"):
        services.receive_return(other, actor=cast.warehouse)
    assert StoreEntry.objects.filter(kind="returned").count() == 1


@pytest.mark.rule("A56")
def test_only_what_has_left_comes_back(cast: Cast) -> None:
    with pytest.raises(WrongState, match="已通知仓库"):
        returned(cast, notified(cast))


@pytest.mark.rule("A56")
def test_a_return_says_why_and_what(cast: Cast) -> None:
    delivery = dispatched(cast)

    with pytest.raises(ValidationError) as refused:
        services.register_return(ReturnInput(delivery, "gift", " ", []), actor=cast.xiaoli)
    assert set(refused.value.message_dict) == {"kind", "reason", "lines"}


@pytest.mark.rule("A3")
def test_who_registers_and_who_receives(cast: Cast) -> None:
    delivery = dispatched(cast)
    slip = returned(cast, delivery)

    for person in (cast.xiaoli, cast.finance):
        with pytest.raises(PermissionDenied):
            services.receive_return(slip, actor=person)
    lines = [services.BackInput(delivery.lines.get(position=1), Decimal(1))]
    with pytest.raises(PermissionDenied):
        services.register_return(ReturnInput(delivery, "credit", "短少", lines), actor=cast.xiaochen)
