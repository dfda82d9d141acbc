"""检验放行（第五章，品质放行，A51）：品质部门逐行记数，合格的入库，更正另记。"""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from orders.models import BusinessKind, Order
from production.models import Inspection
from production.selectors import passed_by_line
from production.services import InspectionInput, inspect_line
from tests.cast import Cast, line_input
from tests.cast_production import inspected, producing
from tests.cast_reviews import issued
from tests.production.facts import told_facts
from workflow.guards import Blocked, WrongState
from workflow.models import TransitionLog


def given(order: Order, accepted: str = "10", **changes: object) -> InspectionInput:
    return InspectionInput(line=order.lines_now[0].pk, accepted=Decimal(accepted), **changes)  # type: ignore[arg-type]


@pytest.mark.rule("A51")
def test_quality_passes_goods_and_the_store_is_told(cast: Cast) -> None:
    order = producing(cast)
    line = order.lines_now[0]

    with told_facts() as facts:
        one = inspected(cast, order, line, "900", concession=Decimal(60), rework=Decimal(30), rejected=Decimal(10))

    assert (one.by, one.passed, one.inspected) == (cast.printing_qc, Decimal(960), Decimal(1000))
    assert [(fact.order_id, fact.line_id, fact.quantity) for fact in facts] == [(order.pk, line.pk, Decimal(960))]
    step = TransitionLog.objects.get(move="inspect")
    assert (step.chain, step.rule, step.article) == (order.chain, "A51", "第五章，品质放行")


@pytest.mark.rule("A51")
def test_more_than_ordered_or_seen_may_pass(cast: Cast) -> None:
    order = producing(cast)

    assert inspected(cast, order, order.lines_now[0], "1080").passed == Decimal(1080)


@pytest.mark.rule("E7")
def test_what_passes_nothing_tells_the_store_nothing(cast: Cast) -> None:
    order = producing(cast)

    with told_facts() as facts:
        inspected(cast, order, order.lines_now[0], "0", rework=Decimal(40))

    assert facts == []


@pytest.mark.rule("A51")
def test_only_the_quality_department_of_the_line(cast: Cast) -> None:
    order = producing(cast)

    for person in (cast.xiaoli, cast.laowang, cast.printing_mfg, cast.paper_qc, cast.gm):
        with pytest.raises(PermissionDenied):
            inspect_line(order, given(order), actor=person)
    assert not Inspection.objects.exists()


@pytest.mark.rule("A6.4e")
def test_a_line_of_another_kind_belongs_to_that_kind_s_quality(cast: Cast) -> None:
    paper = BusinessKind.objects.get(code="paper")
    lines = [line_input(), line_input("P006", "100", "16.80", business_kind=paper)]
    order = producing(cast, lines=lines)

    inspected(cast, order, order.lines_now[1])
    foreign = InspectionInput(line=order.lines_now[1].pk, accepted=Decimal(1))
    with pytest.raises(PermissionDenied, match="第 2 行不归印刷品质部检验"):
        inspect_line(order, foreign, actor=cast.printing_qc)


@pytest.mark.rule("A51")
def test_not_before_production_began(cast: Cast) -> None:
    order = issued(cast)

    with pytest.raises(WrongState, match="投产以后才检验"):
        inspect_line(order, given(order), actor=cast.printing_qc)


@pytest.mark.rule("A51")
def test_all_zero_and_a_report_twice_are_refused(cast: Cast) -> None:
    order = producing(cast)
    inspected(cast, order, order.lines_now[0], "10", report_no="J1")

    with pytest.raises(ValidationError, match="不能都是零"):
        inspect_line(order, given(order, "0"), actor=cast.printing_qc)
    with pytest.raises(ValidationError, match="已经登记过"):
        inspect_line(order, given(order, report_no="J1"), actor=cast.printing_qc)
    inspected(cast, order, order.lines_now[1], "10", report_no="J1")


@pytest.mark.rule("A22")
def test_under_a_notice_that_holds(cast: Cast) -> None:
    order = producing(cast)

    with pytest.raises(Blocked) as blocked:
        inspect_line(order, given(order, notice="TZ26-999999"), actor=cast.printing_qc)
    assert blocked.value.refusals[0].rule == "A22"
    assert passed_by_line(order.pk) == {}
