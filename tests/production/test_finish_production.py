"""生产完成：每行检验合格到容差之内才能转发货（第五章，品质放行，A51）。"""

from __future__ import annotations

from decimal import Decimal

import pytest

from orders import services
from orders.models import Order, State
from tests.cast import Cast
from tests.cast_production import inspected, passed, producing, shipping_ready
from workflow.guards import Blocked


@pytest.mark.rule("A51")
def test_every_line_that_lacks_is_said_with_its_figures(cast: Cast) -> None:
    order = producing(cast)
    inspected(cast, order, order.lines_now[1], "300")

    with pytest.raises(Blocked) as blocked:
        services.finish_production(order, actor=cast.xiaoli)

    assert [(one.words, one.article, one.rule) for one in blocked.value.refusals] == [
        ("第 1 行产品画册检验合格 0／1,000 本", "第五章，品质放行", "A51"),
        ("第 2 行宣传海报检验合格 300／500 张", "第五章，品质放行", "A51"),
    ]
    assert Order.objects.get(pk=order.pk).state == State.PRODUCING


@pytest.mark.rule("A51")
def test_within_tolerance_is_enough_and_one_less_is_not(cast: Cast) -> None:
    order = producing(cast)
    first, second = order.lines_now
    inspected(cast, order, first, "960", concession=Decimal(19))
    inspected(cast, order, second, "490")

    with pytest.raises(Blocked, match="979／1,000"):
        services.finish_production(order, actor=cast.xiaoli)
    inspected(cast, order, first, "1")
    assert services.finish_production(order, actor=cast.xiaoli).state == State.SHIPPING


@pytest.mark.rule("A51")
def test_a_closed_line_needs_no_inspection(cast: Cast) -> None:
    order = producing(cast)
    inspected(cast, order, order.lines_now[0])
    order.lines.filter(position=2).update(closed=True)

    assert services.finish_production(order, actor=cast.xiaoli).state == State.SHIPPING


@pytest.mark.rule("A1")
def test_the_walkers_arrive(cast: Cast) -> None:
    assert passed(cast).state == State.PRODUCING
    assert shipping_ready(cast).state == State.SHIPPING
