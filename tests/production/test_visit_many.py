"""一趟车间许多单，一次登记；有一张不行就全都不登（第六条，A6.4a）。"""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from production.models import Visit
from production.services import visit_orders
from tests.cast import Cast
from tests.cast_production import producing, visit_input
from workflow.guards import Blocked


@pytest.mark.rule("A6.4a")
def test_one_round_covers_many_orders(cast: Cast) -> None:
    first, second = producing(cast), producing(cast)

    visits = visit_orders([(second, visit_input(second)), (first, visit_input(first))], actor=cast.xiaoli)

    assert [visit.order_id for visit in visits] == [second.pk, first.pk]
    assert len({visit.round for visit in Visit.objects.all()}) == 1
    assert visits[0].round is not None


@pytest.mark.rule("A6.4a")
def test_one_that_is_refused_takes_the_others_with_it(cast: Cast) -> None:
    first, second = producing(cast), producing(cast)
    entries = [(first, visit_input(first)), (second, visit_input(second, notice="TZ26-999999"))]

    with pytest.raises(Blocked):
        visit_orders(entries, actor=cast.xiaoli)
    assert not Visit.objects.exists()


@pytest.mark.rule("A3")
def test_every_order_must_be_one_s_own(cast: Cast) -> None:
    order = producing(cast)

    with pytest.raises(PermissionDenied):
        visit_orders([(order, visit_input(order))], actor=cast.xiaochen)


def test_none_and_the_same_order_twice_are_refused(cast: Cast) -> None:
    order = producing(cast)
    entry = (order, visit_input(order))

    for entries in ([], [entry, entry]):
        with pytest.raises(ValidationError):
            visit_orders(entries, actor=cast.xiaoli)
    assert not Visit.objects.exists()
