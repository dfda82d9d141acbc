"""What an outsourcing order speaks of belongs to it and to its order (I28): foreign keys over two columns."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

OWN = """
ALTER TABLE outsourcing_{table} ADD CONSTRAINT {table}_of_its_{whole}_{part}
    FOREIGN KEY ({whole}_id, {part}_id) REFERENCES {parent} ({whole}_id, id);
"""
NOT_OWN = "ALTER TABLE outsourcing_{table} DROP CONSTRAINT {table}_of_its_{whole}_{part};"
PARTS = (
    ("outsourcingline", "order", "line", "orders_orderline"),
    ("receipt", "outsourcing", "line", "outsourcing_outsourcingline"),
    ("materialissue", "outsourcing", "line", "outsourcing_outsourcingline"),
    ("materialreturn", "outsourcing", "issue", "outsourcing_materialissue"),
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("outsourcing", "0001_initial")]
    operations: ClassVar = [
        migrations.RunSQL(
            OWN.format(table=table, whole=whole, part=part, parent=parent),
            NOT_OWN.format(table=table, whole=whole, part=part),
        )
        for table, whole, part, parent in PARTS
    ]
