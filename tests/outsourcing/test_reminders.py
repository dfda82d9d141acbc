"""外协的待办：批准、发出、催收、对账（第四章）。"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

import pytest

from outsourcing.reminders import (
    outsourcing_to_approve,
    outsourcing_to_fetch,
    outsourcing_to_reconcile,
    outsourcing_to_send,
)
from parties.models import User
from tests.cast import Cast
from tests.cast_outsourcing import approved, made, received, sent
from workflow import clock
from workflow.duties import Due, Scope

Asks = Callable[[Scope], Iterable[Due]]


def dues(asks: Asks, person: User | None = None, days: int = 0) -> list[Due]:
    with clock.told(clock.now() + dt.timedelta(days=days)):
        return list(asks(Scope(clock.now(), person)))


@pytest.mark.rule("A23.2")
def test_the_supervisor_is_asked_to_approve(cast: Cast) -> None:
    document = made(cast)

    (due,) = dues(outsourcing_to_approve, cast.laowang)
    assert (due.about, due.url) == (document.about, f"/outsourcing/{document.number}/")
    assert "350.00" in due.words
    assert dues(outsourcing_to_approve, cast.director) == []


@pytest.mark.rule("A41")
def test_the_coordinator_sends_and_fetches(cast: Cast) -> None:
    approved(cast)
    assert [due.title for due in dues(outsourcing_to_send, cast.xiaoli)] == ["发出加工单"]

    document = sent(cast)
    assert dues(outsourcing_to_fetch, cast.xiaoli) == []
    (due,) = dues(outsourcing_to_fetch, cast.xiaoli, days=4)
    assert due.by.date() == document.delivery_date
    assert due.climbs_to_id == cast.laowang.pk


@pytest.mark.rule("A23.5")
def test_what_is_back_is_reconciled_within_the_month(cast: Cast) -> None:
    received(cast)

    (due,) = dues(outsourcing_to_reconcile, cast.laowang)
    assert (due.by + dt.timedelta(days=1)).day == 1
    assert dues(outsourcing_to_reconcile, cast.xiaochen) == []
