"""Pages of the sixth chapter: the ledger, invoices, payments, adjustments."""
