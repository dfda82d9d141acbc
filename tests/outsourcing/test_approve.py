"""批准与发出（第四章，A23.2、A41）：主任批，超过金额总监批，自己开的自己不批。"""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from orders.models import Order
from outsourcing.models import OutsourcingOrder
from outsourcing.services import approve_outsourcing, create_outsourcing, edit_processor, send_outsourcing
from tests.cast import Cast
from tests.cast_changes import effective
from tests.cast_outsourcing import approved, made, outsourced_line, outsourcing_input, processor, sent
from tests.cast_production import producing
from workflow.guards import Blocked, WrongState


@pytest.mark.rule("A23.2")
def test_the_supervisor_approves_and_it_takes_its_number(cast: Cast) -> None:
    document = approve_outsourcing(made(cast), actor=cast.laowang)

    assert (document.state, document.number, document.approved_by) == ("approved", "WX26-000001", cast.laowang)


@pytest.mark.rule("A23.2")
def test_above_the_amount_the_director_approves(cast: Cast) -> None:
    order = producing(cast)
    document = made(cast, order, lines=[outsourced_line(order, unit_price=Decimal("20.001"))])

    with pytest.raises(PermissionDenied, match=r"20,001.00 元超过跟单主任权限 20,000.00 元，要总监批"):
        approve_outsourcing(document, actor=cast.laowang)
    assert approve_outsourcing(document, actor=cast.director).state == "approved"


@pytest.mark.rule("A23.2")
def test_nobody_approves_what_they_made(cast: Cast) -> None:
    order = producing(cast)
    document = create_outsourcing(order, outsourcing_input(order), actor=cast.laowang)

    with pytest.raises(PermissionDenied, match="自己不能批"):
        approve_outsourcing(document, actor=cast.laowang)


@pytest.mark.rule("A3")
def test_others_may_not_approve(cast: Cast) -> None:
    document = made(cast)

    for person in (cast.xiaoli, cast.xiaochen, cast.finance, cast.printing_mfg, cast.gm):
        with pytest.raises(PermissionDenied):
            approve_outsourcing(document, actor=person)
    assert OutsourcingOrder.objects.get().state == "draft"


@pytest.mark.rule("A42")
def test_a_processor_suspended_meanwhile_stops_it(cast: Cast) -> None:
    document = made(cast)
    edit_processor(processor(), actor=cast.xiaoli, suspended=True, suspended_reason="火灾停产")

    with pytest.raises(Blocked, match="火灾停产"):
        approve_outsourcing(document, actor=cast.laowang)


@pytest.mark.rule("A41")
def test_sending_opens_it_to_material_control_and_warehouse(cast: Cast) -> None:
    document = approved(cast)
    assert not Order.objects.visible_to(cast.warehouse).exists()

    document = send_outsourcing(document, actor=cast.xiaoli)

    assert (document.state, document.sent_at is not None) == ("sent", True)
    assert Order.objects.visible_to(cast.warehouse).get() == document.order
    with pytest.raises(WrongState):
        send_outsourcing(document, actor=cast.xiaoli)


@pytest.mark.rule("A41")
def test_a_draft_is_not_sent_and_a_sent_one_not_approved(cast: Cast) -> None:
    with pytest.raises(WrongState):
        send_outsourcing(made(cast), actor=cast.xiaoli)
    with pytest.raises(WrongState):
        approve_outsourcing(sent(cast), actor=cast.laowang)


@pytest.mark.rule("A22")
def test_nothing_is_sent_out_under_a_notice_that_is_void(cast: Cast) -> None:
    order = producing(cast)
    document = made(cast, order)
    old = document.notice
    effective(cast, order)

    with pytest.raises(Blocked) as blocked:
        approve_outsourcing(document, actor=cast.laowang)
    assert [(r.rule, r.words) for r in blocked.value.refusals] == [
        ("A22", f"通知单 {old.number} 现在是「作废」，不能照它外发")
    ]
    assert OutsourcingOrder.objects.get().state == "draft"
