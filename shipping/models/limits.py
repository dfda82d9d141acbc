"""Second lines of defence: what guards hold under the order's lock, the database holds without it (I1, I4, I5, I24)."""

from __future__ import annotations

import pgtrigger

STATE_CHANGES = pgtrigger.UpdateOf("state")  # type: ignore[no-untyped-call]
TO_DISPATCHED = pgtrigger.Q(new__state="dispatched") & ~pgtrigger.Q(old__state="dispatched")

# The order's lock comes first (perform); the line's own lock makes the sum safe even for a writer who took none (I4).
# NO KEY UPDATE does not stand in the way of foreign keys that point to the line.
NEVER_NEGATIVE = pgtrigger.Trigger(
    name="never_negative",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    condition=pgtrigger.Q(new__quantity__lt=0),
    func="""
    PERFORM 1 FROM orders_orderline WHERE id = NEW.line_id FOR NO KEY UPDATE;
    IF (SELECT COALESCE(SUM(quantity), 0) FROM shipping_storeentry WHERE line_id = NEW.line_id) + NEW.quantity < 0 THEN
        RAISE EXCEPTION 'gendan: finished goods of order line % would be negative', NEW.line_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
    """,
)

# A recalled notice is never acted on (I24): the rows are held FOR SHARE until the dispatch is done; only what is issued
# may be dispatched under, and a line without a notice not at all.
NOTICE_STANDS = pgtrigger.Trigger(
    name="a_notice_that_stands",
    when=pgtrigger.Before,
    operation=STATE_CHANGES,
    condition=TO_DISPATCHED,
    declare=[("recalled", "BIGINT")],
    func="""
    PERFORM 1 FROM reviews_notice
      WHERE id IN (SELECT notice_id FROM shipping_deliveryline WHERE delivery_id = NEW.id) ORDER BY id FOR SHARE;
    SELECT line.id INTO recalled FROM shipping_deliveryline AS line
      LEFT JOIN reviews_notice AS notice ON notice.id = line.notice_id
     WHERE line.delivery_id = NEW.id AND notice.state IS DISTINCT FROM 'issued' LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'gendan: delivery % stands on no notice in force (line %)', NEW.id, recalled
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
    """,
)

# I14: what is shipped net cannot be changed away. The row being updated is locked already; a dispatch locks it too.
NOT_LESS_THAN_SHIPPED = pgtrigger.Trigger(
    name="not_less_than_shipped",
    when=pgtrigger.Before,
    operation=pgtrigger.UpdateOf("quantity"),  # type: ignore[no-untyped-call]
    condition=pgtrigger.Q(new__quantity__lt=pgtrigger.F("old__quantity")),
    func="""
    IF NEW.quantity < (
        SELECT COALESCE(SUM(part.quantity), 0) FROM shipping_deliveryline AS part
          JOIN shipping_delivery AS whole ON whole.id = part.delivery_id
         WHERE part.order_line_id = NEW.id AND whole.state IN ('dispatched', 'delivered')
      ) - (
        SELECT COALESCE(SUM(back.quantity), 0) FROM shipping_returnline AS back
          JOIN shipping_return AS slip ON slip.id = back.document_id
         WHERE back.order_line_id = NEW.id AND slip.state = 'received'
      ) THEN
        RAISE EXCEPTION 'gendan: order line % would be reduced below what was shipped', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
    """,
)

# Second line of defence behind the guard (I1, RELIABILITY decision 3): lock the order lines, then sum.
WITHIN_WHAT_WAS_ORDERED = pgtrigger.Trigger(
    name="within_what_was_ordered",
    when=pgtrigger.Before,
    operation=STATE_CHANGES,
    condition=TO_DISPATCHED,
    declare=[("too_much", "BIGINT")],
    func="""
    PERFORM 1 FROM orders_orderline
      WHERE id IN (SELECT order_line_id FROM shipping_deliveryline WHERE delivery_id = NEW.id)
      ORDER BY id FOR NO KEY UPDATE;
    SELECT line.id INTO too_much FROM orders_orderline AS line CROSS JOIN LATERAL (
        SELECT SUM(part.quantity) AS goods, SUM(part.spare_quantity) AS spares
          FROM shipping_deliveryline AS part JOIN shipping_delivery AS whole ON whole.id = part.delivery_id
         WHERE part.order_line_id = line.id AND (whole.state IN ('dispatched', 'delivered') OR whole.id = NEW.id)
      ) AS gone
     WHERE line.id IN (SELECT order_line_id FROM shipping_deliveryline WHERE delivery_id = NEW.id)
       AND gone.goods + GREATEST(gone.spares - line.spare_quantity, 0)
         - (SELECT COALESCE(SUM(back.quantity), 0) FROM shipping_returnline AS back
              JOIN shipping_return AS whole ON whole.id = back.document_id
             WHERE back.order_line_id = line.id AND whole.state = 'received')
         > ROUND(line.quantity * (100 + line.over_percent) / 100, 3)
         + (SELECT COALESCE(SUM(quantity), 0) FROM orders_overauthorisation
             WHERE line_id = line.id AND (expires IS NULL OR expires >= NEW.dispatched_on))
     LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'gendan: order line % would be shipped beyond what was ordered', too_much
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
    """,
)

# Second line of defence behind the guard (I5): lock the order lines, then sum.
WITHIN_WHAT_WAS_SHIPPED = pgtrigger.Trigger(
    name="within_what_was_shipped",
    when=pgtrigger.Before,
    operation=STATE_CHANGES,
    condition=pgtrigger.Q(new__state="received") & ~pgtrigger.Q(old__state="received"),
    declare=[("too_much", "BIGINT")],
    func="""
    PERFORM 1 FROM orders_orderline
      WHERE id IN (SELECT order_line_id FROM shipping_returnline WHERE document_id = NEW.id)
      ORDER BY id FOR NO KEY UPDATE;
    SELECT sent.id INTO too_much FROM shipping_deliveryline AS sent
      JOIN shipping_delivery AS whole ON whole.id = sent.delivery_id
     WHERE sent.id IN (SELECT delivery_line_id FROM shipping_returnline WHERE document_id = NEW.id)
       AND (whole.state NOT IN ('dispatched', 'delivered') OR sent.quantity < (
            SELECT SUM(back.quantity) FROM shipping_returnline AS back
              JOIN shipping_return AS slip ON slip.id = back.document_id
             WHERE back.delivery_line_id = sent.id AND (slip.state = 'received' OR slip.id = NEW.id)))
     LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'gendan: more would be returned of delivery line % than was shipped', too_much
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
    """,
)


def fixed_after(table: str, whole: str, state: str) -> list[pgtrigger.Trigger]:
    """Lines belong to their document's first state; later nobody adds, changes or takes away."""

    def refuse(row: str, goes_on_with: str) -> str:
        return f"""
        IF (SELECT state FROM {table} WHERE id = {row}.{whole}_id) <> '{state}' THEN
            RAISE EXCEPTION 'gendan: the lines of {table} % stand', {row}.{whole}_id
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN {goes_on_with};
        """  # noqa: S608 - table and state are named in the model

    changes = pgtrigger.Update | pgtrigger.Delete
    return [
        pgtrigger.Trigger(
            name="lines_stand", when=pgtrigger.Before, operation=changes, func=refuse("OLD", "COALESCE(NEW, OLD)")
        ),
        pgtrigger.Trigger(
            name="no_line_comes_late", when=pgtrigger.Before, operation=pgtrigger.Insert, func=refuse("NEW", "NEW")
        ),
    ]
