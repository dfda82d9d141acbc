"""Statements that are put again and again: written once per process, planned once per connection.

What is kept is text and the shape of the answer, never an answer: every row is read anew.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators
from psycopg2.extensions import AsIs

M = TypeVar("M", bound=Model)
BLANK = -(2**62)  # stands for the first number to fill in, the next lower one for the second, and so on

_prepared: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()  # by the driver's connection


def rendered(sql: str, params: Any) -> str:
    """The statement with its values written out and its blanks numbered."""
    filled = [AsIs(f"${BLANK - one + 1}::bigint") if type(one) is int and one <= BLANK else one for one in params]
    with connection.cursor() as cursor:
        text: bytes = cursor.mogrify(sql, filled)
    return text.decode()


def first_row(statement: str, *numbers: int) -> tuple[Any, ...] | None:
    """Put a rendered statement with these numbers in its blanks; its first row."""
    name = "kept_" + hashlib.sha256(statement.encode()).hexdigest()[:32]
    connection.ensure_connection()
    prepared = _prepared.setdefault(connection.connection, set())
    with connection.cursor() as cursor:
        if name not in prepared:
            with connection.connection.cursor() as driver:  # once per connection: no statement of anybody's act
                driver.execute(f"PREPARE {name} AS {statement}")
            prepared.add(name)
        cursor.execute(f"EXECUTE {name} ({', '.join(map(str, numbers))})")
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row


class ByKey(Generic[M]):
    """One row with its relations by its key, as `rows.get(pk=…)` reads it."""

    def __init__(self, rows: QuerySet[M]) -> None:
        compiler = rows.filter(pk=BLANK).order_by().query.get_compiler(connection=connection)
        self.statement = rendered(*compiler.as_sql())
        shape: Any = compiler.klass_info
        fields = shape["select_fields"]
        self.model, self.span = shape["model"], slice(fields[0], fields[-1] + 1)
        self.names = [column[0].target.attname for column in compiler.select[self.span]]
        self.related = get_related_populators(shape, compiler.select, connection.alias)  # type: ignore[call-arg]
        self.converters = compiler.get_converters([column[0] for column in compiler.select])

    def find(self, pk: int) -> M | None:
        """The row, or nothing."""
        found = first_row(self.statement, pk)
        if found is None:
            return None
        values = list(found)
        for place, (converters, expression) in self.converters.items():
            for convert in converters:
                values[place] = convert(values[place], expression, connection)
        row: M = self.model.from_db(connection.alias, self.names, values[self.span])
        for relation in self.related:
            relation.populate(values, row)
        return row


@cache
def locking(model: type[M], brings: tuple[str, ...]) -> ByKey[M]:
    """Rows of a model by key, locked for the transaction, with the relations that come along."""
    rows = model._base_manager.select_for_update(no_key=True, of=("self",))
    return ByKey(rows.select_related(*brings))
