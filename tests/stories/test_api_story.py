"""The same story through the API: one order from 接单 to 收款, refused where the regulation refuses (A1)."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config.demo.partners import make_partners
from orders.models import Order
from tests.caller import Caller
from tests.cast import Cast
from tests.stories.life import live
from workflow.history import verify_chain

MOST_STATEMENTS_ON_AVERAGE = 12


class InProcess:
    """Carries the story through Django's test client, counting statements per request."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.callers: dict[str, Caller] = {}
        self.statements: list[tuple[str, int]] = []

    def get(self, username: str, path: str) -> dict[str, Any]:
        return self._carry(username, "get", path, None)

    def post(self, username: str, path: str, body: Any = None) -> dict[str, Any]:
        return self._carry(username, "post", path, body)

    def _carry(self, username: str, method: str, path: str, body: Any) -> dict[str, Any]:
        if username not in self.callers:
            self.callers[username] = Caller(getattr(self.cast, username))
        caller = self.callers[username]
        with CaptureQueriesContext(connection) as captured:
            reply = caller.get(path) if method == "get" else caller.post(path, body)
        assert reply.status_code < 300, f"{method} {path} as {username}: {reply.status_code} {reply.content.decode()}"
        queries = [row["sql"] for row in captured if not row["sql"].startswith(("SAVEPOINT", "RELEASE"))]
        self.statements.append((f"{method} {path}", len(queries)))
        found: dict[str, Any] = reply.json()
        return found


@pytest.mark.rule("A1")
@pytest.mark.smoke
def test_one_order_walks_from_intake_to_collection(cast: Cast) -> None:
    make_partners(cast.people)
    told: list[str] = []
    number = live(InProcess(cast), lambda step, words: told.append(step))

    assert told == ["接单", "评审", "下单", "生产", "发货", "收款"]
    assert Order.objects.get(formal_number=number).state == "completed"
    assert list(verify_chain()) == []


@pytest.mark.rule("A1")
def test_a_move_takes_few_statements(cast: Cast) -> None:
    make_partners(cast.people)
    carrier = InProcess(cast)
    live(carrier)
    carrier.statements.clear()
    live(carrier)

    moves = [count for what, count in carrier.statements if what.startswith("post")]
    worst = Counter(dict(carrier.statements)).most_common(6)
    assert sum(moves) / len(moves) <= MOST_STATEMENTS_ON_AVERAGE, worst
