"""Figures of a visit and inspections belong to a line of their own order (I28): foreign keys over two columns."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

OWN = """
ALTER TABLE production_{table} ADD CONSTRAINT {table}_of_its_order_{part}
    FOREIGN KEY (order_id, {part}_id) REFERENCES {parent} (order_id, id);
"""
NOT_OWN = "ALTER TABLE production_{table} DROP CONSTRAINT {table}_of_its_order_{part};"
PAIRS = (
    ("visitline", "line", "orders_orderline"),
    ("visitline", "visit", "production_visit"),
    ("inspection", "line", "orders_orderline"),
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("production", "0001_initial")]
    operations: ClassVar = [
        migrations.RunSQL(OWN.format(table=table, part=part, parent=parent), NOT_OWN.format(table=table, part=part))
        for table, part, parent in PAIRS
    ]
