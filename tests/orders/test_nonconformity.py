"""不符合要求的单（第六条，A6.1f）：跟单员不接，主任当即知道，请客户修改，改好才提交。"""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from orders import services
from orders.models import Nonconformity, Order, State
from tests.caller import Caller
from tests.cast import Cast, draft, submitted
from workflow import clock
from workflow.duties import waiting_for
from workflow.guards import Blocked, WrongState
from workflow.models import TransitionLog

WHY = "尺寸与刀模不符，印不了"


def raised(cast: Cast) -> Nonconformity:
    return services.raise_nonconformity(draft(cast), WHY, actor=cast.xiaoli)


def duties(cast: Cast, username: str) -> list[str]:
    found = waiting_for(getattr(cast, username), clock.now())
    return [due.title for due in found if due.rule == "A6.1f"]


@pytest.mark.rule("A6.1f")
def test_the_supervisor_is_told_at_once_until_noted(cast: Cast) -> None:
    one = raised(cast)
    assert duties(cast, "laowang") == ["跟单员不接：不符合要求"]
    assert duties(cast, "xiaoli") == ["请客户修改"]
    one = services.note_nonconformity(one, actor=cast.laowang)
    assert (one.noted_by, duties(cast, "laowang")) == (cast.laowang, [])
    with pytest.raises(WrongState, match="知悉过"):
        services.note_nonconformity(one, actor=cast.laowang)


@pytest.mark.rule("A6.1f")
def test_an_order_that_does_not_conform_is_not_submitted(cast: Cast) -> None:
    one = raised(cast)
    with pytest.raises(Blocked, match="客户还没改好：尺寸与刀模不符"):
        services.submit_order(one.order, actor=cast.xiaoli)
    one = services.ask_customer_to_amend(one, "刘婷", "电话", actor=cast.xiaoli)
    with pytest.raises(Blocked, match="客户还没改好"):
        services.submit_order(one.order, actor=cast.xiaoli)
    services.settle_nonconformity(one, "改成 210×285", actor=cast.xiaoli)
    assert services.submit_order(Order.objects.get(), actor=cast.xiaoli).state == State.SUBMITTED


@pytest.mark.rule("A6.1f", "B8")
def test_whom_when_and_how_stay_on_the_order(cast: Cast) -> None:
    at = clock.now() - dt.timedelta(hours=1)
    one = services.ask_customer_to_amend(raised(cast), " 刘婷 ", "电话", actor=cast.xiaoli, at=at)
    assert (one.state, one.asked_with, one.asked_how, one.asked_at) == ("asked", "刘婷", "电话", at)
    assert duties(cast, "xiaoli") == ["问客户改好了没有"]
    row = TransitionLog.objects.get(move="ask_customer")
    assert (row.chain, row.reason) == (one.order.chain, "刘婷，电话")


@pytest.mark.rule("A6.1f")
def test_what_is_missing_is_said(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="哪里不符合"):
        services.raise_nonconformity(draft(cast), " ", actor=cast.xiaoli)
    one = raised(cast)
    with pytest.raises(ValidationError) as refused:
        services.ask_customer_to_amend(one, "", " ", actor=cast.xiaoli, at=clock.now() + dt.timedelta(days=1))
    assert set(refused.value.message_dict) == {"with", "how", "at"}
    with pytest.raises(WrongState):
        services.settle_nonconformity(one, "改好了", actor=cast.xiaoli)
    asked = services.ask_customer_to_amend(one, "刘婷", "电话", actor=cast.xiaoli)
    with pytest.raises(ValidationError, match="怎么改的"):
        services.settle_nonconformity(asked, " ", actor=cast.xiaoli)


@pytest.mark.rule("A6.1f", "A3")
def test_it_is_the_coordinators_and_the_noting_the_supervisors(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        services.raise_nonconformity(draft(cast), WHY, actor=cast.xiaochen)
    one = raised(cast)
    for act in (services.ask_customer_to_amend,):
        with pytest.raises(PermissionDenied):
            act(one, "刘婷", "电话", actor=cast.xiaochen)
    with pytest.raises(PermissionDenied):
        services.note_nonconformity(one, actor=cast.xiaoli)
    assert TransitionLog.objects.filter(rule="A6.1f").count() == 1


@pytest.mark.rule("A6.1f")
def test_one_at_a_time_and_only_on_a_draft(cast: Cast) -> None:
    one = raised(cast)
    with pytest.raises(WrongState, match="已经有一处"):
        services.raise_nonconformity(one.order, "还有一处", actor=cast.xiaoli)
    with pytest.raises(WrongState, match="只有草稿"):
        services.raise_nonconformity(submitted(cast), WHY, actor=cast.xiaoli)


@pytest.mark.rule("A6.1f")
def test_an_order_that_ended_waits_for_nobody(cast: Cast) -> None:
    services.reject_order(raised(cast).order, "客户不改，不接", actor=cast.laowang)
    assert duties(cast, "laowang") == duties(cast, "xiaoli") == []


@pytest.mark.rule("A6.1f")
def test_over_the_api(cast: Cast) -> None:
    li = Caller(cast.xiaoli)
    number = draft(cast).number
    pk = li.post(f"orders/{number}/nonconformities/", {"reason": WHY}).json()["id"]
    assert Caller(cast.laowang).post(f"nonconformities/{pk}/note/").json()["noted_by"] == "laowang"
    asked = li.post(f"nonconformities/{pk}/ask-customer/", {"with": "刘婷", "how": "电话"}).json()
    assert (asked["state"], asked["asked_with"], asked["asked_how"]) == ("asked", "刘婷", "电话")
    assert li.post(f"nonconformities/{pk}/settle/", {"answer": "改成 210×285"}).json()["state"] == "settled"
    assert [one["id"] for one in li.get(f"orders/{number}/nonconformities/").json()["results"]] == [pk]
    assert Caller(cast.xiaochen).post(f"nonconformities/{pk}/note/").status_code == 404
