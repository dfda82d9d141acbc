"""更改生效：一次改完、金额系统算、版次加一；数量不少于净发货，已发的货仍是原价（第二十二条）。"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from orders import services
from orders.models import Order, OrderVersion
from orders.services import Changes, LineChange, LineInput
from tests.cast import Cast, accepted, line_input
from tests.cast_production import passed, producing, shipping_ready
from tests.cast_reviews import day
from tests.cast_shipping import again, in_store, line_of
from tests.cast_shipping import dispatched as sent
from workflow.guards import Blocked, WrongState
from workflow.models import TransitionLog

pytestmark = [pytest.mark.django_db, pytest.mark.rule("A22")]


def changed(order: Order, n: int = 1, **values: Any) -> Changes:
    """第几行改成什么。"""
    return Changes((LineChange(order.lines_now[n - 1].pk, **values),))


def applied(cast: Cast, order: Order, changes: Changes) -> Order:
    return services.apply_change(again(order), changes, actor=cast.gm, promised=day(30))


def test_everything_is_changed_at_once_and_the_version_is_kept(cast: Cast) -> None:
    order = producing(cast)
    changes = Changes((
        LineChange(order.lines_now[0].pk, quantity=Decimal(800), unit_price=Decimal("13.00")),
        LineChange(order.lines_now[1].pk, requested_date=day(40), specification="A3"),
        LineChange(add=LineInput(quantity=Decimal(10), unit="本", unit_price=Decimal(5), product_name="样册")),
    ))  # fmt: skip

    order = again(applied(cast, order, changes))

    first, second, third = order.lines_now
    assert (first.quantity, first.amount) == (Decimal(800), Decimal("10400.00"))
    assert (second.requested_date, second.specification, third.product_name) == (day(40), "A3", "样册")
    assert (order.amount, order.version, order.requested_date) == (Decimal("12050.00"), 2, day(40))
    assert {line.promised_date for line in order.lines_now} == {day(30)}
    kept = OrderVersion.objects.get(order=order, version=2)
    assert [line["quantity"] for line in kept.content["lines"]] == ["800", "500", "10"]
    assert Order.objects.searched("样册").filter(pk=order.pk).exists()
    log = TransitionLog.objects.get(subject_type="orders_order", subject_id=order.pk, move="apply_change")
    assert log.actor == cast.gm


def test_a_closed_line_keeps_what_it_was_and_is_done(cast: Cast) -> None:
    order = again(applied(cast, order := producing(cast), changed(order, 2, close=True)))
    line = order.lines_now[1]

    assert (line.closed, line.quantity, line.amount) == (True, Decimal(500), Decimal("0.00"))
    with pytest.raises(ValidationError, match="已经关闭"):
        applied(cast, order, changed(order, 2, quantity=Decimal(400)))


@pytest.mark.parametrize("more", [Decimal(900), Decimal(1100)])
def test_only_more_brings_a_shipping_order_back_to_production(cast: Cast, more: Decimal) -> None:
    order = shipping_ready(cast)

    order = again(applied(cast, order, changed(order, quantity=more)))

    assert order.state == ("producing" if more > 1000 else "shipping")


def test_the_quantity_stays_at_or_above_what_is_shipped(cast: Cast) -> None:
    order = in_store(cast, producing(cast), (1, "1000"))
    sent(cast, order, amounts=[(1, "600")])

    with pytest.raises(Blocked) as blocked:
        applied(cast, order, changed(again(order), quantity=Decimal("599.999")))

    assert [(one.words, one.rule) for one in blocked.value.refusals] == [
        ("第 1 行「产品画册」已净发 600 本，数量不能再少", "A22")
    ]
    assert (again(order).version, line_of(order, 1).quantity) == (1, Decimal(1000))
    assert applied(cast, order, changed(again(order), quantity=Decimal(600))).version == 2


def test_the_database_holds_it_by_itself(cast: Cast) -> None:
    order = in_store(cast, producing(cast), (1, "1000"))
    sent(cast, order, amounts=[(1, "600")])
    line = line_of(order, 1)

    with (
        pytest.raises(IntegrityError, match="reduced below what was shipped"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE orders_orderline SET quantity = 599 WHERE id = %s", [line.pk])


def test_shipped_goods_keep_their_price(cast: Cast) -> None:
    order = in_store(cast, producing(cast), (1, "1000"))
    sent(cast, order, amounts=[(1, "400")])

    applied(cast, again(order), changed(again(order), unit_price=Decimal(10)))
    sent(cast, again(order), amounts=[(1, "100")])

    prices = order.ledger_entries.order_by("id").values_list("unit_price", "amount")
    assert list(prices) == [(Decimal("12.500000"), Decimal("5000.00")), (Decimal("10.000000"), Decimal("1000.00"))]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"quantity": Decimal(0)}, "lines.0.quantity"),
        ({"unit_price": Decimal(-1)}, "lines.0.unit_price"),
        ({"unit_price": Decimal(10) ** 9}, "lines.0.unit_price"),
        ({"requested_date": day(-1)}, "lines.0.requested_date"),
        ({"requested_date": day(9999)}, "lines.0.requested_date"),
        ({"close": True, "quantity": Decimal(5)}, "lines.0.close"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(cast: Cast, values: dict[str, Any], field: str) -> None:
    order = producing(cast)

    with pytest.raises(ValidationError) as refused:
        applied(cast, order, changed(order, **values))

    assert list(refused.value.message_dict) == [field]
    assert again(order).version == 1


def test_closing_every_line_is_a_cancellation(cast: Cast) -> None:
    order = producing(cast)
    every = Changes(tuple(LineChange(line.pk, close=True) for line in order.lines_now))

    with pytest.raises(ValidationError, match="整单取消"):
        applied(cast, order, every)


@pytest.mark.parametrize("start", [accepted, passed])
def test_only_an_issued_order_is_changed_this_way(cast: Cast, start: Any) -> None:
    order = start(cast)
    changes = changed(order, quantity=Decimal(900))

    if start is accepted:
        with pytest.raises(WrongState, match="不能走更改程序"):
            applied(cast, order, changes)
    else:
        assert applied(cast, order, changes).version == 2


@pytest.mark.rule("C6")
def test_a_line_by_colour_and_size_is_not_changed_in_quantity_alone(cast: Cast) -> None:
    cells = [
        {"colour": "红", "size": "M", "quantity": "600"},
        {"colour": "蓝", "size": "L", "quantity": "400"},
    ]
    order = producing(cast, lines=[line_input(breakdown=cells)])

    with pytest.raises(ValidationError, match="分颜色尺码，数量改了，请写新的每一格"):
        applied(cast, order, changed(order, quantity=Decimal(1200)))
    assert applied(cast, order, changed(order, unit_price=Decimal(13))).version == 2
