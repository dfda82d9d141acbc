"""两个人同时交出同一件样品、同时用同一批客供料（A10、C7）：在外的、用掉的从不比有的多；不锁的做法则超。"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from orders.models import Order
from parties.models import User
from samples import services
from samples.models import Sample, SampleMovement
from tests.cast import Cast
from tests.cast_reviews import issued
from tests.cast_samples import loan_input, loose, material, standard
from workflow.guards import Blocked

ROUNDS = 20

pytestmark = [pytest.mark.race, pytest.mark.rule("A10", "C7"), pytest.mark.django_db(transaction=True)]


def together(act: Callable[[Barrier], object], times: int = 2) -> int:
    """Let everybody act at the same moment; how many were let through."""
    start = Barrier(times)

    def run(_nth: int) -> bool:
        try:
            act(start)
        except Blocked:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(times) as pool:
        return sum(pool.map(run, range(times)))


def lend(sample: Sample, actor: User, start: Barrier) -> None:
    """Through the service, which locks and asks."""
    start.wait()
    services.lend_sample(Sample.objects.get(pk=sample.pk), loan_input(), actor=actor)


def use_up(sample: Sample, actor: User, start: Barrier) -> None:
    """Sixty of a hundred: one goes, a second does not."""
    start.wait()
    services.use_up_sample(Sample.objects.get(pk=sample.pk), Decimal(60), "烫金", actor=actor)


def use_up_unlocked(sample: Sample, actor: User, start: Barrier) -> None:
    """What a service without the lock would do: read the balance, then write."""
    here = Sample.objects.get(pk=sample.pk).balance.here
    start.wait()
    if here < Decimal(60):
        raise Blocked([])
    SampleMovement.objects.create(sample=sample, kind="used", quantity=Decimal(60), words="烫金", by=actor)


def test_of_two_at_once_one_gets_it_and_one_uses_it() -> None:
    cast = Cast()
    order: Order = issued(cast)
    for nth in range(ROUNDS):
        sample = standard(cast, order) if nth % 2 else loose(cast)
        assert together(lambda start, sample=sample: lend(sample, cast.xiaoli, start)) == 1
        assert Sample.objects.get(pk=sample.pk).balance.here == 0
        paper = material(cast, order)
        assert together(lambda start, paper=paper: use_up(paper, cast.warehouse, start)) == 1
        assert Sample.objects.get(pk=paper.pk).balance.left == 40


def test_without_the_lock_both_would() -> None:
    cast = Cast()
    sample = material(cast)
    assert together(lambda start: use_up_unlocked(sample, cast.warehouse, start)) == 2
    assert Sample.objects.get(pk=sample.pk).balance.left == -20
