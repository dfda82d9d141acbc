"""两个人同时收同一张加工单的货（A41）：收的从不比在外面的多；不锁的做法则超。"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from outsourcing import services
from outsourcing.models import OutsourcingLine, OutsourcingOrder, Receipt
from outsourcing.services import ReceiptInput
from parties.models import User
from tests.cast import Cast
from tests.cast_outsourcing import sent
from workflow.guards import Blocked

ROUNDS, EACH = 5, Decimal(600)  # of 1000 + 3 %: one goes, a second does not

pytestmark = [pytest.mark.race, pytest.mark.rule("A41"), pytest.mark.django_db(transaction=True)]


def together(act: Callable[[Barrier], None], times: int = 2) -> int:
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


def receive(document: OutsourcingOrder, actor: User, start: Barrier) -> None:
    """Through the service, which locks and asks."""
    start.wait()
    services.receive_goods(document, ReceiptInput(EACH, EACH), actor=actor)


def receive_unlocked(document: OutsourcingOrder, actor: User, start: Barrier) -> None:
    """What a service without the lock would do: read the sum, then write."""
    line = OutsourcingLine.objects.with_received().select_related("line").get(outsourcing=document)
    room = line.most - line.good
    start.wait()
    if room < EACH:
        raise Blocked([])
    Receipt.objects.create(
        outsourcing=document, line=line, notice=document.notice, received=EACH, accepted=EACH, by=actor
    )


def test_of_two_at_once_one_receives() -> None:
    cast = Cast()
    keeper = cast.material
    for _round in range(ROUNDS):
        document = sent(cast)
        assert together(lambda start, document=document: receive(document, keeper, start)) == 1
        line = OutsourcingLine.objects.with_received().get(outsourcing=document)
        assert line.accepted_sum == EACH


def test_without_the_lock_both_would() -> None:
    cast = Cast()
    document, keeper = sent(cast), cast.material

    assert together(lambda start: receive_unlocked(document, keeper, start)) == 2
