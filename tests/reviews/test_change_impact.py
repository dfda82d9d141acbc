"""更改的影响，谁签字以前都先看：做了的、发在外面的、赶不上的；关在外面的行先停外协（第二十二条）。"""

from __future__ import annotations

from decimal import Decimal

import pytest

from orders.models import Order
from orders.services import LineChange
from reviews import services
from reviews.impact import preview
from reviews.models import ChangeRequest
from tests import cast_outsourcing as outside
from tests.cast import Cast
from tests.cast_changes import fresh, more, requested
from tests.cast_production import inspected, producing, visited
from tests.cast_reviews import day
from tests.cast_shipping import again
from workflow.guards import Blocked

pytestmark = [pytest.mark.django_db, pytest.mark.rule("A22")]


def told(cast: Cast, change: ChangeRequest) -> str:
    return "；".join(f"{one.grade}：{one.words}" for one in preview(fresh(change), cast.xiaoli).impacts)


def outsourced(cast: Cast) -> Order:
    """第 1 行外发了 100，料也发了。"""
    order = producing(cast)
    document = outside.sent(cast, order, lines=[outside.outsourced_line(order, quantity=Decimal(100))])
    outside.issued_material(cast, document)
    return again(order)


def test_less_than_is_made_costs_what_is_made(cast: Cast) -> None:
    order = producing(cast)
    visited(cast, order, "800", "10")
    inspected(cast, order, order.lines_now[0], "700")

    said = told(cast, requested(cast, order, more(order, "600")))

    assert "loss：第 1 行「产品画册」已做 800 本、检验合格 700 本，多出来的怎样处理要说好" in said
    assert "宣传海报" not in said


def test_another_specification_costs_what_is_made_by_the_old_one(cast: Cast) -> None:
    order = producing(cast)
    visited(cast, order, "800", "10")
    changed = LineChange(order.lines_now[0].pk, specification="210 × 297 mm")

    assert "loss：第 1 行「产品画册」照旧规格已做 800 本" in told(cast, requested(cast, order, changed))


def test_an_earlier_date_breaks_milestones_and_the_promise(cast: Cast) -> None:
    order = producing(cast)
    sooner = LineChange(order.lines_now[0].pk, requested_date=day(10))

    said = told(cast, requested(cast, order, sooner))

    assert said.count("晚于新的要求交期") == order.milestones.count()
    assert "早于已经答应的" in said


def test_work_and_material_outside_are_named(cast: Cast) -> None:
    order = outsourced(cast)

    said = told(cast, requested(cast, order, more(order)))

    assert "在做第 1 行 100 本，要通知加工商" in said
    assert "loss：加工单" in said
    assert "还没有退回或用完" in said


def test_a_line_that_is_outside_is_not_closed(cast: Cast) -> None:
    order = outsourced(cast)
    change = requested(cast, order, LineChange(order.lines_now[0].pk, close=True))

    with pytest.raises(Blocked, match="第 1 行还在外协加工单"):
        services.submit_change(change, actor=cast.xiaoli)
    assert fresh(change).state == "draft"


def test_what_took_effect_has_no_preview(cast: Cast) -> None:
    change = services.withdraw_change(requested(cast), actor=cast.xiaoli)

    assert preview(fresh(change), cast.xiaoli).impacts == []
