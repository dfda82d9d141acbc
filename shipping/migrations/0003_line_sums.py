"""The view that adds up how far an order line is shipped (DESIGN §6): written once, planned by the database."""

import django.db.models.deletion
from django.db import migrations, models

QUANTITY = {"decimal_places": 3, "max_digits": 14}
VIEW = """
CREATE VIEW shipping_linesums AS
SELECT line.id AS order_line_id,
       coalesce(gone.shipped, 0) AS shipped, coalesce(gone.replaced, 0) AS replaced, coalesce(gone.spared, 0) AS spared,
       coalesce(back.returned, 0) AS returned, coalesce(back.credited, 0) AS credited,
       coalesce(back.to_replace, 0) AS to_replace,
       coalesce((SELECT sum(kept.quantity) FROM shipping_storeentry AS kept WHERE kept.line_id = line.id), 0) AS stored
  FROM orders_orderline AS line
  LEFT JOIN LATERAL (
       SELECT sum(sent.quantity) AS shipped, sum(sent.spare_quantity) AS spared,
              sum(sent.quantity) FILTER (WHERE sent.replaces_id IS NOT NULL) AS replaced
         FROM shipping_deliveryline AS sent JOIN shipping_delivery AS delivery ON delivery.id = sent.delivery_id
        WHERE sent.order_line_id = line.id AND delivery.state IN ('dispatched', 'delivered')
       ) AS gone ON true
  LEFT JOIN LATERAL (
       SELECT sum(came.quantity) AS returned,
              sum(came.quantity) FILTER (WHERE document.kind = 'credit') AS credited,
              sum(came.quantity) FILTER (WHERE document.kind IN ('replace', 'rework')) AS to_replace
         FROM shipping_returnline AS came JOIN shipping_return AS document ON document.id = came.document_id
        WHERE came.order_line_id = line.id AND document.state = 'received'
       ) AS back ON true
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0002_initial"), ("shipping", "0002_lines_of_one_order")]

    operations = [
        migrations.RunSQL(VIEW, "DROP VIEW shipping_linesums"),
        migrations.CreateModel(
            name="LineSums",
            fields=[
                (
                    "order_line",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="sums",
                        serialize=False,
                        to="orders.orderline",
                    ),
                ),
                *(
                    (name, models.DecimalField(**QUANTITY))
                    for name in ("shipped", "replaced", "spared", "returned", "credited", "to_replace", "stored")
                ),
            ],
            options={"db_table": "shipping_linesums", "managed": False},
        ),
    ]
