"""`manage.py makemigrations` that writes a table in one piece: fields, indexes and constraints within CreateModel.

Django folds them in by itself, but does not look past an operation that it does not know, such as a trigger. Here
triggers come last, so nothing stands in between; they need the finished tables anyway.
"""

from collections.abc import Sequence
from typing import Any, cast

from django.core.management.commands.makemigrations import Command as DjangoMakemigrations
from django.db.migrations.migration import Migration
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.optimizer import MigrationOptimizer
from pgtrigger.migrations import AddTrigger


class Command(DjangoMakemigrations):
    def write_migration_files(self, changes: dict[str, list[Migration]], *args: Any, **options: Any) -> None:
        for app_label, migrations in changes.items():
            for migration in migrations:
                setattr(migration, "operations", folded(migration.operations, app_label))  # noqa: B010
        super().write_migration_files(changes, *args, **options)


def folded(operations: Sequence[Operation], app_label: str) -> list[Operation]:
    triggers = [operation for operation in operations if isinstance(operation, AddTrigger)]
    others = [operation for operation in operations if not isinstance(operation, AddTrigger)]
    fields_first = MigrationOptimizer().optimize(others, app_label)
    return [*with_options(fields_first, app_label), *triggers]


def with_options(operations: list[Operation], app_label: str) -> list[Operation]:
    """Indexes and constraints into the table that they belong to, unless it still waits for a field."""
    waiting = {operation.model_name_lower for operation in operations if isinstance(operation, AddField)}
    done: list[Operation] = []
    for operation in operations:
        place = None
        if isinstance(operation, AddIndex | AddConstraint) and operation.model_name_lower not in waiting:
            place = created_at(done, operation.model_name_lower)
        if place is None:
            done.append(operation)
        else:
            done[place : place + 1] = cast("list[Operation]", done[place].reduce(operation, app_label))
    return done


def created_at(operations: list[Operation], name: str) -> int | None:
    found = (n for n, op in enumerate(operations) if isinstance(op, CreateModel) and op.name_lower == name)
    return next(found, None)
