"""客户接受、未接受，过了有效期（B类 询报价，B1）。"""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from orders import services
from orders.models import Quotation
from orders.tasks import expire_quotations
from papers.models import Paper
from tests.cast import Cast
from tests.cast_quotations import agreed, day, declined, expired, quoted, sent
from tests.pages import words
from workflow import clock
from workflow.guards import Blocked, WrongState
from workflow.machine import perform
from workflow.models import TransitionLog


@pytest.mark.rule("B1")
def test_accepting_keeps_what_was_said(cast: Cast) -> None:
    quotation = services.accept_quotation(sent(cast), "刘婷来电：做", actor=cast.xiaoli)
    assert (quotation.state, quotation.customer_answer) == ("accepted", "刘婷来电：做")
    assert quotation.accepted_at is not None
    assert Paper.objects.get().voided is None


@pytest.mark.rule("B1")
def test_what_is_over_cannot_be_accepted(cast: Cast) -> None:
    quotation = sent(cast, valid_until=day(0))
    with clock.told(clock.now() + dt.timedelta(days=1)), pytest.raises(Blocked, match="已过"):
        services.accept_quotation(quotation, actor=cast.xiaoli)
    assert services.accept_quotation(quotation, actor=cast.xiaoli).state == "accepted"


@pytest.mark.rule("B1")
def test_declining_needs_its_reason_and_voids_the_paper(cast: Cast) -> None:
    quotation = sent(cast)
    with pytest.raises(ValidationError):
        services.decline_quotation(quotation, " ", actor=cast.xiaoli)
    quotation = services.decline_quotation(quotation, "嫌贵", actor=cast.xiaoli)
    assert (quotation.state, quotation.customer_answer) == ("declined", "嫌贵")
    void = Paper.objects.get().voided
    assert void is not None
    assert void.cause == "已取消"


@pytest.mark.rule("B1")
@pytest.mark.parametrize("walk", [quoted, agreed, declined, expired])
def test_only_what_is_out_is_answered(cast: Cast, walk: object) -> None:
    quotation = walk(cast)  # type: ignore[operator]
    with pytest.raises(WrongState):
        services.accept_quotation(quotation, actor=cast.xiaoli)
    with pytest.raises(WrongState):
        services.decline_quotation(quotation, "嫌贵", actor=cast.xiaoli)


@pytest.mark.rule("A3")
@pytest.mark.parametrize("username", ["xiaochen", "director", "finance", "engineering"])
def test_only_its_people_answer(cast: Cast, username: str) -> None:
    with pytest.raises(PermissionDenied):
        services.accept_quotation(sent(cast), actor=getattr(cast, username))


@pytest.mark.rule("B1")
def test_the_timetable_marks_what_is_over(cast: Cast) -> None:
    over, ahead, done = sent(cast, valid_until=day(1)), sent(cast), agreed(cast, valid_until=day(1))
    assert expire_quotations() == 0
    with clock.told(clock.now() + dt.timedelta(days=2)):
        assert (expire_quotations(), expire_quotations()) == (1, 0)
    states = dict(Quotation.objects.values_list("pk", "state"))
    assert states == {over.pk: "expired", ahead.pk: "sent", done.pk: "accepted"}
    row = TransitionLog.objects.get(move="expire")
    assert (row.actor_name, row.actor.username, row.actor.has_usable_password()) == ("系统", "system", False)


@pytest.mark.rule("B1")
def test_one_that_is_valid_still_does_not_expire(cast: Cast) -> None:
    quotation = sent(cast)

    with pytest.raises(Blocked) as blocked:
        perform(quotation, "expire", actor=cast.xiaoli)
    assert [refusal.rule for refusal in blocked.value.refusals] == ["B1"]
    assert Quotation.objects.get().state == "sent"


@pytest.mark.rule("B1")
def test_the_paper_of_an_expired_one_says_so_to_anybody(cast: Cast) -> None:
    quotation = sent(cast, valid_until=day(1))
    url = Paper.objects.get(about=quotation.about).verify_url
    assert "现行" in words(Client().get(url))
    with clock.told(clock.now() + dt.timedelta(days=2)):
        expire_quotations()
    seen = words(Client().get(url))
    assert "已过期" in seen
    assert "所列价格不再有效" in seen
    assert "瑞禾" not in seen
