"""两人同时签同一处（I26）：恰好一个签上，另一个被告知；不经过门的办法则两个都签上。"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from parties.models import User
from reviews import services
from reviews.models import Answer, Notice, Signature
from tests.cast import Cast
from tests.cast_reviews import answer_input, answer_of, drafted, reviewing
from workflow.guards import Stale, WrongState
from workflow.models import TransitionLog


def both(*acts: Callable[[], Any]) -> list[str]:
    """Each act in its own thread and connection, started together; what became of it."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> str:
        start.wait(timeout=10)
        try:
            act()
        except (WrongState, Stale) as refused:
            return type(refused).__name__
        finally:
            connection.close()
        return "signed"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(worker.result(timeout=60) for worker in [pool.submit(run, act) for act in acts])


@pytest.mark.race
@pytest.mark.rule("A19.2")
@pytest.mark.django_db(transaction=True)
def test_head_and_delegate_sign_the_same_answer(cast: Cast) -> None:
    review = reviewing(cast)
    seen = [answer_of(review, "engineering") for _ in range(2)]

    became = both(
        lambda: services.sign_answer(seen[0], answer_input(comment="负责人"), actor=cast.engineering),
        lambda: services.sign_answer(seen[1], answer_input(comment="受权人"), actor=cast.engineering2),
    )

    assert became == ["Stale", "signed"]
    assert Signature.objects.count() == 1
    assert TransitionLog.objects.filter(move__startswith="sign").count() == 1


@pytest.mark.race
@pytest.mark.rule("A6.3a")
@pytest.mark.django_db(transaction=True)
def test_both_general_managers_sign_the_same_notice(cast: Cast) -> None:
    notice = drafted(cast)

    became = both(
        lambda: services.sign_notice(Notice.objects.get(pk=notice.pk), actor=cast.gm),
        lambda: services.sign_notice(Notice.objects.get(pk=notice.pk), actor=cast.evp),
    )

    assert became == ["WrongState", "signed"]
    assert Signature.objects.filter(notice=notice).count() == 1
    assert Notice.objects.get().number.endswith("-000001")


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_the_race_is_real(cast: Cast) -> None:
    review = reviewing(cast)
    looked = Barrier(2)

    def sign_by_hand(user: User) -> None:
        answer = Answer.objects.select_related("round", "department").get(round=review, department__code="engineering")
        assert answer.state == "blank"
        looked.wait(timeout=10)
        Signature.objects.create(
            answer=answer, signer=user, signer_name=str(user), sha256=answer.sha256, order_version=1
        )

    became = both(lambda: sign_by_hand(cast.engineering), lambda: sign_by_hand(cast.engineering2))

    assert became == ["signed", "signed"]
    assert Signature.objects.count() == 2
