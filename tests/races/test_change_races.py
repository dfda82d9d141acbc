"""更改的三场争先（I24–I26）：两人同签、签发对撤回、收回对发货；从不两样都成。不经过门的做法则两样都成。"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connection

from orders.models import Order
from parties.models import Department
from reviews import services
from reviews.models import ChangeRequest, Notice, Signature
from reviews.services import ChangeInput
from shipping import services as shipping
from shipping.models import Delivery
from tests.cast import Cast, line_input
from tests.cast_changes import drafted, fresh, more, read
from tests.cast_production import producing
from tests.cast_shipping import afresh, again, in_store, notified
from workflow.guards import Blocked, Stale, WrongState
from workflow.models import TransitionLog

ROUNDS = 200 if os.environ.get("GENDAN_SOAK") else 20
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True), pytest.mark.rule("A22")]
Act = Callable[[], Any]


def both(*acts: Act) -> list[str]:
    """Each act in its own thread and connection, started together; what became of each."""
    start = Barrier(len(acts))

    def run(act: Act) -> str:
        start.wait(timeout=20)
        try:
            act()
        except (WrongState, Stale, Blocked, IntegrityError) as refused:
            return type(refused).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return [worker.result(timeout=60) for worker in [pool.submit(run, act) for act in acts]]


def ready(cast: Cast, order: Order, quantity: int) -> Notice:
    """更改评审过了（只问物控部），通知单编好了，等签。"""
    asked = [Department.objects.get(code="material_control")]
    return drafted(cast, order, more(again(order), str(quantity)), departments=asked)


def small(cast: Cast) -> Order:
    """生产中的单，一行，货已入库。"""
    order = producing(cast, lines=[line_input(quantity="100")])
    return in_store(cast, order, (1, "100"))


def test_two_sign_the_same_change_at_once(cast: Cast) -> None:
    order = small(cast)
    for quantity in range(101, 101 + ROUNDS):
        notice = ready(cast, order, quantity)
        became = both(
            lambda pk=notice.pk: services.sign_notice(Notice.objects.get(pk=pk), actor=cast.gm),  # type: ignore[misc]
            lambda pk=notice.pk: services.sign_notice(Notice.objects.get(pk=pk), actor=cast.evp),  # type: ignore[misc]
        )
        assert sorted(became) == ["WrongState", "done"]
        assert Signature.objects.filter(notice=notice).count() == 1
        services.issue_notice(read(notice), actor=cast.xiaoli)
    assert again(order).version == ROUNDS + 1


def test_signing_against_withdrawing(cast: Cast) -> None:
    order = small(cast)
    for turn in range(ROUNDS):
        notice = ready(cast, order, 200 + turn)
        old, version = notice.change_of, again(order).version
        sign, withdraw = both(
            lambda pk=notice.pk: services.sign_notice(Notice.objects.get(pk=pk), actor=cast.gm),  # type: ignore[misc]
            lambda pk=notice.change_id: services.withdraw_change(_change(pk), actor=cast.xiaoli),  # type: ignore[misc]
        )
        change, done = fresh(notice.change), sign == "done"
        assert {sign, withdraw} == {"done", "WrongState"}
        assert (change.state, read(notice).state) == (("effective", "signed") if done else ("withdrawn", "void"))
        assert read(old).state == ("void" if done else "issued")  # type: ignore[arg-type]
        assert again(order).version == version + done
        if done:
            services.issue_notice(read(notice), actor=cast.xiaoli)


def _change(pk: int) -> ChangeRequest:
    found: ChangeRequest = ChangeRequest.objects.select_related("order").get(pk=pk)
    return found


def test_a_draft_is_edited_or_submitted_never_changed_after_it_is_submitted(cast: Cast) -> None:
    order = small(cast)
    for _turn in range(ROUNDS):
        order = again(order)
        given = ChangeInput("客户追加", [more(order, "150")])
        change = services.request_change(order, given, actor=cast.xiaoli)
        other = ChangeInput("客户再追加", [more(order, "160")])
        submit, edit = both(
            lambda pk=change.pk: services.submit_change(_change(pk), actor=cast.xiaoli),  # type: ignore[misc]
            lambda pk=change.pk, it=other: services.edit_change(_change(pk), it, actor=cast.xiaoli),  # type: ignore[misc]
        )
        log = TransitionLog.objects.filter(subject_type=change._meta.db_table, subject_id=change.pk)
        moves = list(log.order_by("version"))
        assert submit == "done"
        assert [row.move for row in moves][1:] == (["edit", "submit"] if edit == "done" else ["submit"])
        assert fresh(change).lines_now[0].quantity == (160 if edit == "done" else 150)
        services.withdraw_change(fresh(change), actor=cast.xiaoli)


def test_recall_against_dispatch(cast: Cast) -> None:
    """Whoever comes second is refused: what is dispatched went out under a notice that was in force at that moment."""
    order = small(cast)
    for turn in range(ROUNDS):
        delivery = notified(cast, again(order), amounts=[(1, "1")])
        notice = ready(cast, order, 300 + turn)
        sign, dispatch = both(
            lambda pk=notice.pk: services.sign_notice(Notice.objects.get(pk=pk), actor=cast.gm),  # type: ignore[misc]
            lambda one=delivery: shipping.dispatch_delivery(afresh(one), actor=cast.warehouse),  # type: ignore[misc]
        )
        assert sign == "done"
        assert dispatch in {"done", "Blocked"}
        assert_not_after_the_recall(delivery, notice, gone=dispatch == "done")
        if dispatch != "done":
            shipping.cancel_delivery(afresh(delivery), actor=cast.xiaoli, reason="照新单重开")
        services.issue_notice(read(notice), actor=cast.xiaoli)


def assert_not_after_the_recall(delivery: Delivery, notice: Notice, *, gone: bool) -> None:
    """The log's order is the order of the commits: one chain, written under the order's lock."""
    moves = TransitionLog.objects.filter(chain=f"orders_order:{notice.order_id}")
    recalled = moves.get(subject_type="reviews_notice", subject_id=notice.change_of_id, move="void")
    left = moves.filter(subject_type="shipping_delivery", subject_id=delivery.pk, move="dispatch").first()
    assert (left is not None) == gone == (afresh(delivery).state == "dispatched")
    assert left is None or left.pk < recalled.pk
