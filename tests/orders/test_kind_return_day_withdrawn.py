"""撤回退货日（C5）：写明理由，那一天照常收单、下单；撤回了还可以再确认；过去的、撤过的撤不了。"""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from orders.models import ReturnDay, ReturnDayWithdrawal
from orders.reminders import return_day_ahead
from orders.services import confirm_return_day, submit_order, withdraw_return_day
from tests.cast import Cast, draft
from tests.cast_kinds import changed_kind, kind
from tests.cast_production import clock_at
from tests.pages import browser, words
from workflow import clock
from workflow.duties import Scope
from workflow.guards import Blocked, WrongState

WHY = "客户改到下月退"


@pytest.fixture
def confirmed(cast: Cast) -> ReturnDay:
    changed_kind(cast, return_days={"from": 1, "to": 31})
    return confirm_return_day(kind(), clock.today() + dt.timedelta(days=3), actor=cast.laowang)


@pytest.mark.rule("C5")
def test_a_withdrawn_day_takes_orders_again(cast: Cast, confirmed: ReturnDay) -> None:
    order, then = draft(cast), clock_at(f"{confirmed.day} 10:00")
    with clock.told(then), pytest.raises(Blocked, match="退货日，不收单、不下单"):
        submit_order(order, actor=cast.xiaoli)
    withdrawal = withdraw_return_day(confirmed, f" {WHY} ", actor=cast.director)
    assert (withdrawal.reason, withdrawal.by) == (WHY, cast.director)
    with clock.told(then):
        assert submit_order(order, actor=cast.xiaoli).state == "submitted"


@pytest.mark.rule("C5")
def test_nobody_is_warned_of_a_withdrawn_day(cast: Cast, confirmed: ReturnDay) -> None:
    draft(cast)
    assert [one.holder_id for one in return_day_ahead(Scope(clock.now()))] == [cast.sales.pk]
    withdraw_return_day(confirmed, WHY, actor=cast.laowang)
    assert list(return_day_ahead(Scope(clock.now()))) == []


@pytest.mark.rule("C5")
def test_it_may_be_confirmed_anew_and_withdrawn_anew(cast: Cast, confirmed: ReturnDay) -> None:
    withdraw_return_day(confirmed, WHY, actor=cast.laowang)
    again = confirm_return_day(kind(), confirmed.day, actor=cast.laowang)
    assert again.turn == 1
    with pytest.raises(ValidationError, match="已经确认过了"):
        confirm_return_day(kind(), confirmed.day, actor=cast.laowang)
    withdraw_return_day(again, WHY, actor=cast.laowang)
    assert ReturnDayWithdrawal.objects.count() == 2


@pytest.mark.rule("C5")
def test_who_may_not_and_what_is_over_or_without_reason(cast: Cast, confirmed: ReturnDay) -> None:
    with pytest.raises(PermissionDenied):
        withdraw_return_day(confirmed, WHY, actor=cast.xiaoli)
    with pytest.raises(ValidationError, match="为什么撤回"):
        withdraw_return_day(confirmed, "  ", actor=cast.laowang)
    after = clock_at(f"{confirmed.day + dt.timedelta(days=1)} 08:00")
    with clock.told(after), pytest.raises(WrongState, match="已经过去了"):
        withdraw_return_day(confirmed, WHY, actor=cast.laowang)
    withdraw_return_day(confirmed, WHY, actor=cast.laowang)
    with pytest.raises(WrongState, match="已经撤回了"):
        withdraw_return_day(confirmed, WHY, actor=cast.laowang)
    assert ReturnDayWithdrawal.objects.count() == 1


@pytest.mark.rule("C5")
def test_it_is_withdrawn_on_the_kinds_page(cast: Cast, confirmed: ReturnDay) -> None:
    address = f"/kinds/printing/return-days/{confirmed.pk}/withdraw/"
    li = browser(cast.laowang)
    assert address in li.get("/kinds/printing/").content.decode()
    assert li.post(address, {"reason": ""}).status_code == 400
    assert browser(cast.xiaoli).post(address, {"reason": WHY}).status_code == 403
    assert li.post(address.replace("printing", "paper"), {"reason": WHY}).status_code == 404
    assert li.post(address, {"reason": WHY}).status_code == 302
    page = li.get("/kinds/printing/")
    assert (f"撤回：{WHY}" in words(page), address in page.content.decode()) == (True, False)
