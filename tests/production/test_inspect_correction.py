"""检验更正：另记一次，写明更正哪一次，差额随之入库或出库（A51、E7）。"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from production.events import MayTakeBackPassed
from production.models import Inspection
from production.selectors import passed_by_line
from tests.cast import Cast
from tests.cast_production import inspected, producing
from tests.production.facts import told_facts
from workflow.events import OBJECTIONS
from workflow.guards import Blocked, Refusal, WrongState


@pytest.mark.rule("E7")
def test_a_correction_replaces_the_whole_record_and_tells_the_difference(cast: Cast) -> None:
    order = producing(cast)
    line = order.lines_now[0]
    wrong = inspected(cast, order, line, "900", report_no="J1")

    with told_facts() as facts:
        right = inspected(cast, order, line, "850", report_no="J1", corrects=wrong.pk)

    assert right.corrects == wrong
    assert [fact.quantity for fact in facts] == [Decimal(-50)]
    assert passed_by_line(order.pk) == {line.pk: Decimal(850)}
    assert list(Inspection.objects.standing()) == [right]


@pytest.mark.rule("A51")
def test_a_correction_may_take_everything_back(cast: Cast) -> None:
    order = producing(cast)
    wrong = inspected(cast, order, order.lines_now[0], "900")

    inspected(cast, order, order.lines_now[0], "0", corrects=wrong.pk)

    assert passed_by_line(order.pk) == {order.lines_now[0].pk: Decimal(0)}


@pytest.mark.rule("A51")
def test_it_is_of_the_same_line_and_only_once(cast: Cast) -> None:
    order = producing(cast)
    first, second = order.lines_now
    wrong = inspected(cast, order, first, "900")
    inspected(cast, order, first, "800", corrects=wrong.pk)

    with pytest.raises(WrongState, match="已经更正过"):
        inspected(cast, order, first, "700", corrects=wrong.pk)
    with pytest.raises(ValidationError, match="没有检验"):
        inspected(cast, order, second, "100", corrects=wrong.pk)


@pytest.fixture
def _store_says_gone() -> Iterator[None]:
    def gone(question: MayTakeBackPassed) -> Iterator[Refusal]:
        yield Refusal(f"已经发走，收不回 {question.quantity:f}", "第五章", "E7")

    OBJECTIONS[MayTakeBackPassed].append(gone)
    yield
    OBJECTIONS[MayTakeBackPassed].remove(gone)


@pytest.mark.rule("E7")
@pytest.mark.usefixtures("_store_says_gone")
def test_what_has_left_the_store_is_not_taken_back(cast: Cast) -> None:
    order = producing(cast)
    wrong = inspected(cast, order, order.lines_now[0], "900")

    with pytest.raises(Blocked, match="收不回 50"):
        inspected(cast, order, order.lines_now[0], "850", corrects=wrong.pk)
    assert passed_by_line(order.pk) == {order.lines_now[0].pk: Decimal(900)}
