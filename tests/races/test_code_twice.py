"""同一个动态码、同一个恢复码，两处同时输（第三条）：恰好一处进得来。"""

from __future__ import annotations

import time
from threading import Barrier
from typing import Any

import pytest
from django.test import Client

from parties import codes
from parties.models import CodeDevice, SignIn
from tests.cast import Cast
from tests.parties.test_codes import PAGE, Li
from tests.races.test_two_signers_by_page import at_once, posts

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.mark.rule("A3")
def test_one_code_lets_one_in(cast: Cast) -> None:
    li = Li(cast.xiaoli)
    for word in (codes.code_at(li.secret, int(time.time()) // codes.STEP + 1), *li.recoveries[:3]):
        doors = [posts(li.at_the_code(), PAGE, {"code": word}) for _n in range(2)]
        assert at_once(*doors) == [302, 400]
    assert SignIn.objects.exclude(means="password").count() == 4


@pytest.mark.rule("A3")
def test_the_race_is_real(cast: Cast) -> None:
    """Who looks first and writes then would let both in."""
    li, let_in, looked = Li(cast.xiaoli), [], Barrier(2)
    step = int(time.time()) // codes.STEP + 1

    def by_hand() -> Any:
        device = CodeDevice.objects.get(user=li.user)
        looked.wait(timeout=10)
        if device.last_step < step:
            device.last_step = step
            device.save(update_fields=["last_step"])
            let_in.append(step)
        return Client().get("/healthz")

    at_once(by_hand, by_hand)
    assert let_in == [step, step]
