"""八人同时取号，三成退回：无缺号、无重号；不锁计数行的办法则重号。"""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection, transaction

from papers.models import Series
from papers.numbering import next_number

DAY = date(2026, 5, 1)
THREADS, ROUNDS = 8, 20


class Abandoned(Exception):
    """The business act fails after it took its number."""


def unlocked_number(series: str, day: date) -> str:
    """max()+1: the control."""
    counter, _ = Series.objects.get_or_create(series=series, year=day.year, defaults={"last": 0})
    return f"{series}{day.year % 100}-{counter.last + 1:06d}"


def take(number: Callable[[str, date], str], seed: int, start: Barrier) -> list[str]:
    """One worker: some of its transactions fail after taking a number."""
    chance, kept = random.Random(seed), []
    start.wait(timeout=10)
    try:
        for _ in range(ROUNDS):
            try:
                with transaction.atomic():
                    taken = number("GD", DAY)
                    if chance.random() < 0.3:
                        raise Abandoned
                kept.append(taken)
            except Abandoned:
                continue
    finally:
        connection.close()
    return kept


def race(number: Callable[[str, date], str]) -> list[str]:
    start = Barrier(THREADS)
    with ThreadPoolExecutor(THREADS) as pool:
        workers = [pool.submit(take, number, seed, start) for seed in range(THREADS)]
        return sorted(taken for worker in workers for taken in worker.result(timeout=60))


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_no_gap_and_no_twin() -> None:
    taken = race(next_number)
    assert len(taken) > THREADS * ROUNDS // 2
    assert taken == [f"GD26-{place:06d}" for place in range(1, len(taken) + 1)]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_the_race_is_real() -> None:
    taken = race(unlocked_number)
    assert len(set(taken)) < len(taken)
