"""八个人同时发同一行（I1、I4）：从不超发、从不发空；不锁的做法则超。"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from orders.models import Order
from parties.models import User
from shipping import services
from shipping.models import Confirmation, Delivery, StoreEntry
from shipping.selectors import net_shipped
from tests import database
from tests.cast import Cast, line_input
from tests.cast_production import producing
from tests.cast_shipping import afresh, day, drafted, in_store, line_of
from workflow.guards import Blocked

THREADS, ROUNDS = 8, 20
EACH, FIT = "30", 3  # of 100 + 3 %, three times thirty go and a fourth does not

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def at_once(acts: list[Callable[[Barrier], None]]) -> int:
    """Let everybody act at the same moment; how many were let through."""
    start = Barrier(len(acts))

    def run(act: Callable[[Barrier], None]) -> bool:
        try:
            act(start)
        except (Blocked, IntegrityError):
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(len(acts)) as pool:
        return sum(pool.map(run, acts))


@contextmanager
def switched_off(table: str, *triggers: str) -> Iterator[None]:
    """The named triggers are off for everybody meanwhile."""
    with database.owner_cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass", [table])
        names = [name for (name,) in cursor.fetchall() if any(part in name for part in triggers)]
        assert len(names) == len(triggers)
        for verb in ("DISABLE", "ENABLE"):
            for name in names:
                cursor.execute(f'ALTER TABLE {table} {verb} TRIGGER "{name}"')
            if verb == "DISABLE":
                yield


def waiting(cast: Cast, order: Order, position: int) -> list[Delivery]:
    """Eight deliveries of the same line, all told to the warehouse."""
    drafts = [drafted(cast, order, amounts=[(position, EACH)]) for _ in range(THREADS)]
    given = {"arrival_date": day(1), "with_whom": "刘婷", "how": "电话", "by": cast.xiaoli}
    Confirmation.objects.bulk_create([Confirmation(delivery=draft, **given) for draft in drafts * 2])
    return [services.notify_warehouse(draft, actor=cast.xiaoli) for draft in drafts]


def shipped(order: Order, position: int) -> Decimal:
    line = line_of(order, position)
    return net_shipped([line])[line.pk].physical


def made(cast: Cast, lines: int, stock: str) -> Order:
    order = producing(cast, lines=[line_input(quantity="100") for _ in range(lines)])
    return in_store(cast, order, *[(position, stock) for position in range(1, lines + 1)])


def through_the_door(delivery: Delivery, actor: User) -> Callable[[Barrier], None]:
    def act(start: Barrier) -> None:
        start.wait(timeout=20)
        services.dispatch_delivery(delivery, actor=actor)

    return act


def around_it(delivery: Delivery) -> Callable[[Barrier], None]:
    """Check first, then write, without the order's lock: the natural mistake."""

    def act(start: Barrier) -> None:
        with transaction.atomic():
            line = afresh(delivery).lines_now[0]
            assert net_shipped([line.order_line_id])[line.order_line_id].physical + line.quantity <= 103
            start.wait(timeout=20)
            with connection.cursor() as cursor:
                change = "UPDATE shipping_delivery SET state = 'dispatched', dispatched_on = %s WHERE id = %s"
                cursor.execute(change, [day(0), delivery.pk])

    return act


@pytest.mark.rule("A54")
@pytest.mark.rule("E7")
def test_a_line_is_never_shipped_beyond_its_order_nor_beyond_the_store(cast: Cast) -> None:
    orders = [(made(cast, ROUNDS // 2, "300"), FIT, Decimal(210)), (made(cast, ROUNDS // 2, "70"), 2, Decimal(10))]

    for order, fit, left in orders:
        for position in range(1, ROUNDS // 2 + 1):
            acts = [through_the_door(delivery, cast.warehouse) for delivery in waiting(cast, order, position)]
            assert at_once(acts) == fit
            line = line_of(order, position)
            assert net_shipped([line])[line.pk].stored == left


@pytest.mark.rule("A54")
def test_the_database_holds_without_the_door(cast: Cast) -> None:
    order = made(cast, 1, "300")
    deliveries = waiting(cast, order, 1)

    with switched_off("shipping_delivery", "state_needs_log"):
        assert at_once([around_it(delivery) for delivery in deliveries]) == FIT
    assert shipped(order, 1) == Decimal(90)


@pytest.mark.rule("A54")
def test_the_race_is_real(cast: Cast) -> None:
    """The control: with neither door nor trigger the same eight ship more than was ordered."""
    order = made(cast, 1, "300")
    deliveries = waiting(cast, order, 1)

    with switched_off("shipping_delivery", "state_needs_log", "within_what_was_ordered"):
        at_once([around_it(delivery) for delivery in deliveries])
    assert shipped(order, 1) > Decimal(103)


def taking(order: Order, actor: User, number: int) -> Callable[[Barrier], None]:
    """Look into the store, then take, without any lock."""
    line = line_of(order, 1)

    def act(start: Barrier) -> None:
        with transaction.atomic():
            assert net_shipped([line])[line.pk].stored >= Decimal(EACH)
            start.wait(timeout=20)
            source = f"race:{number}"
            StoreEntry.objects.create(line=line, kind="dispatched", quantity=-Decimal(EACH), source=source, by=actor)

    return act


@pytest.mark.rule("E7")
@pytest.mark.parametrize(("off", "left"), [((), Decimal(10)), (("never_negative",), Decimal(-140))])
def test_the_store_holds_without_the_door_and_only_by_its_trigger(
    cast: Cast, off: tuple[str, ...], left: Decimal
) -> None:
    order = made(cast, 1, "100")

    with switched_off("shipping_storeentry", *off):
        at_once([taking(order, cast.warehouse, number) for number in range(THREADS)])
    line = line_of(order, 1)
    assert net_shipped([line])[line.pk].stored == left
