"""生产在业务单页面与列表上说的话：数字、风险、步骤、此刻该做的事。"""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from orders.events import OrderActs, OrderFigures, OrderSteps
from orders.models import Order
from production.contributions import at_risk, production_step, shop_acts, shop_figures
from tests.cast import Cast
from tests.cast_production import clock_at, inspected, producing, shipping_ready, visited
from workflow import clock

MORNING = "2026-11-23 09:30"


@pytest.mark.rule("A1")
def test_the_latest_visit_says_whether_an_order_is_at_risk(cast: Cast) -> None:
    order = producing(cast)
    visited(cast, order, "1", "1", schedule="late", note="停机换版")
    assert shop_figures(OrderFigures((order.pk,)))[order.pk]["at_risk"] == "要延期：停机换版"
    assert list(at_risk(Order.objects.all())) == [order]

    visited(cast, order, "2", "2")
    assert shop_figures(OrderFigures((order.pk,)))[order.pk]["at_risk"] == ""
    assert list(at_risk(Order.objects.all())) == []


@pytest.mark.rule("A51")
def test_passed_lines_count_within_tolerance(cast: Cast) -> None:
    order = producing(cast)
    inspected(cast, order, order.lines_now[0], "980")
    inspected(cast, order, order.lines_now[1], "489")

    assert shop_figures(OrderFigures((order.pk,)))[order.pk]["passed_lines"] == 1


@pytest.mark.rule("A1")
def test_figures_of_many_orders_are_one_query(cast: Cast) -> None:
    orders = [producing(cast) for _ in range(3)]
    for order in orders:
        visited(cast, order)

    with CaptureQueriesContext(connection) as queries:
        found = shop_figures(OrderFigures(tuple(order.pk for order in orders)))
    assert len(queries) == 1
    assert all("印刷，正常" in row["latest_visit"] for row in found.values())


@pytest.mark.rule("A6.4a")
def test_the_round_is_the_thing_to_do_until_it_is_done(cast: Cast) -> None:
    with clock.told(clock_at("2026-11-20 10:00")):
        order = producing(cast)
    with clock.told(clock_at(MORNING)):
        (before,) = shop_acts(OrderActs(order, cast.xiaoli))
        visited(cast, order)
        (after,) = shop_acts(OrderActs(order, cast.xiaoli))
        (inspect,) = shop_acts(OrderActs(order, cast.printing_qc))
        assert shop_acts(OrderActs(order, cast.finance)) == []

    assert (before.label, before.urgency < 40 < after.urgency) == ("登记上午巡查", True)
    assert inspect.label == "登记检验"


@pytest.mark.rule("A1")
def test_the_step_says_how_long_and_where(cast: Cast) -> None:
    with clock.told(clock_at("2026-11-20 10:00")):
        order = producing(cast)
    with clock.told(clock_at(MORNING)):
        visited(cast, order, process="覆膜")
        assert production_step(OrderSteps(order)) == {"production": "第 4 天，正在覆膜"}
        done = production_step(OrderSteps(shipping_ready(cast)))

    assert done == {"production": "11-23 完成"}
