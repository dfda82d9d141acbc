"""第六章的动作：一个动词一个函数。"""

from ledger.services.adjustments import approve_adjustment, propose_adjustment, refuse_adjustment
from ledger.services.entries import correct_entry, enter_dispatched, enter_returned
from ledger.services.fees import charge_fees, enter_fees, fees_to_charge, fees_worth
from ledger.services.invoices import (
    InvoiceInput,
    InvoiceLineInput,
    RedInput,
    create_invoice,
    create_red_invoice,
    discard_invoice,
    issue_invoice,
)
from ledger.services.payments import (
    AllocationInput,
    PaymentInput,
    allocate_payment,
    confirm_payment,
    discard_payment,
    register_payment,
    reverse_payment,
)

__all__ = [
    "AllocationInput",
    "InvoiceInput",
    "InvoiceLineInput",
    "PaymentInput",
    "RedInput",
    "allocate_payment",
    "approve_adjustment",
    "charge_fees",
    "confirm_payment",
    "correct_entry",
    "create_invoice",
    "create_red_invoice",
    "discard_invoice",
    "discard_payment",
    "enter_dispatched",
    "enter_fees",
    "enter_returned",
    "fees_to_charge",
    "fees_worth",
    "issue_invoice",
    "propose_adjustment",
    "refuse_adjustment",
    "register_payment",
    "reverse_payment",
]
