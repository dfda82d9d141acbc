"""What the web role may do in the database: work everywhere, change nothing that is only ever added to."""

from collections.abc import Iterable

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from pghistory.models import Event

READ_ONLY = ("django_migrations",)


def append_only_tables() -> list[str]:
    """Tables of models that say `append_only = True`, and of all history events."""
    return sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True) if append_only(model)})


def append_only(model: type[models.Model]) -> bool:
    return bool(getattr(model, "append_only", False)) or (issubclass(model, Event) and not model._meta.abstract)


def grant_web_role(owner: BaseDatabaseWrapper, role: str) -> None:
    """Run as the owner after every migration; running it twice changes nothing."""
    with owner.cursor() as cursor:
        for statement in statements(owner.ops.quote_name(role), owner.introspection.table_names(cursor), owner):
            cursor.execute(statement)


def statements(role: str, present: Iterable[str], owner: BaseDatabaseWrapper) -> list[str]:
    quote = owner.ops.quote_name
    frozen = [table for table in [*append_only_tables(), *READ_ONLY] if table in set(present)]
    ledgers = ", ".join(quote(table) for table in frozen)
    read_only = ", ".join(quote(table) for table in READ_ONLY)
    return [
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        f"REVOKE TRUNCATE, REFERENCES, TRIGGER ON ALL TABLES IN SCHEMA public FROM {role}",
        f"REVOKE UPDATE, DELETE ON {ledgers} FROM {role}",
        f"REVOKE INSERT ON {read_only} FROM {role}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        # A table made later starts with the rights of a ledger; this command gives it the others.
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT ON TABLES TO {role}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}",
    ]
