"""提前回来（第三条）：从今天起自己办；回来的人不能再回来一次。"""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from orders.models import Order
from parties.models import Deputy
from tests.cast import Cast, draft
from tests.cast_parties import anew, away, day, xiaoli_away
from workflow import clock
from workflow.guards import WrongState
from workflow.leave import end_leave


def sees(cast: Cast, who: str) -> bool:
    return bool(Order.objects.visible_to(anew(getattr(cast, who))).exists())


@pytest.mark.rule("A3")
def test_the_deputy_sees_no_more_from_that_moment(cast: Cast) -> None:
    draft(cast)
    leave = xiaoli_away(cast)
    assert sees(cast, "xiaochen")

    ended = end_leave(leave, actor=cast.laowang)

    assert (ended.back_on, ended.ended_by) == (day(0), cast.laowang)
    assert not sees(cast, "xiaochen")


@pytest.mark.rule("A3")
def test_one_called_off_before_it_begins_never_begins(cast: Cast) -> None:
    draft(cast)
    end_leave(away(cast.xiaoli, cast.xiaochen, first=1, last=3), actor=cast.xiaoli)

    with clock.told(clock.now() + dt.timedelta(days=2)):
        assert not sees(cast, "xiaochen")
    assert away(cast.xiaoli, cast.xiaochen, first=1, last=3).pk


@pytest.mark.rule("A3")
def test_nobody_comes_back_twice(cast: Cast) -> None:
    leave = xiaoli_away(cast)
    end_leave(leave, actor=cast.xiaoli)

    with pytest.raises(WrongState, match="已经回来了"):
        end_leave(leave, actor=cast.xiaoli)


@pytest.mark.rule("A3")
def test_the_deputy_does_not_end_it(cast: Cast) -> None:
    leave = xiaoli_away(cast)

    with pytest.raises(PermissionDenied):
        end_leave(leave, actor=cast.xiaochen)
    assert Deputy.objects.get().back_on is None


@pytest.mark.rule("A3")
def test_what_was_entered_and_ended_stays_on_record(cast: Cast) -> None:
    leave = xiaoli_away(cast)
    end_leave(leave, actor=cast.xiaoli)

    told = Deputy.pgh_event_model.objects.order_by("pgh_id").values_list("pgh_label", "back_on")  # type: ignore[attr-defined]
    assert list(told) == [("insert", None), ("update", day(0))]
