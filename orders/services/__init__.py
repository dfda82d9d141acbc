"""第二章的动作：一个动词一个函数。"""

from orders.services.basis import ask_instruction, grant_instruction, refuse_instruction, register_original
from orders.services.changing import Changes, LineChange, apply_change, as_changed, cancel_by_change, check_changes
from orders.services.closing import reckon_closed
from orders.services.contract import make_contract, send_contract, sign_back, void_contract
from orders.services.exceptions import authorise_exception, authorise_over, waived
from orders.services.files import cleared_of_sheet, file_on_order, file_on_sheet, files_of_sheet, take_over
from orders.services.inquiry import InquiryInput, close_inquiry, edit_inquiry, register_inquiry
from orders.services.intake import LineInput, OrderInput, copy_order, create_order, edit_order
from orders.services.kind import create_kind, edit_kind
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
    share_order,
    start_production,
    submit_order,
    withdraw_order,
)
from orders.services.negotiation import NegotiationInput, record_negotiation
from orders.services.nonconformity import (
    ask_customer_to_amend,
    note_nonconformity,
    raise_nonconformity,
    settle_nonconformity,
)
from orders.services.offering import (
    accept_quotation,
    decline_quotation,
    discard_quotation,
    expire_quotations,
    send_quotation,
)
from orders.services.product import create_product, edit_product
from orders.services.quotation import (
    QuotationInput,
    QuotedLine,
    StepInput,
    create_quotation,
    edit_quotation,
    revise_quotation,
)
from orders.services.release import break_down, confirm_return_day, record_release_word, withdraw_return_day
from orders.services.returning import return_to_coordinator
from orders.services.starting import DepartmentInput, start_kind
from orders.services.winning import Choice, WinInput, make_order

__all__ = [
    "Changes",
    "Choice",
    "DepartmentInput",
    "InquiryInput",
    "LineChange",
    "LineInput",
    "NegotiationInput",
    "OrderInput",
    "QuotationInput",
    "QuotedLine",
    "StepInput",
    "WinInput",
    "accept_order",
    "accept_quotation",
    "agree_as_reviewed",
    "apply_change",
    "as_changed",
    "ask_customer_to_amend",
    "ask_instruction",
    "authorise_exception",
    "authorise_over",
    "break_down",
    "cancel_by_change",
    "cancel_order",
    "check_changes",
    "cleared_of_sheet",
    "close_inquiry",
    "complete_order",
    "conclude_order",
    "confirm_return_day",
    "copy_order",
    "create_kind",
    "create_order",
    "create_product",
    "create_quotation",
    "decline_quotation",
    "discard_order",
    "discard_quotation",
    "edit_inquiry",
    "edit_kind",
    "edit_order",
    "edit_product",
    "edit_quotation",
    "expire_quotations",
    "file_on_order",
    "file_on_sheet",
    "files_of_sheet",
    "finish_production",
    "finish_shipping",
    "grant_instruction",
    "issue_order",
    "make_contract",
    "make_order",
    "note_nonconformity",
    "open_order_round",
    "raise_nonconformity",
    "reckon_closed",
    "record_negotiation",
    "record_release_word",
    "refuse_instruction",
    "register_inquiry",
    "register_original",
    "reject_order",
    "reopen_review",
    "return_to_coordinator",
    "revise_quotation",
    "send_contract",
    "send_quotation",
    "settle_nonconformity",
    "share_order",
    "sign_back",
    "start_kind",
    "start_production",
    "submit_order",
    "take_over",
    "void_contract",
    "waived",
    "withdraw_order",
    "withdraw_return_day",
]
