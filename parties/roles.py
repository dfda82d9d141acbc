# ruff: noqa: E501
"""The table role → rights (A3): who may do what, readable in one screen. Rows are narrowed by relation, never here."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """岗位（第一章）：一个人一个岗位，部门另记。"""

    COORDINATOR = "coordinator", _("跟单员")
    SUPERVISOR = "supervisor", _("跟单主任")
    DIRECTOR = "director", _("营销总监")
    GM = "gm", _("总经理")
    DEPARTMENT = "department", _("部门人员")
    SALES = "sales", _("业务员")
    FINANCE = "finance", _("财务")
    WAREHOUSE = "warehouse", _("仓库")
    OFFICE = "office", _("总经办")
    MACHINE = "machine", _("系统接口")
    ADMIN = "admin", _("管理员")


class Function(TextChoices):
    """部门职能：评审与检验的权利跟着职能走（第十七条）。"""

    ENGINEERING = "engineering", _("技术")
    MATERIAL = "material", _("物控")
    MANUFACTURING = "manufacturing", _("制造")
    QUALITY = "quality", _("品质")
    MARKETING = "marketing", _("营销")
    PLANNING = "planning", _("计划")
    PURCHASING = "purchasing", _("采购")
    HR = "hr", _("人事")
    FINANCE = "finance", _("财务")
    WAREHOUSE = "warehouse", _("仓库")


_SEE = frozenset({"orders.view", "reviews.view", "production.view", "shipping.view", "samples.acknowledge_loan"})
_MASTER = frozenset({"parties.view", "orders.view_products"})
MONEY_RIGHT = "orders.view_money"
_MONEY = frozenset({MONEY_RIGHT, "ledger.view"})
_REVIEW = frozenset({"reviews.answer", "reviews.acknowledge_copy", "reviews.return_copy"})

_COORDINATE = frozenset(
    {
        "orders.create", "orders.edit", "orders.submit", "orders.withdraw", "orders.discard", "orders.register_original",
        "orders.record_release", "orders.ask_instruction", "orders.raise_nonconformity", "orders.start_production", "orders.finish_production", "orders.finish_shipping",
        "reviews.balance", "reviews.request_meeting", "reviews.record_meeting", "reviews.tell", "orders.negotiate", "reviews.draft_notice", "reviews.issue_notice", "reviews.return_copy",
        "reviews.request_change",
        "production.visit", "production.raise_issue",
        "outsourcing.view", "outsourcing.create", "outsourcing.send", "outsourcing.finish_receiving", "outsourcing.cancel",
        "outsourcing.edit_processor",
        "shipping.create", "shipping.confirm_arrival", "shipping.notify_warehouse", "shipping.deliver", "shipping.cancel",
        "shipping.register_return", "shipping.edit_carrier",
        "parties.edit_customer", "orders.edit_product",
        "orders.contract",
        "samples.keep", "samples.dispatch",
    }
)  # fmt: skip
_QUOTE = frozenset({"orders.view_quotations", "orders.quote"})
_SUPERVISE = frozenset(
    {
        "orders.return_to_coordinator", "orders.accept", "orders.reject", "orders.cancel", "orders.complete",
        "orders.edit_kinds", "parties.open_department", "orders.answer_instruction", "orders.note_nonconformity", "orders.agree_as_reviewed", "orders.reopen_review",
        "reviews.open_round", "reviews.conclude", "reviews.turn_into_meeting", "reviews.approve_lost",
        "outsourcing.approve", "outsourcing.send", "outsourcing.cancel", "outsourcing.reconcile",
        "samples.approve_pass",
    }
)  # fmt: skip
_MATERIAL = frozenset(
    {"samples.keep", "outsourcing.move_material", "outsourcing.receive", "outsourcing.finish_receiving"}
)
_DIRECT = _SUPERVISE | {
    "reviews.balance",
    "reviews.record_meeting",
    "reviews.tell",
    "orders.negotiate",
    "orders.authorise_exception",
    "orders.authorise_over",
    "shipping.authorise_exception",
}

RIGHTS: dict[str, frozenset[str]] = {
    Role.COORDINATOR: _SEE | _MASTER | _MONEY | _COORDINATE | _QUOTE,
    Role.SUPERVISOR: _SEE | _MASTER | _MONEY | _COORDINATE | _SUPERVISE | _QUOTE,
    Role.DIRECTOR: _SEE | _MASTER | _MONEY | _DIRECT | {"reviews.answer", "orders.view_quotations", "outsourcing.view", "outsourcing.approve_large", "ledger.approve_adjustment"},
    Role.GM: _SEE | _MASTER | _MONEY | {"reviews.sign_notice", "reviews.refuse_notice", "outsourcing.view", "orders.view_quotations"},
    Role.OFFICE: _SEE | _MASTER | _MONEY | {"orders.view_quotations"},
    Role.DEPARTMENT: _SEE | _MASTER | _REVIEW,
    Role.SALES: _SEE | _MASTER | _MONEY | _QUOTE | {"orders.negotiate"},
    Role.FINANCE: _SEE
    | _MASTER
    | _MONEY
    | _REVIEW
    | {
        "ledger.create_invoice", "ledger.issue_invoice", "ledger.discard_invoice",
        "ledger.register_payment", "ledger.confirm_payment", "ledger.discard_payment", "ledger.reverse_payment",
        "ledger.allocate_payment", "ledger.charge_fees", "ledger.propose_adjustment", "ledger.correct_entry", "outsourcing.view", "outsourcing.settle",
    },
    Role.WAREHOUSE: _SEE
    | _MASTER
    | _REVIEW
    | {"shipping.dispatch", "shipping.receive_return", "shipping.edit_carrier", "outsourcing.view"} | _MATERIAL,
    Role.MACHINE: _SEE | _MASTER | _MONEY | _QUOTE | {"orders.create", "orders.edit", "orders.submit", "parties.edit_customer", "orders.edit_product", "outsourcing.view", "outsourcing.edit_processor"},
    Role.ADMIN: _SEE | _MASTER | {"parties.edit_customer", "orders.edit_product", "shipping.edit_carrier", "outsourcing.edit_processor", "parties.administer", "parties.open_department", "orders.edit_kinds"},
}  # fmt: skip

FUNCTION_RIGHTS: dict[str, frozenset[str]] = {
    Function.QUALITY: frozenset({"production.inspect", "outsourcing.view", "outsourcing.receive"}),
    Function.MATERIAL: frozenset({"shipping.dispatch", "shipping.receive_return", "outsourcing.view"}) | _MATERIAL,
    Function.MANUFACTURING: frozenset({"outsourcing.view", "outsourcing.create"}),
    Function.PLANNING: frozenset({"reviews.open_round", "outsourcing.view", "outsourcing.approve_plan"}),
    Function.FINANCE: frozenset(),
}


# Who may stand in for whom while they are away: the same office, or one above it that does the same work.
DEPUTIES: dict[str, frozenset[str]] = {
    Role.COORDINATOR: frozenset({Role.COORDINATOR, Role.SUPERVISOR}),
    Role.SUPERVISOR: frozenset({Role.SUPERVISOR, Role.DIRECTOR}),
    Role.DIRECTOR: frozenset({Role.DIRECTOR, Role.GM}),
    Role.GM: frozenset({Role.GM, Role.DIRECTOR, Role.OFFICE}),
    Role.OFFICE: frozenset({Role.OFFICE}),
    Role.DEPARTMENT: frozenset({Role.DEPARTMENT}),
    Role.SALES: frozenset({Role.SALES}),
    Role.FINANCE: frozenset({Role.FINANCE}),
    Role.WAREHOUSE: frozenset({Role.WAREHOUSE}),
}


def fills_in(deputy: str, absent: str) -> bool:
    """Whether one role may stand in for the other."""
    return deputy in DEPUTIES.get(absent, frozenset())


def rights_of(role: str, function: str = "") -> frozenset[str]:
    """Every right that a role and the function of one's department give together."""
    return RIGHTS.get(role, frozenset()) | FUNCTION_RIGHTS.get(function, frozenset())
