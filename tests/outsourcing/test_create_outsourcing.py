"""开加工单（第四章，A23.2、A42、A22）：停用的加工商不能选，作废的通知单不能照做。"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from outsourcing.models import OutsourcingOrder
from outsourcing.services import create_outsourcing, edit_processor
from reviews.selectors import current_notice
from tests.cast import Cast
from tests.cast_outsourcing import made, outsourced_line, outsourcing_input, processor
from tests.cast_production import producing, shipping_ready
from tests.cast_reviews import agreed
from workflow import clock
from workflow.guards import Blocked, WrongState
from workflow.models import TransitionLog


@pytest.mark.rule("A23.2")
def test_it_keeps_processor_notice_and_computed_fee(cast: Cast) -> None:
    order = producing(cast)

    document = made(cast, order)

    assert (document.state, document.amount, document.notice) == ("draft", Decimal("350.00"), current_notice(order))
    assert (document.processor_name, document.terms) == ("云锋覆膜中心", "月结 30 天")
    assert document.number.startswith("DW-")
    step = TransitionLog.objects.get(subject_type="outsourcing_outsourcingorder", subject_id=document.pk)
    assert (step.chain, step.rule, step.move) == (order.chain, "A23.2", "create")


@pytest.mark.rule("A42")
def test_a_suspended_processor_cannot_be_chosen(cast: Cast) -> None:
    order = producing(cast)

    with pytest.raises(Blocked) as blocked:
        made(cast, order, processor=processor("W004"))
    assert [(one.rule, one.article) for one in blocked.value.refusals] == [("A42", "第四章，加工商")]
    assert "整改中" in blocked.value.refusals[0].words
    assert not OutsourcingOrder.objects.exists()


@pytest.mark.rule("I30")
def test_the_snapshot_outlives_a_change_of_the_register(cast: Cast) -> None:
    document = made(cast)

    edit_processor(processor(), actor=cast.xiaoli, name="云锋包装", suspended=False)

    assert OutsourcingOrder.objects.get(pk=document.pk).processor_name == "云锋覆膜中心"


@pytest.mark.rule("A22")
def test_only_under_a_notice_that_holds(cast: Cast) -> None:
    order = producing(cast)

    with pytest.raises(Blocked) as blocked:
        made(cast, order, notice="TZ26-999999")
    assert blocked.value.refusals[0].rule == "A22"


@pytest.mark.rule("A41")
def test_only_between_issue_and_the_end_of_production(cast: Cast) -> None:
    for order in (agreed(cast), shipping_ready(cast)):
        with pytest.raises(WrongState, match="才外发"):
            made(cast, order)


@pytest.mark.rule("A3")
def test_only_who_works_the_order(cast: Cast) -> None:
    order = producing(cast)

    for person in (cast.xiaochen, cast.printing_mfg, cast.material, cast.director):
        with pytest.raises(PermissionDenied):
            create_outsourcing(order, outsourcing_input(order), actor=person)
    assert create_outsourcing(order, outsourcing_input(order), actor=cast.laowang).made_by == cast.laowang


def test_bad_input_is_named(cast: Cast) -> None:
    order, other = producing(cast), producing(cast)
    bad = [
        outsourced_line(order, quantity=Decimal(0)),
        outsourced_line(order, operation=" "),
        outsourced_line(order, unit_price=Decimal(10) ** 11),
    ]

    with pytest.raises(ValidationError) as refused:
        made(cast, order, lines=bad, delivery_date=clock.today() - dt.timedelta(days=1))
    assert set(refused.value.message_dict) == {
        "lines.0.quantity", "lines.1.operation", "lines.2.unit_price", "delivery_date",
    }  # fmt: skip
    with pytest.raises(ValidationError, match="没有行"):
        made(cast, order, lines=[outsourced_line(other)])
    with pytest.raises(ValidationError, match="至少要有一行"):
        made(cast, order, lines=[])
