"""数据库的第二道防线：开票不超发货、收款不超发票、分配不超收款；开出的票、确认的款不改（I6、I7、I20）。

Every trigger locks the parent row first and sums afterwards; the services hold the same locks already.
"""

from __future__ import annotations

import pgtrigger


def _stands(name: str, *columns: str) -> pgtrigger.Trigger:
    """What a document says never changes after it is written; only its state and stamps move on."""
    changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns)
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=f"""
        IF {changed} THEN
            RAISE EXCEPTION 'gendan: what % % says never changes', TG_TABLE_NAME, OLD.id
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
        """,
    )


INVOICE_STANDS = _stands(
    "content_stands", "number", "date", "customer_id", "currency", "tax_rate", "amount", "tax", "red_of_id"
)
PAYMENT_STANDS = _stands("content_stands", "kind", "date", "customer_id", "currency", "amount", "order_id")

NEVER_OVER_INVOICED = pgtrigger.Trigger(
    name="never_over_invoiced",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("state"),  # type: ignore[no-untyped-call]
    condition=pgtrigger.Condition("NEW.state = 'issued' AND OLD.state IS DISTINCT FROM NEW.state"),
    declare=[("bad", "BIGINT")],
    func="""
    PERFORM 1 FROM orders_order WHERE id IN (SELECT order_id FROM ledger_invoiceline WHERE invoice_id = NEW.id)
      ORDER BY id FOR NO KEY UPDATE;
    SELECT line.order_line_id INTO bad FROM ledger_invoiceline AS line
     WHERE line.invoice_id = NEW.id AND line.quantity > 0
       AND (SELECT SUM(other.quantity) FROM ledger_invoiceline AS other
              JOIN ledger_invoice AS invoice ON invoice.id = other.invoice_id
             WHERE other.order_line_id = line.order_line_id AND invoice.state = 'issued')
         > (SELECT COALESCE(SUM(billable), 0) FROM ledger_entry WHERE order_line_id = line.order_line_id)
     LIMIT 1;
    IF bad IS NOT NULL THEN
        RAISE EXCEPTION 'gendan: order line % would be invoiced beyond what was shipped', bad
            USING ERRCODE = 'check_violation';
    END IF;
    SELECT line.red_of_id INTO bad FROM ledger_invoiceline AS line
      JOIN ledger_invoiceline AS original ON original.id = line.red_of_id
     WHERE line.invoice_id = NEW.id
       AND original.quantity + (SELECT SUM(red.quantity) FROM ledger_invoiceline AS red
              JOIN ledger_invoice AS invoice ON invoice.id = red.invoice_id
             WHERE red.red_of_id = original.id AND invoice.state = 'issued') < 0
     LIMIT 1;
    IF bad IS NOT NULL THEN
        RAISE EXCEPTION 'gendan: invoice line % would be taken back more than once', bad
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
    """,
)

NEVER_OVER_ALLOCATED = pgtrigger.Trigger(
    name="never_over_allocated",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    func="""
    PERFORM 1 FROM ledger_payment WHERE id = NEW.payment_id FOR NO KEY UPDATE;
    IF (SELECT SUM(allocation.amount) FROM ledger_allocation AS allocation
         WHERE allocation.payment_id = NEW.payment_id AND NOT EXISTS (
               SELECT 1 FROM ledger_paymentreversal WHERE payment_id = allocation.refund_id))
       > (SELECT amount FROM ledger_payment WHERE id = NEW.payment_id) THEN
        RAISE EXCEPTION 'gendan: payment % would be given out beyond its amount', NEW.payment_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
    """,
)

NEVER_OVER_PAID = pgtrigger.Trigger(
    name="never_over_paid",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    condition=pgtrigger.Condition("NEW.invoice_line_id IS NOT NULL AND NEW.amount > 0"),
    func="""
    PERFORM 1 FROM orders_order WHERE id = NEW.order_id FOR NO KEY UPDATE;
    IF (SELECT SUM(amount) FROM ledger_allocationline WHERE invoice_line_id = NEW.invoice_line_id)
       > (SELECT line.amount + COALESCE((SELECT SUM(red.amount) FROM ledger_invoiceline AS red
              JOIN ledger_invoice AS invoice ON invoice.id = red.invoice_id
             WHERE red.red_of_id = line.id AND invoice.state = 'issued'), 0)
            FROM ledger_invoiceline AS line WHERE line.id = NEW.invoice_line_id) THEN
        RAISE EXCEPTION 'gendan: invoice line % would be paid beyond its amount', NEW.invoice_line_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
    """,
)
