"""更改的三场争先，对照（I24–I26）：不经过门、不上锁的做法，两样都成。"""

from __future__ import annotations

from threading import Barrier

import pytest
from django.db import connection, transaction
from django.db.models import F

from orders.models import Order
from reviews import services
from reviews.models import ChangeLine, ChangeRequest, Notice
from shipping.models import Delivery
from tests.cast import Cast
from tests.cast_changes import drafted, fresh, more, read, requested
from tests.cast_shipping import afresh, again, notified
from tests.races.test_change_races import Act, both, small
from tests.races.test_dispatch_race import switched_off

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True), pytest.mark.rule("A22")]


def around_the_door(delivery: Delivery, seen: Barrier) -> Act:
    """Look whether the notice stands, then write, without any lock: the natural mistake."""

    def act() -> None:
        with transaction.atomic():
            assert afresh(delivery).lines_now[0].notice.state == "issued"  # type: ignore[union-attr]
            seen.wait(timeout=20)
            seen.wait(timeout=20)
            with connection.cursor() as cursor:
                change = "UPDATE shipping_delivery SET state = 'dispatched', dispatched_on = now() WHERE id = %s"
                cursor.execute(change, [delivery.pk])

    return act


@pytest.mark.parametrize("off", [(), ("a_notice_that_stands",)])
def test_the_database_holds_without_the_door_and_only_by_its_trigger(cast: Cast, off: tuple[str, ...]) -> None:
    """The control: with neither door nor trigger goods leave under a notice that was recalled before."""
    order = small(cast)
    delivery = notified(cast, again(order), amounts=[(1, "1")])
    notice, seen = drafted(cast, order, more(again(order), "300")), Barrier(2)

    def recall() -> None:
        seen.wait(timeout=20)
        services.sign_notice(Notice.objects.get(pk=notice.pk), actor=cast.gm)
        seen.wait(timeout=20)

    with switched_off("shipping_delivery", "state_needs_log", *off):
        recalled, went = both(recall, around_the_door(delivery, seen))

    assert (recalled, went) == ("done", "done" if off else "IntegrityError")
    assert read(notice.change_of).state == "void"  # type: ignore[arg-type]
    assert (afresh(delivery).state == "dispatched") == bool(off)


def test_without_the_door_a_change_that_took_effect_is_withdrawn(cast: Cast) -> None:
    """The control of signing against withdrawing: look first, write later, and both have happened."""
    notice, seen = drafted(cast, small(cast)), Barrier(2)

    def withdraw_by_hand() -> None:
        with transaction.atomic():
            assert fresh(notice.change).state == "reviewing"
            seen.wait(timeout=20)
            seen.wait(timeout=20)
            with connection.cursor() as cursor:
                cursor.execute("UPDATE reviews_changerequest SET state = 'withdrawn' WHERE id = %s", [notice.change_id])

    def sign() -> None:
        seen.wait(timeout=20)
        services.sign_notice(Notice.objects.get(pk=notice.pk), actor=cast.gm)
        seen.wait(timeout=20)

    with switched_off("reviews_changerequest", "state_needs_log"):
        assert both(withdraw_by_hand, sign) == ["done", "done"]
    assert (fresh(notice.change).state, again(notice.order).version) == ("withdrawn", 2)


def test_without_the_door_two_signers_change_the_order_twice(cast: Cast) -> None:
    """The control of the signers: both see a draft, both act on it."""
    notice, seen = drafted(cast, small(cast)), Barrier(2)

    def by_hand() -> None:
        assert read(notice).state == "draft"
        seen.wait(timeout=20)
        Order.objects.filter(pk=notice.order_id).update(version=F("version") + 1)

    assert both(by_hand, by_hand) == ["done", "done"]
    assert again(notice.order).version == 3


@pytest.mark.parametrize("off", [(), ("lines_stand",)])
def test_without_the_door_a_submitted_request_changes_afterwards(cast: Cast, off: tuple[str, ...]) -> None:
    """The control of editing against submitting: without the lock only the trigger keeps what was submitted."""
    change, seen = _asked(cast), Barrier(2)

    def edit_by_hand() -> None:
        with transaction.atomic():
            assert fresh(change).state == "draft"
            seen.wait(timeout=20)
            seen.wait(timeout=20)
            ChangeLine.objects.filter(request=change).update(quantity=160)

    def submit() -> None:
        seen.wait(timeout=20)
        services.submit_change(fresh(change), actor=cast.xiaoli)
        seen.wait(timeout=20)

    with switched_off("reviews_changeline", *off):
        edited, submitted = both(edit_by_hand, submit)

    assert (submitted, edited) == ("done", "done" if off else "IntegrityError")
    assert (fresh(change).state, fresh(change).lines_now[0].quantity) == ("submitted", 160 if off else 150)


def _asked(cast: Cast) -> ChangeRequest:
    """A draft that asks for 150."""
    order = small(cast)
    return requested(cast, order, more(again(order), "150"))
