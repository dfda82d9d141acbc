"""发件箱（I33、I36–I38）：随业务提交，至少送一次，按单据先后，坏的不挡路。"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from workflow import outbox
from workflow.models import OutboxMessage


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    words: list[Any] = []

    def listen(payload: dict[str, Any]) -> None:
        if payload.get("poison"):
            raise RuntimeError("毒药")
        words.append(payload["n"])

    monkeypatch.setitem(outbox.HANDLERS, "test.word", listen)
    return words


@pytest.mark.django_db
def test_what_rolls_back_is_never_sent(heard: list[Any]) -> None:
    class Undone(Exception):
        """The business act failed."""

    @transaction.atomic
    def fail_after_posting() -> None:
        outbox.post("test.word", "a:1", {"n": 1})
        raise Undone

    with pytest.raises(Undone):
        fail_after_posting()
    assert outbox.relay() == 0
    assert heard == []


@pytest.mark.django_db
def test_it_is_sent_once_and_in_order(heard: list[Any]) -> None:
    for n in range(4):
        outbox.post("test.word", "a:1", {"n": n})
    assert outbox.relay() == 4
    assert outbox.relay() == 0
    assert heard == [0, 1, 2, 3]


@pytest.mark.django_db
def test_poison_blocks_only_its_own_document(heard: list[Any]) -> None:
    outbox.post("test.word", "a:1", {"n": 1, "poison": True})
    outbox.post("test.word", "a:1", {"n": 2})
    outbox.post("test.word", "b:1", {"n": 3})
    outbox.relay()
    assert heard == [3]
    failed = OutboxMessage.objects.get(payload__n=1)
    assert failed.attempt == 1
    assert "毒药" in failed.last_error
    assert failed.next_at > timezone.now()


@pytest.mark.django_db
def test_after_many_tries_it_lies_with_the_dead_and_frees_the_way(heard: list[Any]) -> None:
    poison = outbox.post("test.word", "a:1", {"n": 1, "poison": True})
    outbox.post("test.word", "a:1", {"n": 2})
    for _ in range(outbox.MAX_ATTEMPTS):
        OutboxMessage.objects.filter(pk=poison.pk).update(next_at=timezone.now() - dt.timedelta(seconds=1))
        outbox.relay()
    poison.refresh_from_db()
    assert poison.dead_at is not None
    assert heard == [2]


@pytest.mark.django_db(transaction=True)
def test_a_dead_broker_costs_no_message(heard: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    from workflow import tasks

    def down(*args: Any, **kwargs: Any) -> None:
        raise ConnectionError("broker is down")

    monkeypatch.setattr(tasks.relay_outbox, "apply_async", down)
    with transaction.atomic():
        outbox.post("test.word", "a:1", {"n": 7})
    assert OutboxMessage.objects.get().sent_at is None
    outbox.relay()
    assert heard == [7]
