"""待办先问有没有、再问是什么（第六条）：与逐条问全的答案一样，不留旧答案；写不成的问法照旧逐条问。"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from orders import services
from parties.models import User
from tests.cast import Cast, draft, submitted
from tests.cast_production import producing
from workflow import clock, probing
from workflow.duties import REMINDERS, Scope, waiting_for


def asked_in_full(user: User) -> set[tuple[str, str]]:
    scope = Scope(clock.now(), user)
    mine = (one for one in REMINDERS.values() if not one.right or user.may(one.right))
    return {(one.name, due.about) for one in mine for due in one.asks(scope)}


def found(user: User) -> set[tuple[str, str]]:
    return {(due.reminder, due.about) for due in waiting_for(user, clock.now())}


@pytest.mark.rule("A6.1e")
def test_everybody_finds_what_every_question_would_find(cast: Cast) -> None:
    submitted(cast, basis="fax")
    producing(cast)
    services.return_to_coordinator(submitted(cast), "缺箱唛", actor=cast.laowang)
    people = list(User.objects.filter(is_active=True))
    everything = {one.username: asked_in_full(one) for one in people}
    assert {name for name, dues in everything.items() if dues} >= {"xiaoli", "laowang"}
    assert {one.username: found(one) for one in people} == everything


@pytest.mark.rule("A6.1e")
def test_no_answer_is_kept(cast: Cast) -> None:
    draft(cast)
    before = found(cast.laowang)
    order = submitted(cast)
    assert found(cast.laowang) - before == {("order_to_approve", order.about)}
    services.return_to_coordinator(order, "缺箱唛", actor=cast.laowang)
    assert found(cast.laowang) == before


@pytest.mark.rule("A6.4a")
def test_what_needs_more_than_people_and_day_is_asked_in_full(cast: Cast) -> None:
    today = dt.date(2026, 11, 23)
    kept = {name: probing._written(one, probing.Draft(today, 1)) for name, one in REMINDERS.items()}
    unkept = {name for name, text in kept.items() if text is None}
    assert {"visit_missing", "notice_to_sign"} <= unkept  # the hour; who may sign today
    assert len(unkept) <= len(REMINDERS) / 5


def test_a_day_of_its_own(cast: Cast) -> None:
    question = REMINDERS["quotation_to_follow"]
    texts: list[Any] = [probing._text_of(question, 1, dt.date(2026, 11, day)) for day in (23, 24)]
    assert "'2026-11-26'" in texts[0]
    assert "'2026-11-27'" in texts[1]
    assert {key[2] for key in probing._kept} == {dt.date(2026, 11, 24)}
