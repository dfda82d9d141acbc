"""幂等键（I39）：同键同内容一次效果同一答复；同键异内容 422；做不成的不留痕。"""

from __future__ import annotations

import threading
from collections import Counter
from typing import Any

import pytest
from django.db import connection

from integration.models import IdempotencyKey
from orders.models import Order
from tests.caller import Caller, order_body
from tests.cast import Cast


def test_the_same_key_answers_the_same_and_acts_once(cast: Cast) -> None:
    li = Caller(cast.xiaoli)
    first = li.post("orders/", order_body(), key="k-1")
    again = li.post("orders/", order_body(), key="k-1")

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert first.headers["ETag"] == again.headers["ETag"]
    assert Order.objects.count() == 1


def test_the_same_key_with_another_body_is_refused(cast: Cast) -> None:
    li = Caller(cast.xiaoli)
    li.post("orders/", order_body(), key="k-1")
    other = li.post("orders/", order_body(customer_po="X"), key="k-1")

    assert other.status_code == 422
    assert Order.objects.count() == 1


def test_a_refused_request_keeps_no_key(cast: Cast) -> None:
    li = Caller(cast.xiaoli)
    assert li.post("orders/", order_body(basis="wish"), key="k-1").status_code == 400
    assert not IdempotencyKey.objects.exists()
    assert li.post("orders/", order_body(), key="k-1").status_code == 201


def test_another_person_has_other_keys(cast: Cast) -> None:
    assert Caller(cast.xiaoli).post("orders/", order_body(), key="k-1").status_code == 201
    assert Caller(cast.xiaochen).post("orders/", order_body(), key="k-1").status_code == 201
    assert Order.objects.count() == 2


@pytest.mark.parametrize("key", [" ", "x" * 256, "键"])
def test_an_unreadable_key_is_refused(cast: Cast, key: str) -> None:
    assert Caller(cast.xiaoli).post("orders/", order_body(), key=key).status_code == 400


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_act_once() -> None:
    cast = Cast()
    callers = [Caller(cast.xiaoli)] * 20
    statuses: Counter[int] = Counter()
    gate = threading.Barrier(len(callers))

    def send(caller: Any) -> None:
        gate.wait()
        try:
            statuses[caller.post("orders/", order_body(), key="same").status_code] += 1
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(caller,)) for caller in callers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Order.objects.count() == 1
    assert set(statuses) <= {201, 409}
    assert statuses[201] >= 1
