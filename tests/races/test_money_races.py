"""同一张发票两笔收款、同一批货两张发票同时来（I6、I7）：只有一个成；不锁的做法会超。"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from decimal import Decimal
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from ledger import services
from ledger.balances import balance_of
from ledger.models import Allocation, AllocationLine, Invoice, Payment
from ledger.placing import placing_of
from ledger.proof import inside
from orders.models import Order
from parties.models import User
from tests import database
from tests.cast import Cast
from tests.cast_ledger import against, drafted, invoiced, on, paid, registered, shipped
from workflow.guards import Blocked

THREADS, ROUNDS = 4, 20
PART = Decimal("60.00")  # of 100.00: one fits, a second does not

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
Act = Callable[[], object]


def at_once(acts: list[Act]) -> int:
    """Let everybody act at the same moment; how many were let through."""
    start = Barrier(len(acts))

    def run(act: Act) -> bool:
        try:
            start.wait(timeout=20)
            act()
        except (Blocked, ValidationError, IntegrityError):
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


def confirming(payment: Payment, actor: User) -> Act:
    return lambda: services.confirm_payment(payment, actor=actor)


def issuing(invoice: Invoice, actor: User) -> Act:
    return lambda: services.issue_invoice(invoice, actor=actor)


def allocating(payment: Payment, order: Order, actor: User) -> Act:
    return lambda: services.allocate_payment(payment, [against(order, PART)], actor=actor)


@pytest.mark.rule("A63")
def test_an_invoice_is_never_paid_beyond_what_it_owes(cast: Cast) -> None:
    order = shipped(cast)

    for _round in range(ROUNDS):
        invoice = invoiced(cast, order, (1, "8"))
        waiting = [registered(cast, order, PART, on(invoice, PART)) for _ in range(THREADS)]
        assert at_once([confirming(one, cast.finance) for one in waiting]) == 1
    assert balance_of(order).settled == ROUNDS * PART
    assert list(inside()) == []


@pytest.mark.rule("A62")
def test_goods_are_never_invoiced_twice(cast: Cast) -> None:
    for _round in range(ROUNDS):
        order = shipped(cast, (1, "100"))
        drafts = [drafted(cast, order, (1, "60")) for _ in range(THREADS)]
        assert at_once([issuing(draft, cast.finance) for draft in drafts]) == 1
        assert balance_of(order).invoiced_quantity == 60
    assert list(inside()) == []


@pytest.mark.rule("A63")
def test_a_payment_is_never_given_out_beyond_its_amount(cast: Cast) -> None:
    for _round in range(ROUNDS):
        order = shipped(cast, (1, "100"))
        payment = paid(cast, order, "100.00")
        assert at_once([allocating(payment, order, cast.finance) for _ in range(THREADS)]) == 1
        assert balance_of(order).received == PART
    assert list(inside()) == []


@pytest.mark.rule("A63")
def test_money_given_to_nothing_is_refunded_once(cast: Cast) -> None:
    order, left = shipped(cast), Decimal(0)
    for _round in range(ROUNDS // 4):
        paid(cast, order, "100.00")
        left += 100
        back = (left * 6 / 10).quantize(Decimal("0.01"))
        refunds = [registered(cast, order, back, kind="refund") for _ in range(THREADS)]
        assert at_once([confirming(one, cast.finance) for one in refunds]) == 1
        left -= back
    assert list(inside()) == []


def around_the_door(payment: Payment, start: Barrier) -> Act:
    """Look how much the invoice owes, then write, without any lock."""

    def act() -> None:
        with transaction.atomic():
            placing = placing_of(payment)
            assert not list(placing.objections())
            start.wait(timeout=20)
            AllocationLine.objects.bulk_create(
                AllocationLine(
                    allocation=share.allocation,
                    order_id=share.room.order_id,
                    order_line_id=share.room.order_line_id,
                    invoice_line_id=share.room.invoice_line_id,
                    amount=share.amount,
                    day=payment.date,
                )
                for share in placing.shares()
            )

    return act


@pytest.mark.rule("A63")
@pytest.mark.parametrize("trigger", ["on", "off"])
def test_control_without_the_door_only_the_trigger_holds(cast: Cast, trigger: str) -> None:
    order = shipped(cast)
    invoice = invoiced(cast, order, (1, "8"))
    waiting = [registered(cast, order, PART, on(invoice, PART)) for _ in range(THREADS)]
    checked = Barrier(THREADS)
    acts = [around_the_door(one, checked) for one in waiting]

    if trigger == "on":
        assert at_once(acts) == 1
    else:
        with switched_off("ledger_allocationline", "never_over_paid"):
            assert at_once(acts) == THREADS
    paid_in = sum(row.amount for row in AllocationLine.objects.filter(allocation__in=Allocation.objects.all()))
    assert paid_in == (PART if trigger == "on" else THREADS * PART)


@pytest.mark.rule("A62")
@pytest.mark.parametrize("trigger", ["on", "off"])
def test_control_without_the_door_goods_are_invoiced_twice(cast: Cast, trigger: str) -> None:
    order = shipped(cast, (1, "100"))
    drafts = [drafted(cast, order, (1, "60")) for _ in range(THREADS)]

    def issue(draft: Invoice) -> Act:
        def act() -> None:
            with connection.cursor() as cursor:
                cursor.execute("UPDATE ledger_invoice SET state = 'issued' WHERE id = %s", [draft.pk])

        return act

    off = ["state_needs_log"] if trigger == "on" else ["state_needs_log", "never_over_invoiced"]
    with switched_off("ledger_invoice", *off):
        assert at_once([issue(draft) for draft in drafts]) == (1 if trigger == "on" else THREADS)
