"""外协没收完不算生产完成，没结清不结案、不取消（第四章，A41）。"""

from __future__ import annotations

import pytest

from orders import services as orders
from orders.events import MayCancel, MayComplete, MayFinishProduction
from orders.models import Order
from outsourcing.services import cancel_outsourcing, settle_outsourcing
from tests.cast import Cast
from tests.cast_outsourcing import made, received, reconciled, sent
from tests.cast_production import passed
from workflow.events import ask
from workflow.guards import Blocked


def objections(question: type, order: Order) -> list[str]:
    """What outsourcing says to a question about this order."""
    return [refusal.words for refusal in ask(question(order)) if refusal.rule == "A41"]


@pytest.mark.rule("A41")
def test_production_waits_for_what_is_outside(cast: Cast) -> None:
    order = passed(cast)
    document = sent(cast, order)

    with pytest.raises(Blocked) as blocked:
        orders.finish_production(order, actor=cast.xiaoli)
    (refusal,) = blocked.value.refusals
    assert refusal.words == "外协加工单 WX26-000001（云锋覆膜中心）还是「加工中」"
    assert refusal.cure == f"/outsourcing/{document.number}/"

    cancel_outsourcing(document, actor=cast.xiaoli)
    assert orders.finish_production(order, actor=cast.xiaoli).state == "shipping"


@pytest.mark.rule("A41")
def test_what_came_back_no_longer_holds_production_but_the_end(cast: Cast) -> None:
    order = passed(cast)
    document = reconciled(cast, order)

    assert objections(MayFinishProduction, order) == []
    assert len(objections(MayComplete, order)) == len(objections(MayCancel, order)) == 1
    settle_outsourcing(document, actor=cast.finance)
    assert objections(MayComplete, order) == objections(MayCancel, order) == []


@pytest.mark.rule("A41")
def test_each_open_one_is_said(cast: Cast) -> None:
    order = passed(cast)
    made(cast, order)
    received(cast, order)

    assert len(objections(MayFinishProduction, order)) == 1
    assert len(objections(MayComplete, order)) == 2
