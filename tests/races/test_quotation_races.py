"""两个人同时办一张报价（B1）：只成一单；接受旧版与送出新版，从不两样都成。不锁的做法则两样都成。"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from orders import services
from orders.models import Order, Quotation
from orders.services import winning
from tests.cast import Cast
from tests.cast_quotations import agreed, sent, win_input
from workflow.guards import Blocked, Stale, WrongState

ROUNDS = 5
pytestmark = [pytest.mark.race, pytest.mark.rule("B1"), pytest.mark.django_db(transaction=True)]


def at_once(*acts: Callable[[], Any]) -> int:
    """Let everybody act at the same moment; how many were let through."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> bool:
        try:
            start.wait()
            act()
        except (Blocked, WrongState, Stale):
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(len(acts)) as pool:
        return sum(pool.map(run, acts))


def test_two_who_register_the_order_make_one(cast: Cast) -> None:
    for _ in range(ROUNDS):
        quotation, before = agreed(cast), Order.objects.count()
        given = win_input(quotation)
        passed = at_once(*[lambda: services.make_order(quotation, given, actor=cast.xiaoli)] * 2)  # noqa: B023
        assert (passed, Order.objects.count() - before) == (1, 1)


def test_without_the_lock_there_would_be_two(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(winning, "locked", lambda quotation: quotation)
    monkeypatch.setattr(winning, "record", lambda *_row, **_words: None)  # the log alone would refuse the second
    quotation = agreed(cast)
    given = win_input(quotation)
    copies = [Quotation.objects.get(pk=quotation.pk) for _ in range(2)]
    at_once(*[lambda one=one: services.make_order(one, given, actor=cast.xiaoli) for one in copies])
    assert Order.objects.count() == 2


def test_the_old_is_accepted_or_the_new_is_sent(cast: Cast) -> None:
    for _ in range(ROUNDS):
        old = sent(cast)
        fresh = services.revise_quotation(old, actor=cast.xiaoli)
        passed = at_once(
            lambda: services.accept_quotation(old, actor=cast.xiaoli),  # noqa: B023
            lambda: services.send_quotation(fresh, to="刘婷", how="邮件", actor=cast.xiaoli),  # noqa: B023
        )
        states = set(Quotation.objects.filter(pk__in=[old.pk, fresh.pk]).values_list("state", flat=True))
        assert (passed, states in ({"accepted", "draft"}, {"superseded", "sent"})) == (1, True)
