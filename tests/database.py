"""The test database: made and emptied by the owner, used by every test with the web role's rights (STYLE 4.6)."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
from django.conf import settings
from django.db import connection
from django.test.testcases import TransactionTestCase

from config.environment import Database
from config.grants import grant_web_role

PRISTINE = "pristine"


def owner_login() -> Database:
    return settings.ENV.owner


def log_in(user: str, password: str) -> None:
    connection.close()
    connection.settings_dict.update(USER=user, PASSWORD=password)


@contextmanager
def owner_cursor() -> Iterator[Any]:
    """A connection of the owner to the test database, apart from Django's; every statement stands at once."""
    owner, where = owner_login(), connection.settings_dict
    opened = psycopg2.connect(
        dbname=where["NAME"], user=owner.user, password=owner.password, host=where["HOST"], port=where["PORT"] or None
    )
    opened.autocommit = True
    try:
        with opened.cursor() as cursor:
            yield cursor
    finally:
        opened.close()


def make_web_role() -> tuple[str, str]:
    """The login of DATABASE_URL where the owner has another; else one made for this test database."""
    web = settings.ENV.database
    if web.user != owner_login().user:
        return web.user, web.password
    role, password = f"{connection.settings_dict['NAME']}_web"[:63], secrets.token_urlsafe(16)
    with owner_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        verb = "ALTER" if cursor.fetchone() else "CREATE"
        cursor.execute(f'{verb} ROLE "{role}" LOGIN PASSWORD %s', [password])
    return role, password


def drop_web_role(role: str) -> None:
    """Only the role that was made here; its grants go with the database."""
    if role == settings.ENV.database.user:
        return
    with owner_cursor() as cursor:
        cursor.execute(f'DROP OWNED BY "{role}"; DROP ROLE "{role}"')


def give_rights(role: str) -> None:
    grant_web_role(connection, role)
    connection.close()


def remember_pristine() -> None:
    """Keep what the migrations wrote (permissions, content types, master data) so that emptying can restore it."""
    with owner_cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {PRISTINE} CASCADE; CREATE SCHEMA {PRISTINE}")
        for table in tables(cursor):
            cursor.execute(f'SELECT EXISTS (SELECT FROM public."{table}")')
            if cursor.fetchone()[0]:
                cursor.execute(f'CREATE TABLE {PRISTINE}."{table}" AS TABLE public."{table}"')


def tables(cursor: Any, schema: str = "public") -> list[str]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1", [schema])
    return [row[0] for row in cursor.fetchall()]


def writable_columns(cursor: Any, table: str) -> str:
    cursor.execute(
        "SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'",
        [table],
    )
    return str(cursor.fetchone()[0])


def empty_as_owner(case: TransactionTestCase) -> None:
    """The flush after a transactional test: the web role may not, and triggers would object to the owner too."""
    with owner_cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(";".join(f'DELETE FROM public."{table}"' for table in tables(cursor)))
        for table in tables(cursor, PRISTINE):
            columns = writable_columns(cursor, table)
            copy = f'INSERT INTO public."{table}" ({columns}) SELECT {columns} FROM {PRISTINE}."{table}"'
            cursor.execute(copy)


def end_other_sessions() -> None:
    """Threads that a test left behind must not keep the database from being dropped."""
    with owner_cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
