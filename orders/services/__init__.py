"""第二章的动作：一个动词一个函数。"""

from orders.services.basis import ask_instruction, grant_instruction, refuse_instruction, register_original
from orders.services.exceptions import authorise_exception, authorise_over, waived
from orders.services.intake import LineInput, OrderInput, copy_order, create_order, edit_order
from orders.services.life import (
    accept_order,
    agree_as_reviewed,
    cancel_order,
    complete_order,
    conclude_order,
    discard_order,
    finish_production,
    finish_shipping,
    issue_order,
    open_order_round,
    reject_order,
    reopen_review,
    return_to_coordinator,
    share_order,
    start_production,
    submit_order,
    withdraw_order,
)
from orders.services.product import create_product, edit_product

__all__ = [
    "LineInput",
    "OrderInput",
    "accept_order",
    "agree_as_reviewed",
    "ask_instruction",
    "authorise_exception",
    "authorise_over",
    "cancel_order",
    "complete_order",
    "conclude_order",
    "copy_order",
    "create_order",
    "create_product",
    "discard_order",
    "edit_order",
    "edit_product",
    "finish_production",
    "finish_shipping",
    "grant_instruction",
    "issue_order",
    "open_order_round",
    "refuse_instruction",
    "register_original",
    "reject_order",
    "reopen_review",
    "return_to_coordinator",
    "share_order",
    "start_production",
    "submit_order",
    "waived",
    "withdraw_order",
]
