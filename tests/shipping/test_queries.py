"""每一步问数据库几次（DESIGN §8）：不随行数增加，一张送货单一生平均不过十二次。"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from orders.events import OrderFigures
from orders.models import Order
from shipping import services
from shipping.models import Delivery
from shipping.selectors import at_hand, visible_deliveries
from shipping.services import DeliveryInput, LineInput
from tests.cast import Cast, draft, line_input
from tests.cast_production import shipping_ready
from tests.cast_shipping import again, day, drafted, returned
from workflow.events import collect

R = TypeVar("R")
LIFE = {"create": 6, "confirm": 5, "notify": 12, "dispatch": 15, "deliver": 4, "register": 9, "receive": 12}


def counted(act: Callable[[], R]) -> tuple[int, R]:
    """How many statements an act sends, savepoints of the test apart."""
    with CaptureQueriesContext(connection) as seen:
        result = act()
    return sum("SAVEPOINT" not in query["sql"] for query in seen.captured_queries), result


def life(cast: Cast, order: Order) -> dict[str, int]:
    """The statements of each step of a delivery of all lines of an order."""
    lines = [LineInput(order_line=line, quantity=line.quantity) for line in again(order).lines_now]
    given = DeliveryInput(customer=order.customer, lines=lines)
    found = {}
    found["create"], delivery = counted(lambda: services.create_delivery(given, actor=cast.xiaoli))
    for how in ("电话", "邮件"):
        act = confirming(cast, delivery, how)
        found["confirm"], _one = counted(act)
    found["notify"], delivery = counted(lambda: services.notify_warehouse(delivery, actor=cast.xiaoli))
    found["dispatch"], sent = counted(lambda: services.dispatch_delivery(delivery, actor=cast.warehouse))
    found["register"], slip = counted(lambda: returned(cast, sent, "1"))
    found["receive"], _slip = counted(lambda: services.receive_return(slip, actor=cast.warehouse))
    found["deliver"], _sent = counted(
        lambda: services.deliver_delivery(sent, actor=cast.xiaoli, signed_by="客户仓库", signed_on=day(0))
    )
    return found


def confirming(cast: Cast, delivery: Delivery, how: str) -> Callable[[], object]:
    return lambda: services.confirm_arrival(delivery, day(1), "刘婷", how, actor=cast.xiaoli)


def test_no_step_asks_more_than_its_ceiling_whatever_the_lines(cast: Cast) -> None:
    few = life(cast, shipping_ready(cast))
    many = life(cast, shipping_ready(cast, lines=[line_input() for _ in range(12)]))

    assert few == many
    assert {step: n for step, n in few.items() if n > LIFE[step]} == {}
    assert sum(few.values()) / len(few) <= 12


@pytest.mark.parametrize("n", [1, 5])
def test_a_page_of_deliveries_asks_three_times(cast: Cast, n: int) -> None:
    for _ in range(n):
        drafted(cast, draft(cast))

    queries, rows = counted(lambda: at_hand(visible_deliveries(cast.xiaoli)))
    assert (queries, len(rows), [len(row.lines_now) for row in rows]) == (3, n, [2] * n)


def test_the_figures_of_many_orders_are_asked_once(cast: Cast) -> None:
    ids = [draft(cast).pk for _ in range(4)]
    few = counted(lambda: collect(OrderFigures(tuple(ids[:1]))))[0]
    many = counted(lambda: collect(OrderFigures(tuple(ids))))[0]

    assert few == many
