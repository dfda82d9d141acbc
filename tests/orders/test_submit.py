"""提交（第六条，A6.1c–e）：有依据、有明细、必填要求齐，才交得到主任手里。"""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from orders import services
from orders.models import Order, State
from tests.cast import Cast, draft, line_input
from workflow.guards import Blocked, WrongState
from workflow.models import TransitionLog


@pytest.mark.rule("A6.1e")
def test_the_coordinator_submits_and_the_log_says_so(cast: Cast) -> None:
    order = services.submit_order(draft(cast), actor=cast.xiaoli)

    assert order.state == State.SUBMITTED
    assert order.submitted_by == cast.xiaoli
    steps = list(TransitionLog.objects.filter(subject_type="orders_order", subject_id=order.pk).order_by("version"))
    assert [(step.version, step.move, step.source, step.target) for step in steps] == [
        (1, "create", "", "draft"),
        (2, "submit", "draft", "submitted"),
    ]


@pytest.mark.rule("A6.1c")
def test_without_a_written_order_it_waits_for_an_instruction(cast: Cast) -> None:
    order = draft(cast, basis="none")

    with pytest.raises(Blocked) as blocked:
        services.submit_order(order, actor=cast.xiaoli)

    assert [(refusal.rule, refusal.article) for refusal in blocked.value.refusals] == [("A6.1c", "第六条")]
    assert "请示" in blocked.value.refusals[0].words
    assert Order.objects.get().state == State.DRAFT


@pytest.mark.rule("A6.1c")
def test_a_granted_instruction_opens_the_way(cast: Cast) -> None:
    order = draft(cast, basis="none")
    instruction = services.ask_instruction(order, "客户电话下单，书面下周补", actor=cast.xiaoli)
    services.grant_instruction(instruction, "同意先做", actor=cast.laowang)

    assert services.submit_order(order, actor=cast.xiaoli).state == State.SUBMITTED


@pytest.mark.rule("A6.1d")
def test_every_missing_detail_is_named_at_once(cast: Cast) -> None:
    bare = line_input(specification="")
    bare = type(bare)(**{**bare.__dict__, "product": None, "product_name": "贺卡"})
    order = draft(cast, requirements={"standard": "按样"}, lines=[line_input(), bare])

    with pytest.raises(Blocked) as blocked:
        services.submit_order(order, actor=cast.xiaoli)

    words = [refusal.words for refusal in blocked.value.refusals]
    assert words == ["没填包装要求，印刷类必填", "第 2 行「贺卡」没有规格"]
    assert {refusal.rule for refusal in blocked.value.refusals} == {"A6.1d"}


@pytest.mark.rule("A3")
def test_another_coordinator_may_not(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        services.submit_order(draft(cast), actor=cast.xiaochen)


@pytest.mark.rule("A6.1e")
def test_it_cannot_be_submitted_twice(cast: Cast) -> None:
    order = services.submit_order(draft(cast), actor=cast.xiaoli)

    with pytest.raises(WrongState, match="待审核"):
        services.submit_order(order, actor=cast.xiaoli)


@pytest.mark.rule("A6.1b")
def test_a_missing_scan_of_a_fax_is_no_obstacle(cast: Cast) -> None:
    order = services.submit_order(draft(cast, basis="fax"), actor=cast.xiaoli)

    assert order.state == State.SUBMITTED
    assert order.original_pending


@pytest.mark.rule("A6.1d")
def test_an_order_that_lost_its_lines_is_not_submitted(cast: Cast) -> None:
    order = draft(cast)
    order.lines.all().delete()

    with pytest.raises(Blocked, match="明细"):
        services.submit_order(order, actor=cast.xiaoli)

    assert Order.objects.get().state == State.DRAFT
