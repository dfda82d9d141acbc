"""八个人一分钟里对同几张单登记、改、签、作废、收回（F3、I24–I26）：谁都见不到 5xx，账册始终对得上。"""

from __future__ import annotations

import datetime as dt
import os
import random
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from orders.models import Order
from reviews.models import Answer, ChangeRequest, Notice, NoticeCopy, Round
from tests.caller import Caller
from tests.cast import Cast, submitted
from tests.cast_reviews import HEADS, reviewing
from workflow import clock
from workflow.proofs import broken

THREADS = 8
SECONDS = 60 if os.environ.get("GENDAN_SOAK") else 8
POINTS = ("valid", "defined", "resolved", "capable", "dated", "lawful")

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
Act = Callable[["Hunter"], Any]


def later(days: int) -> str:
    return str(clock.today() + dt.timedelta(days=days))


class Hunter:
    """One person at one keyboard, who does whatever comes to mind to the same orders as everybody else."""

    def __init__(self, people: dict[str, Caller], orders: list[int], seed: int) -> None:
        self.people, self.orders, self.chance = people, orders, random.Random(seed)
        self.seen: Counter[str] = Counter()

    def hunt(self, until: float) -> Counter[str]:
        try:
            while time.monotonic() < until:
                self.order = Order.objects.get(pk=self.chance.choice(self.orders))
                act = self.chance.choice(self.acts())
                answer = act(self)
                if answer is not None:
                    self.seen[f"{answer.status_code}"] += 1
                    self.seen[f"{act.__name__} {answer.status_code // 100}xx"] += 1
        finally:
            connection.close()
        return self.seen

    def acts(self) -> list[Act]:
        """What fits the state, more often than what does not."""
        return [*ACTS, *(FITTING.get(self.order.state, []) * 4)]

    def as_(self, who: str, path: str, body: Any = None) -> Any:
        return self.people[who].post(path, body)

    def move(self, who: str, verb: str, body: Any = None) -> Any:
        return self.as_(who, f"orders/{self.order.number}/{verb}/", body)

    def last(self, model: Any, **look_up: Any) -> Any:
        return model.objects.filter(order=self.order, **look_up).order_by("-pk").first()


# --- what people do ---------------------------------------------------------------------------------------------------
def accept(h: Hunter) -> Any:
    return h.move("laowang", "accept")


def edit(h: Hunter) -> Any:
    words = f"急 {h.chance.randint(1, 9)}"
    body = {"customer_po": words}
    return h.people["xiaoli"].patch(f"orders/{h.order.number}/", body)


def convene(h: Hunter) -> Any:
    change = h.last(ChangeRequest, state__in=("submitted", "reviewing"))
    path = f"changes/{change.pk}/reviews/" if change else f"orders/{h.order.number}/reviews/"
    return h.as_("laowang", path, {"form": "distributed", "reason": "评审"})


def sign_answer(h: Hunter) -> Any:
    answers = Answer.objects.filter(round__order=h.order, round__state="open").select_related("department")
    answer = h.chance.choice(list(answers) or [None])
    if answer is None:
        return None
    body = {"verdict": "agree", "planned_date": later(h.chance.randint(9, 12)), "points": dict.fromkeys(POINTS, True)}
    path = f"reviews/{answer.round_id}/answers/{answer.department.code}/sign/"
    return h.as_(HEADS[answer.department.code], path, body)


def balance(h: Hunter) -> Any:
    review = h.last(Round, state="open")
    dates = {"planned_dates": {"engineering": later(h.chance.randint(9, 14))}}
    return h.as_("xiaoli", f"reviews/{review.pk}/balance/", dates) if review else None


def conclude(h: Hunter) -> Any:
    review = h.last(Round, state="open")
    return h.as_("laowang", f"reviews/{review.pk}/conclude/", {"outcome": "pass"}) if review else None


def draft_notice(h: Hunter) -> Any:
    return h.move("xiaoli", "notices")


def sign_notice(h: Hunter) -> Any:
    notice = h.last(Notice, state="draft")
    return h.as_(h.chance.choice(["gm", "evp"]), f"notices/{notice.number}/sign/") if notice else None


def issue(h: Hunter) -> Any:
    notice = h.last(Notice, state="signed")
    return h.as_("xiaoli", f"notices/{notice.number}/issue/") if notice else None


def handle_copy(h: Hunter) -> Any:
    """签收、交回。"""
    rows = NoticeCopy.objects.filter(notice__order=h.order, state__in=NoticeCopy.OUT)
    copy = h.chance.choice(list(rows.select_related("notice", "department")) or [None])
    if copy is None:
        return None
    verb = "return" if copy.notice.state == "void" else "acknowledge"
    path = f"notices/{copy.notice.number}/copies/{copy.department.code}/{verb}/"
    return h.as_(HEADS[copy.department.code], path)


def start(h: Hunter) -> Any:
    return h.move("xiaoli", "start-production")


def visit(h: Hunter) -> Any:
    line = h.order.lines.first()
    body = {"process": "印刷", "lines": [{"line": line.pk, "done_quantity": "10"}], "schedule": "ok", "quality": "ok"}
    return h.move("xiaoli", "visits", body)


def ask_change(h: Hunter) -> Any:
    line = h.order.lines.first()
    lines = [{"line": line.pk, "quantity": str(line.quantity + h.chance.randint(1, 50))}]
    return h.move("xiaoli", "changes", {"reason": "客户追加", "lines": lines})


def push_change(h: Hunter) -> Any:
    change = h.last(ChangeRequest, state__in=("draft", "submitted", "reviewing"))
    if change is None:
        return None
    verb = "withdraw" if h.chance.random() < 0.1 else "submit"
    return h.as_("xiaoli", f"changes/{change.pk}/{verb}/")


ACTS: list[Act] = [accept, edit, convene, sign_answer, balance, conclude, draft_notice, sign_notice, issue, handle_copy,
                   start, visit, ask_change, push_change]  # fmt: skip
ON_THE_WAY: list[Act] = [convene, sign_answer, sign_answer, sign_answer, conclude, draft_notice, sign_notice, issue,
                         handle_copy, handle_copy, push_change]  # fmt: skip
FITTING: dict[str, list[Act]] = {
    "submitted": [accept],
    "accepted": [convene],
    "reviewing": [sign_answer, sign_answer, sign_answer, conclude],
    "agreed": [draft_notice, sign_notice, issue],
    "issued": [start, handle_copy, handle_copy, ask_change, *ON_THE_WAY],
    "producing": [visit, ask_change, *ON_THE_WAY],
}


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def people(cast: Cast) -> dict[str, Caller]:
    """Each with a token, and shown what a user would be shown."""
    callers = {name: Caller(cast.people[name]) for name in ("xiaoli", "laowang", "gm", "evp", *HEADS.values())}
    for caller in callers.values():
        caller.client.raise_request_exception = False
    return callers


def hunted(cast: Cast, people: dict[str, Caller], seconds: float) -> Counter[str]:
    """What the eight were answered."""
    orders = [submitted(cast, customer_po="HUNT-1").pk, reviewing(cast, customer_po="HUNT-2").order_id]
    until = time.monotonic() + seconds
    hunters = [Hunter(people, orders, seed) for seed in range(THREADS)]
    with ThreadPoolExecutor(THREADS) as pool:
        return sum(pool.map(lambda hunter: hunter.hunt(until), hunters), Counter())


@pytest.mark.rule("A22")
def test_nobody_ever_sees_a_5xx(cast: Cast, people: dict[str, Caller]) -> None:
    seen = hunted(cast, people, SECONDS)

    assert not {what: n for what, n in seen.items() if what.startswith("5") or what.endswith("5xx")}
    assert seen["sign_answer 2xx"] > 0
    assert seen["409"] > 0
    assert list(broken()) == []


def test_the_hunt_is_not_blind(cast: Cast, people: dict[str, Caller], monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: a door that answers a lost race with an error of its own is seen."""

    def lost(*args: Any, **kwargs: Any) -> Any:
        raise RuntimeError("deadlock detected")

    monkeypatch.setattr("reviews.api.rounds.services.sign_answer", lost)

    seen = hunted(cast, people, SECONDS)

    assert seen["sign_answer 5xx"] > 0
