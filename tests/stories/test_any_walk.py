"""任意一串接单、评审、下单、更改的动作（I15–I26）：房子与一支铅笔一步一步相同，该拒的都拒，拒了不留痕迹。"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from reviews import guards
from reviews.models import Notice
from tests.cast import Cast
from tests.stories.pencil import Pencil
from tests.stories.walker import Nothing, Walker
from workflow.guards import Blocked, WrongState
from workflow.models import TransitionLog
from workflow.proofs import broken

REFUSED = (Blocked, WrongState, ValidationError, PermissionDenied)
VERBS = sorted(name.removeprefix("do_") for name in dir(Walker) if name.startswith("do_"))
AHEAD = (
    "submit", "accept", "convene", "sign_answers", "pass_review", "draft_notice", "sign_notice", "issue", "receive",
    "start", "sign_change", "draft_change", "pass_change", "sign_change_answers", "convene_change", "submit_change",
    "visit", "ask_change",
)  # fmt: skip
REACHED: Counter[str] = Counter()
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]


class AnyWalk(RuleBasedStateMachine):
    """One order in the house and on paper."""

    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        self.block: Any = transaction.atomic()
        self.block._from_testcase = True
        self.block.__enter__()

    @initialize(steps=st.integers(0, len(AHEAD)))
    def registered(self, steps: int) -> None:
        """Some walks begin at the beginning, some in the middle of the life."""
        self.house, self.paper = Walker(self.cast), Pencil()
        for _ in range(steps):
            self.go_on()

    @rule(verb=st.sampled_from(VERBS))
    def whatever_comes(self, verb: str) -> None:
        self.act(verb)

    @rule(n=st.integers(0, 99))
    def aside(self, n: int) -> None:
        """Something that may be done now, ahead or not."""
        free = [verb for verb in VERBS if self.may(verb)()]
        if free:
            self.act(free[n % len(free)])

    @rule()
    def go_on(self) -> None:
        """The next act of an order that meets no trouble, so that walks reach the far end of the life."""
        again = self.paper.moves[-1:]
        ahead = next((verb for verb in AHEAD if self.may(verb)() and again != [verb]), "")
        if ahead:
            self.act(ahead)

    def may(self, verb: str) -> Callable[[], bool]:
        allowed: Callable[[], bool] = getattr(self.paper, f"may_{verb}", lambda: False)
        return allowed

    def act(self, verb: str) -> None:
        before, allowed, refusal = TransitionLog.objects.count(), self.may(verb)(), None
        try:
            with transaction.atomic():
                getattr(self.house, f"do_{verb}")()
        except Nothing:
            return
        except REFUSED as error:
            refusal = error
        assert allowed is (refusal is None), f"{verb}: {refusal!r} after {self.paper}"
        if refusal is not None:
            assert TransitionLog.objects.count() == before
            return
        getattr(self.paper, f"did_{verb}")()
        self.paper.moves.append(verb)
        REACHED[verb] += 1
        self.agrees()

    def agrees(self) -> None:
        order, paper = self.house.now, self.paper
        live = Notice.objects.filter(order=order, state__in=("draft", "signed", "issued")).exclude(
            change__isnull=False, state="draft"
        )
        seen = (order.state, order.version, order.lines_now[0].quantity, *live.values_list("state", flat=True))
        noted = (paper.state, paper.version, paper.quantity, *([paper.notice] if paper.notice else []))
        assert seen == noted, paper.moves
        voided = Notice.objects.filter(order=order, state="void", formal_number__isnull=False)
        assert voided.count() == paper.void, paper.moves
        assert order.visits.count() == paper.visits

    def teardown(self) -> None:
        try:
            assert list(broken()) == []
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        finally:
            self.leave()

    def leave(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)


@pytest.mark.walk
@pytest.mark.rule("A22")
@pytest.mark.rule("A6.3a")
@pytest.mark.rule("A20.1")
def test_the_house_agrees_with_the_pencil_after_every_step(cast: Cast) -> None:
    machine = type("Walk", (AnyWalk,), {"cast": cast})
    run_state_machine_as_test(machine, settings=settings(suppress_health_check=SLOW, deadline=None))  # type: ignore[no-untyped-call]
    assert set(AHEAD) <= set(REACHED), REACHED


@pytest.mark.parametrize(
    ("off", "steps", "before", "verb"),
    [
        ("every_answer_is_signed", 4, ["balance"], "pass_review"),
        ("round_wants_negotiation", 15, [], "settle_change"),
    ],
)
def test_a_missing_guard_is_noticed(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, off: str, steps: int, before: list[str], verb: str
) -> None:
    """The control: with the guard switched off the same step is let through, and the pencil says so."""
    walk = type("Walk", (AnyWalk,), {"cast": cast})()
    try:
        walk.registered(steps=steps)
        for earlier in (*before, verb):
            walk.act(earlier)
        monkeypatch.setattr(getattr(guards, off), "asks", lambda subject: True)
        with pytest.raises(AssertionError, match=verb):
            walk.act(verb)
    finally:
        walk.leave()
