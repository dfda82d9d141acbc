"""退货窗口（C5）：日子和钟点是种类的规矩；确认了的退货日不收单、不下单，业务员先知道。"""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from orders.models import ReturnDay
from orders.reminders import return_day_ahead
from orders.services import confirm_return_day, submit_order
from orders.timing import return_refused
from reviews import services as reviews
from tests.cast import Cast, draft
from tests.cast_kinds import changed_kind, kind
from tests.cast_production import clock_at
from tests.cast_reviews import signed_notice
from workflow import clock
from workflow.duties import Scope
from workflow.guards import Blocked

SPAN = {"return_days": {"from": 15, "to": 20}, "after_sales": {"from": "09:00", "to": "11:30"}}


def next_day(number: int) -> dt.date:
    """The next day of a month with this number."""
    first = clock.today().replace(day=1)
    later = (first + dt.timedelta(days=32)).replace(day=number)
    return first.replace(day=number) if first.replace(day=number) > clock.today() else later


@pytest.fixture
def returns(cast: Cast) -> dt.date:
    changed_kind(cast, **SPAN)
    return next_day(16)


@pytest.mark.rule("C5")
def test_a_return_day_lies_in_the_kinds_window(cast: Cast, returns: dt.date) -> None:
    assert confirm_return_day(kind(), returns, actor=cast.laowang).by == cast.laowang
    for wrong in (returns, next_day(21), clock.today(), next_day(16).replace(year=2090)):
        with pytest.raises(ValidationError):
            confirm_return_day(kind(), wrong, actor=cast.laowang)
    with pytest.raises(ValidationError, match="没有定退货日期"):
        confirm_return_day(kind("paper"), returns, actor=cast.laowang)
    with pytest.raises(PermissionDenied):
        confirm_return_day(kind(), next_day(17), actor=cast.xiaoli)
    assert ReturnDay.objects.count() == 1


@pytest.mark.rule("C5")
def test_on_a_return_day_nothing_comes_in(cast: Cast, returns: dt.date) -> None:
    confirm_return_day(kind(), returns, actor=cast.laowang)
    order = draft(cast)
    with clock.told(clock_at(f"{returns} 10:00")), pytest.raises(Blocked, match="退货日，不收单、不下单"):
        submit_order(order, actor=cast.xiaoli)
    with clock.told(clock_at(f"{returns + dt.timedelta(days=1)} 10:00")):
        assert submit_order(order, actor=cast.xiaoli).state == "submitted"


@pytest.mark.rule("C5")
def test_and_nothing_is_released(cast: Cast, returns: dt.date) -> None:
    confirm_return_day(kind(), returns, actor=cast.laowang)
    notice = signed_notice(cast)
    with clock.told(clock_at(f"{returns} 10:00")), pytest.raises(Blocked, match="退货日"):
        reviews.issue_notice(notice, actor=cast.xiaoli)
    assert reviews.issue_notice(notice, actor=cast.xiaoli).order.state == "issued"


@pytest.mark.rule("C5")
def test_the_salesperson_knows_before(cast: Cast, returns: dt.date) -> None:
    confirm_return_day(kind(), returns, actor=cast.laowang)
    draft(cast)
    draft(cast)
    told = {n: [one.holder_id for one in return_day_ahead(Scope(clock_at(f"{returns - dt.timedelta(days=n)} 09:00")))]
            for n in (4, 3, 0)}  # fmt: skip
    assert told == {4: [], 3: [cast.sales.pk], 0: []}


@pytest.mark.rule("C5")
@pytest.mark.parametrize(
    ("moment", "refused"),
    [("2026-03-15 09:00", 0), ("2026-03-20 11:30", 0), ("2026-03-14 10:00", 1), ("2026-03-21 12:00", 2)],
)
def test_returns_are_taken_in_the_window_only(cast: Cast, returns: dt.date, moment: str, refused: int) -> None:
    found = list(return_refused(kind().rules, clock_at(moment)))
    assert (len(found), {one.rule for one in found} <= {"C5"}) == (refused, True)
    assert not list(return_refused(kind("paper").rules, clock_at(moment)))
