"""What is due on the orders floor, by subject."""

from orders.reminders.intake import (
    ORIGINAL_WITHIN,
    instruction_to_answer,
    nonconformity,
    order_to_approve,
    original_missing,
    own_order_to_approve,
    returned_draft,
    review_to_organise,
)
from orders.reminders.kinds import department_without_head, papers_before_production, release_due, return_day_ahead

__all__ = [
    "ORIGINAL_WITHIN",
    "department_without_head",
    "instruction_to_answer",
    "nonconformity",
    "order_to_approve",
    "original_missing",
    "own_order_to_approve",
    "papers_before_production",
    "release_due",
    "return_day_ahead",
    "returned_draft",
    "review_to_organise",
]
