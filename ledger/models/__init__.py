"""第六章 发出商品台账与收款：台账、发票、收款与分配、调整；余额都是算出来的。"""

from ledger.models.adjustment import Adjustment
from ledger.models.entry import Entry, EntryQuerySet
from ledger.models.extract import Extract
from ledger.models.invoice import Invoice, InvoiceLine, InvoiceQuerySet
from ledger.models.money import Allocation, AllocationLine, PaymentReversal
from ledger.models.payment import Payment, PaymentQuerySet
from ledger.models.posting import Posting

__all__ = [
    "Adjustment",
    "Allocation",
    "AllocationLine",
    "Entry",
    "EntryQuerySet",
    "Extract",
    "Invoice",
    "InvoiceLine",
    "InvoiceQuerySet",
    "Payment",
    "PaymentQuerySet",
    "PaymentReversal",
    "Posting",
]
