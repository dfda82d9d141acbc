"""累计数只增不减；上次记错了，另记一次更正那一次（第六条）。"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from production.models import Visit, VisitLine
from tests.cast import Cast
from tests.cast_production import producing, visited
from workflow import clock
from workflow.guards import Blocked, WrongState


@pytest.mark.rule("A6.4a")
def test_a_falling_figure_is_refused_in_words(cast: Cast) -> None:
    order = producing(cast)
    visited(cast, order, "600", "500")

    with pytest.raises(Blocked) as blocked:
        visited(cast, order, "500", "500")

    words = [refusal.words for refusal in blocked.value.refusals]
    assert words == ["第 1 行产品画册上次累计 600，这次 500 变少了；上次记错请更正那一次"]
    assert Visit.objects.count() == 1


@pytest.mark.rule("A6.4a")
def test_each_process_counts_for_itself(cast: Cast) -> None:
    order = producing(cast)
    visited(cast, order, "1000", "500", process="印刷")

    assert visited(cast, order, "200", "0", process="装订").step == "装订"


@pytest.mark.rule("A6.4a")
def test_a_process_is_known_by_code_name_or_its_beginning(cast: Cast) -> None:
    order = producing(cast)
    visited(cast, order, "600", "0", process="印刷生产")

    for process in ("印刷", "production"):
        with pytest.raises(Blocked):
            visited(cast, order, "500", "0", process=process)


@pytest.mark.rule("A6.4a")
def test_a_correction_names_the_visit_and_replaces_it(cast: Cast) -> None:
    order = producing(cast)
    wrong = visited(cast, order, "900", "0", note="多写了")

    right = visited(cast, order, "600", "0", process="", corrects=wrong.pk)

    assert (right.corrects, right.at, right.process) == (wrong, wrong.at, "印刷")
    assert list(Visit.objects.standing()) == [right]
    assert VisitLine.objects.filter(visit=wrong).count() == 2
    assert visited(cast, order, "650", "0").lines.get(line=order.lines_now[0]).done_quantity == Decimal(650)


@pytest.mark.rule("A6.4a")
def test_only_the_newest_is_corrected_and_only_of_the_same_order(cast: Cast) -> None:
    order, other = producing(cast), producing(cast)
    wrong = visited(cast, order, "900", "0")
    visited(cast, order, "600", "0", corrects=wrong.pk)

    with pytest.raises(WrongState, match="已经更正过"):
        visited(cast, order, "500", "0", corrects=wrong.pk)
    with pytest.raises(ValidationError, match="没有巡查"):
        visited(cast, other, "500", "0", corrects=wrong.pk)


@pytest.mark.rule("A6.4a")
def test_a_late_entry_fits_between_its_neighbours(cast: Cast) -> None:
    with clock.told(clock.now() - dt.timedelta(days=2)):
        order = producing(cast)
    visited(cast, order, "600", "0")
    before = clock.now() - dt.timedelta(days=1)

    with pytest.raises(Blocked, match="反而多了"):
        visited(cast, order, "700", "0", at=before)
    assert visited(cast, order, "300", "0", at=before).at == before
