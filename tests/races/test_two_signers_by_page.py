"""两个人从页面上同时签同一处（I26）：恰好一个签上，另一个得到 409 和一句话，不是 500。"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from reviews import services
from reviews.models import Answer, Signature
from tests.cast import Cast
from tests.cast_reviews import answer_input, answer_of, drafted, reviewing
from tests.reviews.browsing import answer_fields, browser

ROUNDS = 5

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def at_once(*asks: Callable[[], Any]) -> list[int]:
    """The status of each request, all of them started together."""
    start = Barrier(len(asks))

    def run(ask: Callable[[], Any]) -> int:
        start.wait(timeout=10)
        try:
            return int(ask().status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(asks)) as pool:
        return sorted(pool.map(run, asks))


def posts(client: Client, path: str, data: dict[str, Any]) -> Callable[[], Any]:
    return lambda: client.post(path, data)


@pytest.mark.rule("A19.2")
def test_head_and_delegate(cast: Cast) -> None:
    head, delegate = browser(cast.engineering), browser(cast.engineering2)
    for n in range(1, ROUNDS + 1):
        answer = answer_of(reviewing(cast), "engineering")
        path, form = f"/reviews/{answer.round_id}/answers/engineering/sign/", {"seen": answer.sha256}

        statuses = at_once(
            posts(head, path, answer_fields(comment="负责人", **form)),
            posts(delegate, path, answer_fields(comment="受权人", **form)),
        )

        assert statuses == [302, 409]
        assert Signature.objects.count() == n


@pytest.mark.rule("A19.2")
def test_two_countersignatures(cast: Cast) -> None:
    clients = browser(cast.engineering), browser(cast.engineering)
    for client in clients:
        client.force_login(cast.engineering)
    for n in range(1, ROUNDS + 1):
        proxy = services.sign_answer(answer_of(reviewing(cast), "engineering"), answer_input(), actor=cast.engineering2)
        form = {"answer": [proxy.pk], f"seen_{proxy.pk}": proxy.sha256, "password": "correct horse"}

        assert at_once(*(posts(client, "/reviews/countersign/", form) for client in clients)) == [302, 409]
        assert Signature.objects.filter(act="countersign").count() == n


@pytest.mark.rule("A6.3a")
def test_two_general_managers(cast: Cast) -> None:
    clients = browser(cast.gm), browser(cast.evp)
    for _n in range(ROUNDS):
        notice = drafted(cast)
        path, form = f"/notices/{notice.number}/sign/", {"seen": notice.sha256}

        statuses = at_once(*(posts(client, path, form) for client in clients))

        assert statuses[0] == 302
        assert statuses[1] in {404, 409}  # the other's address may have become the formal number meanwhile
        assert Signature.objects.filter(notice=notice).count() == 1


@pytest.mark.rule("A19.2")
def test_the_race_is_real(cast: Cast) -> None:
    """Without the door both would stand: each looks, then each writes."""
    answer = answer_of(reviewing(cast), "engineering")
    looked = Barrier(2)

    def by_hand() -> Any:
        assert Answer.objects.get(pk=answer.pk).state == "blank"
        looked.wait(timeout=10)
        Signature.objects.create(
            answer=answer, signer=cast.engineering, signer_name="谭志强", sha256=answer.sha256, order_version=1
        )
        return Client().get("/healthz")

    at_once(by_hand, by_hand)
    assert Signature.objects.count() == 2
