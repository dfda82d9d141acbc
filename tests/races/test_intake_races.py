"""接单的两场争先（A6.1e）：两人同时批量审核，每张只审一次、只取一个号；提交与修改，只成一样。不经过门的做法则两样都成。"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from orders import services
from orders.models import Order
from papers.numbering import next_number
from tests.cast import Cast, draft, line_input, order_input, submitted
from tests.pages import browser
from tests.races.test_dispatch_race import switched_off
from workflow.guards import Stale, WrongState
from workflow.models import TransitionLog

ROUNDS = 200 if os.environ.get("GENDAN_SOAK") else 20
ACCEPT_ROUNDS = 40 if os.environ.get("GENDAN_SOAK") else 4
EACH = 3
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True), pytest.mark.rule("A6.1e")]
Act = Callable[[], Any]


def both(*acts: Act) -> list[Any]:
    """Each act in its own thread and connection, started together; what became of each."""
    start = Barrier(len(acts))

    def run(act: Act) -> Any:
        start.wait(timeout=20)
        try:
            return act()
        except (WrongState, Stale) as refused:
            return type(refused).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [worker.result(timeout=60) for worker in [pool.submit(run, act) for act in acts]]


def moves(order: Order) -> list[str]:
    """What happened to an order, in order."""
    rows = TransitionLog.objects.filter(subject_type=order._meta.db_table, subject_id=order.pk)
    return list(rows.order_by("version").values_list("move", flat=True))


def batch(client: Client, orders: list[Order]) -> Act:
    """The whole page ticked and accepted, with the revisions that it showed."""
    seen = {f"seen-{order.number}": str(order.revision) for order in orders}
    given = {"number": [order.number for order in orders], "back": "queue", **seen}
    return lambda: client.post("/orders/accept/", given).status_code


def test_two_supervisors_accept_the_same_page_at_once(cast: Cast) -> None:
    clients = [browser(cast.laowang), browser(cast.director)]
    taken: set[str] = set()
    for _turn in range(ACCEPT_ROUNDS):
        orders = [submitted(cast) for _ in range(EACH)]
        answers = both(*[batch(client, orders) for client in clients])
        now = list(Order.objects.filter(pk__in=[order.pk for order in orders]))
        assert [moves(order).count("accept") for order in now] == [1] * EACH
        assert ({order.state for order in now}, [order.versions.count() for order in now]) == ({"accepted"}, [1] * EACH)
        assert set(answers) <= {302, 409}
        assert 302 in answers
        taken |= {order.number for order in now}
    assert len(taken) == EACH * ACCEPT_ROUNDS
    assert max(taken) == f"{min(taken)[:5]}{EACH * ACCEPT_ROUNDS:06d}"  # not one number was taken in vain


def test_without_the_door_one_order_takes_two_numbers(cast: Cast) -> None:
    """The control: both look first, both write, and a number is lost."""
    order, seen = submitted(cast), Barrier(2)

    def by_hand() -> str:
        with transaction.atomic():
            assert Order.objects.get(pk=order.pk).state == "submitted"
            seen.wait(timeout=20)
            number = next_number("GD")
            with connection.cursor() as cursor:
                cursor.execute("UPDATE orders_order SET accepted_at = now() WHERE id = %s", [order.pk])
        return number

    assert sorted(both(by_hand, by_hand)) == [next_of(1), next_of(2)]


def next_of(nth: int) -> str:
    """The nth number of this year's series."""
    with transaction.atomic():
        year = next_number("GD")[:5]
        transaction.set_rollback(True)
    return f"{year}{nth:06d}"


def edited(cast: Cast, order: Order, quantity: str) -> Act:
    """Another quantity, as the form that showed this revision sends it."""

    def act() -> str:
        seen = Order.objects.get(pk=order.pk)
        seen.expected_revision = order.revision
        services.edit_order(seen, order_input(lines=[line_input(quantity=quantity)]), actor=cast.xiaoli)
        return "done"

    return act


def handed_in(cast: Cast, order: Order) -> Act:
    """Submitted from the page that showed this revision."""

    def act() -> str:
        seen = Order.objects.get(pk=order.pk)
        seen.expected_revision = order.revision
        services.submit_order(seen, actor=cast.xiaoli)
        return "done"

    return act


def test_an_order_is_edited_or_submitted_never_both(cast: Cast) -> None:
    for _turn in range(ROUNDS):
        order = draft(cast, lines=[line_input(quantity="100")])
        submit, edit = both(handed_in(cast, order), edited(cast, order, "160"))
        now = Order.objects.get(pk=order.pk)
        assert (submit, edit) in {("done", "Stale"), ("Stale", "done")}
        assert moves(now) == ["create", "submit" if submit == "done" else "edit"]
        assert now.lines_now[0].quantity == (100 if submit == "done" else 160)


def test_without_the_door_what_was_submitted_changes_afterwards(cast: Cast) -> None:
    """The control of submitting against editing: look first, write later, and both have happened."""
    order, seen = draft(cast, lines=[line_input(quantity="100")]), Barrier(2)

    def edit_by_hand() -> str:
        with transaction.atomic():
            assert Order.objects.get(pk=order.pk).state == "draft"
            seen.wait(timeout=20)
            seen.wait(timeout=20)
            Order.objects.get(pk=order.pk).lines.update(quantity=160)
        return "done"

    def submit() -> str:
        seen.wait(timeout=20)
        services.submit_order(Order.objects.get(pk=order.pk), actor=cast.xiaoli)
        seen.wait(timeout=20)
        return "done"

    with switched_off("orders_orderline"):
        assert both(edit_by_hand, submit) == ["done", "done"]
    now = Order.objects.get(pk=order.pk)
    assert (now.state, now.lines_now[0].quantity) == ("submitted", 160)
