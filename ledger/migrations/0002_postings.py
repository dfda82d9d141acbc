"""The view that all balances add up (A62), and keys that Django cannot say: a line belongs to its order (I28)."""

from django.db import migrations

VIEW = """
CREATE VIEW ledger_posting AS
SELECT id, order_id, order_line_id, day,
       CASE WHEN kind IN ('dispatch', 'replacement') THEN quantity ELSE 0 END AS shipped,
       CASE WHEN kind = 'return' THEN -quantity ELSE 0 END AS returned,
       billable, amount AS shipped_amount, tax AS shipped_tax,
       0::numeric AS invoiced_quantity, 0::numeric AS invoiced, 0::numeric AS invoiced_tax,
       0::numeric AS received, 0::numeric AS settled, 0::numeric AS adjusted
  FROM ledger_entry
UNION ALL
SELECT line.id, line.order_id, line.order_line_id, invoice.date, 0, 0, 0, 0, 0,
       line.quantity, line.amount, line.tax, 0, 0, 0
  FROM ledger_invoiceline AS line JOIN ledger_invoice AS invoice ON invoice.id = line.invoice_id
 WHERE invoice.state = 'issued'
UNION ALL
SELECT id, order_id, order_line_id, day, 0, 0, 0, 0, 0, 0, 0, 0,
       amount, CASE WHEN invoice_line_id IS NULL THEN 0 ELSE amount END, 0
  FROM ledger_allocationline
UNION ALL
SELECT id, order_id, order_line_id, decided_on, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, amount
  FROM ledger_adjustment WHERE state = 'approved'
"""
TABLES = ("entry", "invoiceline", "allocationline", "adjustment")
KEY = "FOREIGN KEY (order_id, order_line_id) REFERENCES orders_orderline (order_id, id)"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [
        migrations.RunSQL(VIEW, "DROP VIEW ledger_posting"),
        *(
            migrations.RunSQL(
                f"ALTER TABLE ledger_{table} ADD CONSTRAINT {table}_line_of_its_order {KEY}",
                f"ALTER TABLE ledger_{table} DROP CONSTRAINT {table}_line_of_its_order",
            )
            for table in TABLES
        ),
    ]
