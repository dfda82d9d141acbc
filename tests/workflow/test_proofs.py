"""自查（RELIABILITY 2）：都对就不出声；谁绕过门改了一处，自查说得出是哪一处。"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from tests import database
from tests.cast import Cast
from tests.cast_changes import reissued
from tests.cast_production import producing, shipping_ready, visited
from tests.cast_shipping import dispatched
from workflow.models import ProofRun
from workflow.proofs import INVARIANTS, broken

REAL = pytest.mark.django_db(transaction=True)
TAMPERED = [
    ("I1", "UPDATE shipping_deliveryline SET quantity = 9999 WHERE position = 1"),
    ("I4", "UPDATE shipping_storeentry SET quantity = -99999 WHERE kind = 'dispatched'"),
    ("I15", "UPDATE workflow_transitionlog SET move = 'complete' WHERE move = 'accept'"),
    ("I17", "DELETE FROM workflow_transitionlog WHERE move = 'accept'"),
    ("I18", "UPDATE orders_order SET state = 'completed' WHERE customer_po = 'C1'"),
    ("I19", "UPDATE reviews_notice SET content = jsonb_set(content, '{delivery_date}', '\"2030-01-01\"')"),
    ("I19", "UPDATE reviews_answer SET planned_date = '2030-01-01'"),
    ("I22", "UPDATE reviews_answer SET state = 'answered'"),
    ("I22", "UPDATE reviews_notice SET made_by_id = signed_by_id"),
    ("I23", "UPDATE orders_order SET version = 9 WHERE customer_po = 'C1'"),
    ("I24", "UPDATE production_visit SET recorded_at = now() + interval '1 day'"),
    ("I24", "UPDATE reviews_notice SET voided_at = '2000-01-01'"),
    ("I46", "UPDATE workflow_transitionlog SET actor_name = '别人' WHERE chain_seq = 2"),
]


@pytest.fixture
def company() -> None:
    """An order that is shipped, and one that was changed in production."""
    cast = Cast()
    dispatched(cast, shipping_ready(cast, customer_po="S1"))
    changed = producing(cast, customer_po="C1")
    visited(cast, changed)
    reissued(cast, changed)


@contextmanager
def around_the_door(sql: str) -> Iterator[None]:
    """Tampered with as the owner, without any guard; taken back afterwards."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(sql)
            assert cursor.rowcount > 0
        yield
        transaction.set_rollback(True)


@REAL
def test_what_went_through_the_door_holds(company: None) -> None:
    out = StringIO()

    call_command("verify_invariants", stdout=out)

    assert "都对：I1、I3、I4、I5、I15、I17、I18、I19、I22、I23、I24、I46" in out.getvalue()
    assert ProofRun.objects.get().found == []


@REAL
def test_who_goes_around_the_door_is_named(company: None) -> None:
    owner, web = database.owner_login(), dict(connection.settings_dict)
    database.log_in(owner.user, owner.password)
    try:
        for id, sql in TAMPERED:
            with around_the_door(sql):
                found = list(broken())
                assert any(words.startswith(f"{id} ") for words in found), (sql, found)
        with around_the_door(TAMPERED[0][1]), pytest.raises(CommandError, match="处不对"):
            call_command("verify_invariants", stdout=StringIO(), stderr=StringIO())
        assert list(broken()) == []
    finally:
        database.log_in(web["USER"], web["PASSWORD"])


def test_every_floor_that_has_promises_proves_them() -> None:
    rooms = {invariant.prove.__module__.split(".")[0] for invariant in INVARIANTS}
    assert {"workflow", "reviews", "production", "shipping", "ledger"} <= rooms
