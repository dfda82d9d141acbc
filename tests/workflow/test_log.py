"""留痕（I15–I18、I46）：数据库守着——没有留痕的改动提交不了，链断了能指出来。"""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.db import DatabaseError, connection, transaction

from config.grants import append_only_tables
from orders import services
from orders.models import Order
from tests.cast import Cast, accepted, draft
from workflow.history import AppendOnlyError, verify_chain
from workflow.models import TransitionLog

REAL = pytest.mark.django_db(transaction=True)


@REAL
def test_a_state_changed_behind_the_doors_back_cannot_commit() -> None:
    order = draft(Cast())
    with pytest.raises(DatabaseError, match="without its log row"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE orders_order SET state = 'completed' WHERE id = %s", [order.pk])
    assert Order.objects.get(pk=order.pk).state == "draft"


@REAL
def test_a_log_row_of_an_earlier_transaction_does_not_count() -> None:
    cast = Cast()
    order = services.withdraw_order(services.submit_order(draft(cast), actor=cast.xiaoli), actor=cast.xiaoli)
    with pytest.raises(DatabaseError, match="without its log row"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE orders_order SET state = 'submitted' WHERE id = %s", [order.pk])


@REAL
def test_an_order_born_without_a_log_row_cannot_commit() -> None:
    cast = Cast()
    order = draft(cast)
    row = Order.objects.filter(pk=order.pk).values().get()
    with pytest.raises(DatabaseError, match="without its log row"), transaction.atomic():
        Order.objects.bulk_create([Order(**(row | {"id": None, "external_id": ""}))])


def test_what_has_a_number_is_never_deleted(cast: Cast) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Order.objects.filter(pk=accepted(cast).pk).delete()


def test_a_number_once_taken_never_changes(cast: Cast) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Order.objects.filter(pk=accepted(cast).pk).update(formal_number="GD26-999999")


def test_the_log_is_only_added_to(cast: Cast) -> None:
    order = accepted(cast)
    row = TransitionLog.objects.filter(subject_id=order.pk).first()
    for wrong in (
        row.save,
        row.delete,
        TransitionLog.objects.all().delete,
        lambda: TransitionLog.objects.update(reason="x"),
    ):
        with pytest.raises(AppendOnlyError):
            wrong()
    for statement in (
        "UPDATE workflow_transitionlog SET reason = 'x'",
        "DELETE FROM workflow_transitionlog",
        "TRUNCATE workflow_transitionlog",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_versions_follow_each_other(cast: Cast) -> None:
    order = draft(cast)
    with pytest.raises(DatabaseError, match="not continuous"), transaction.atomic():
        TransitionLog.objects.create(
            subject_type="orders_order", subject_id=order.pk, version=5, move="submit", label="x", source="draft",
            target="submitted", actor=cast.xiaoli, actor_name="x", article="x", rule="A1", chain=order.chain,
        )  # fmt: skip


def test_the_chain_verifies_as_the_database_wrote_it(cast: Cast) -> None:
    order = accepted(cast)
    assert list(verify_chain()) == []
    steps = TransitionLog.objects.filter(chain=order.chain).order_by("chain_seq")
    assert [step.chain_seq for step in steps] == [1, 2, 3]
    assert steps[1].prev_hash == steps[0].hash


@REAL
def test_tampering_as_the_owner_is_named(as_owner: object) -> None:
    order = accepted(Cast())
    as_owner.execute("SET session_replication_role = replica")  # type: ignore[attr-defined]
    as_owner.execute("UPDATE workflow_transitionlog SET actor_name = '别人' WHERE chain_seq = 2")  # type: ignore[attr-defined]
    broken = list(verify_chain(order.chain))
    assert len(broken) == 1
    assert "#2" in broken[0]
    assert "指纹不符" in broken[0]


def test_the_append_only_tables_are_known() -> None:
    assert {"workflow_transitionlog", "orders_orderversion", "parties_authorisation"} <= set(append_only_tables())


def test_the_timeline_of_a_replayed_log_ends_in_the_present_state(cast: Cast) -> None:
    order = accepted(cast)
    steps = list(TransitionLog.objects.filter(subject_type="orders_order", subject_id=order.pk).order_by("version"))
    assert all(after.source == before.target for before, after in pairwise(steps))
    assert steps[-1].target == order.state
