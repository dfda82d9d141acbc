"""退货窗口（C5）：种类定了每月几号、每天几点，窗口外登记退货拒绝并说明；总监放行留理由。"""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from orders.services import authorise_exception
from shipping.models import Delivery, Return
from tests.cast import Cast
from tests.cast_kinds import changed_kind
from tests.cast_production import clock_at
from tests.cast_shipping import dispatched, only_order, returned
from tests.pages import browser, words
from workflow import clock
from workflow.guards import Blocked
from workflow.models import TransitionLog

SPAN = {"return_days": {"from": 15, "to": 20}, "after_sales": {"from": "09:00", "to": "11:30"}}
DAYS, HOURS = "印刷类的退货只在每月 15 号到 20 号办", "印刷类的售后只在每天 09:00 到 11:30 办"


@pytest.fixture
def gone(cast: Cast) -> Delivery:
    changed_kind(cast, **SPAN)
    return dispatched(cast)


@pytest.mark.rule("C5")
@pytest.mark.parametrize(
    ("moment", "said"),
    [("2027-03-14 10:00", [DAYS]), ("2027-03-16 11:31", [HOURS]), ("2027-03-21 08:59", [DAYS, HOURS])],
)
def test_outside_the_window_a_return_is_refused_in_words(
    cast: Cast, gone: Delivery, moment: str, said: list[str]
) -> None:
    with clock.told(clock_at(moment)), pytest.raises(Blocked) as refused:
        returned(cast, gone)
    assert [one.words for one in refused.value.refusals] == said
    assert {(one.article, one.rule) for one in refused.value.refusals} == {("C类 退货", "C5")}
    assert not Return.objects.exists()


@pytest.mark.rule("C5")
@pytest.mark.parametrize("moment", ["2027-03-15 09:00", "2027-03-20 11:30"])
def test_inside_it_is_registered(cast: Cast, gone: Delivery, moment: str) -> None:
    with clock.told(clock_at(moment)):
        assert returned(cast, gone).state == "registered"


@pytest.mark.rule("C5")
def test_other_kinds_take_returns_at_any_time(cast: Cast) -> None:
    gone = dispatched(cast)
    with clock.told(clock_at("2027-03-14 23:00")):
        assert returned(cast, gone).state == "registered"


@pytest.mark.rule("C5")
def test_the_director_lets_one_order_through_and_the_reason_stays(cast: Cast, gone: Delivery) -> None:
    order = only_order(gone)
    with pytest.raises(PermissionDenied):
        authorise_exception(order, "returns", "客户的展会在即", actor=cast.laowang)
    authorise_exception(order, "returns", "客户的展会在即", actor=cast.director)
    row = TransitionLog.objects.get(move="authorise_exception")
    assert (row.reason, row.article, row.rule) == ("客户的展会在即", "C类 退货", "C5")
    with clock.told(clock_at("2027-03-14 23:00")):
        assert returned(cast, gone).state == "registered"


@pytest.mark.rule("C5")
def test_another_gate_opens_nothing_here(cast: Cast, gone: Delivery) -> None:
    authorise_exception(only_order(gone), "credit", "老客户", actor=cast.director)
    with clock.told(clock_at("2027-03-14 10:00")), pytest.raises(Blocked, match=DAYS):
        returned(cast, gone)


@pytest.mark.rule("C5")
def test_the_form_says_so_before_it_is_filled_in(cast: Cast, gone: Delivery) -> None:
    page = f"/deliveries/{gone.number}/return/"
    with clock.told(clock_at("2027-03-14 10:00")):
        shown = words(browser(cast.xiaoli).get(page))
    assert DAYS in shown
