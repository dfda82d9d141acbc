"""Keys that Django cannot say: a line and its order, a returned line and its order line, belong together (I28)."""

from django.db import migrations

ADD = """
ALTER TABLE shipping_deliveryline ADD CONSTRAINT delivery_line_of_its_order
    FOREIGN KEY (order_id, order_line_id) REFERENCES orders_orderline (order_id, id);
ALTER TABLE shipping_deliveryline ADD CONSTRAINT delivery_line_and_its_order_line UNIQUE (id, order_line_id);
ALTER TABLE shipping_returnline ADD CONSTRAINT returned_line_of_its_delivery
    FOREIGN KEY (delivery_line_id, order_line_id) REFERENCES shipping_deliveryline (id, order_line_id);
"""
DROP = """
ALTER TABLE shipping_returnline DROP CONSTRAINT returned_line_of_its_delivery;
ALTER TABLE shipping_deliveryline DROP CONSTRAINT delivery_line_and_its_order_line;
ALTER TABLE shipping_deliveryline DROP CONSTRAINT delivery_line_of_its_order;
"""


class Migration(migrations.Migration):
    dependencies = [("shipping", "0001_initial")]

    operations = [migrations.RunSQL(ADD, DROP)]
