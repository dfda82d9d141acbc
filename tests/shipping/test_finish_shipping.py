"""发货完成（A54）与取消（A22）：每行净发货够了，才往下走；发出去没退回来的，不能取消。"""

from __future__ import annotations

import pytest

from orders.events import MayCancel, MayComplete
from orders.models import Order, State
from orders.selectors import figures
from orders.services import finish_shipping
from tests.cast import Cast
from tests.cast_production import shipping_ready
from tests.cast_shipping import again, dispatched, received, returned
from workflow.events import ask
from workflow.guards import Blocked


def how_far(order: Order) -> tuple[str, int]:
    row = figures([order])[order.pk]
    return row["shipping_status"], row["shipped_lines"]


def still_open(order: Order) -> list[str]:
    return [one.words for one in ask(MayComplete(again(order))) if one.rule == "A56"]


@pytest.mark.rule("A54")
def test_every_line_short_of_its_tolerance_has_its_sentence(cast: Cast) -> None:
    order = shipping_ready(cast)
    dispatched(cast, order, amounts=[(1, "979"), (2, "490")])

    with pytest.raises(Blocked) as blocked:
        finish_shipping(again(order), actor=cast.xiaoli)

    assert [(one.rule, one.words) for one in blocked.value.refusals] == [
        ("A54", "第 1 行「产品画册」净发 979 本，至少要发 980 本")
    ]
    dispatched(cast, again(order), amounts=[(1, "1")])
    assert finish_shipping(again(order), actor=cast.xiaoli).state == State.COLLECTING


@pytest.mark.rule("A54")
def test_how_far_it_is_shipped_is_computed(cast: Cast) -> None:
    order = shipping_ready(cast)
    seen = [how_far(order)]
    dispatched(cast, order, amounts=[(1, "1000")])
    seen.append(how_far(order))
    dispatched(cast, again(order), amounts=[(2, "500")])

    assert [*seen, how_far(order)] == [("none", 0), ("partial", 1), ("full", 2)]


@pytest.mark.rule("A22")
def test_an_order_with_goods_outside_is_not_cancelled(cast: Cast) -> None:
    order = shipping_ready(cast)
    delivery = dispatched(cast, order, amounts=[(1, "10")])

    own = [one for one in ask(MayCancel(again(order))) if "净发" in one.words]
    assert [(one.rule, one.words) for one in own] == [("A22", "第 1 行「产品画册」已净发 10 本，先退货才能取消")]
    received(cast, delivery, "10", "credit")
    assert not [one for one in ask(MayCancel(again(order))) if "净发" in one.words]


@pytest.mark.rule("A56")
def test_an_open_return_or_an_owed_replacement_keeps_it_open(cast: Cast) -> None:
    order = shipping_ready(cast)
    delivery = dispatched(cast, order)
    slip = returned(cast, delivery, "10")

    waits = f"退货 {slip.number} 还没有收到"
    assert still_open(order) == [waits]
    received(cast, delivery, "5")
    assert still_open(order) == [waits, "第 1 行「产品画册」退回的还欠客户 5 本，没有补"]
