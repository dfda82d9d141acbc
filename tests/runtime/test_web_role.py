"""The web role adds to a ledger and never changes it, whatever the code asks for."""

import pytest
from django.db import ProgrammingError, connection, transaction

from config.grants import append_only_tables


def test_the_tests_run_as_the_web_role(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT usesuper FROM pg_user WHERE usename = current_user")
        assert cursor.fetchone() == (False,)


@pytest.mark.smoke
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE", "TRUNCATE"])
def test_no_append_only_table_can_be_changed(db: None, verb: str) -> None:
    with connection.cursor() as cursor:
        allowed = [table for table in append_only_tables() if may(cursor, table, verb)]
    assert append_only_tables()
    assert allowed == []


def test_no_table_at_all_can_be_truncated(db: None) -> None:
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        assert [table for table in names if may(cursor, table, "TRUNCATE")] == []


@pytest.mark.smoke
def test_the_refusal_comes_from_the_database(db: None) -> None:
    table = connection.ops.quote_name(append_only_tables()[0])
    for statement in (f"DELETE FROM {table}", f"TRUNCATE {table}"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as c:
            c.execute(statement)


def test_documents_can_be_changed(db: None) -> None:
    with connection.cursor() as cursor:
        assert may(cursor, "parties_user", "UPDATE")
        assert may(cursor, append_only_tables()[0], "INSERT")


def may(cursor: object, table: str, verb: str) -> bool:
    cursor.execute("SELECT has_table_privilege(%s, %s)", [f'"{table}"', verb])  # type: ignore[attr-defined]
    return bool(cursor.fetchone()[0])  # type: ignore[attr-defined]
