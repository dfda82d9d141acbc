"""外协计划：制造部提出，计划部批准（第四章，A23.0、A23.1）。"""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from outsourcing.models import OutsourcingPlan
from outsourcing.services import PlanInput, PlannedLine, approve_plan, create_plan
from parties.models import User
from tests.cast import Cast
from tests.cast_outsourcing import made, planned
from tests.cast_parties import away
from tests.cast_production import producing
from workflow.guards import Blocked, WrongState
from workflow.machine import begin


@pytest.mark.rule("A23.1")
def test_manufacturing_proposes_and_planning_approves(cast: Cast) -> None:
    plan = planned(cast)
    assert (plan.state, plan.made_by) == ("draft", cast.printing_mfg)

    plan = approve_plan(plan, actor=cast.planning)

    assert (plan.state, plan.number, plan.approved_by) == ("approved", "WJ26-000001", cast.planning)
    with pytest.raises(WrongState):
        approve_plan(plan, actor=cast.planning)


@pytest.mark.rule("A23.0")
def test_nobody_else_approves_and_strangers_do_not_propose(cast: Cast) -> None:
    plan = planned(cast)

    for person in (cast.printing_mfg, cast.laowang, cast.xiaoli):
        with pytest.raises(PermissionDenied):
            approve_plan(plan, actor=person)
    with pytest.raises(PermissionDenied):
        create_plan(plan.order, PlanInput([]), actor=cast.finance)
    assert OutsourcingPlan.objects.get().state == "draft"


@pytest.mark.rule("A23.0")
def test_who_stands_in_for_the_maker_does_not_approve_either(cast: Cast) -> None:
    plan = planned(cast)
    away(cast.printing_mfg, cast.planning)

    with pytest.raises(PermissionDenied, match="自己编制的计划，自己不能批"):
        approve_plan(plan, actor=User.objects.get(pk=cast.planning.pk))
    assert OutsourcingPlan.objects.get().state == "draft"


@pytest.mark.rule("A23.1")
def test_a_plan_that_names_nothing_is_not_approved(cast: Cast) -> None:
    order = producing(cast)
    with pytest.raises(ValidationError, match="至少要有一行"):
        create_plan(order, PlanInput([]), actor=cast.xiaoli)

    plan = OutsourcingPlan(order=order, made_by=cast.xiaoli)
    begin(plan, actor=cast.xiaoli, label="编制外协计划", article="第四章，外协计划", rule="A23.1")
    with pytest.raises(Blocked) as blocked:
        approve_plan(plan, actor=cast.planning)
    assert [refusal.rule for refusal in blocked.value.refusals] == ["A23.1"]


@pytest.mark.rule("A23.1")
def test_bad_lines_are_named(cast: Cast) -> None:
    order = producing(cast)
    bad = PlannedLine(order.lines_now[0].pk, " ", Decimal(0))

    with pytest.raises(ValidationError) as refused:
        create_plan(order, PlanInput([bad]), actor=cast.xiaoli)
    assert set(refused.value.message_dict) == {"lines.0.quantity", "lines.0.operation"}


@pytest.mark.rule("A23.2")
def test_an_order_names_an_approved_plan_of_the_same_order(cast: Cast) -> None:
    order = producing(cast)
    plan = planned(cast, order)

    with pytest.raises(ValidationError, match="还没有批准"):
        made(cast, order, plan=plan)
    plan = approve_plan(plan, actor=cast.planning)
    assert made(cast, order, plan=plan).plan == plan
    with pytest.raises(ValidationError, match="不是这张单的"):
        made(cast, plan=plan)
