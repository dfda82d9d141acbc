"""What the tab 台账 of an order's page shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ledger import credit
from ledger.balances import Balance, lines_of, together_of
from ledger.models import Adjustment, Entry
from ledger.selectors import ENTRY_RELATIONS, invoices_of, payments_of
from ledger.services.fees import CHARGED_IN, fees_to_charge
from orders.models import Order, OrderLine
from parties.models import User


@dataclass(frozen=True)
class OrderLedger:
    """Figures per line, the entries, the invoices and the payments of one order."""

    order: Order
    lines: list[tuple[OrderLine, Balance]]
    total: Balance
    entries: list[Entry]
    invoices: list[Any]
    payments: list[Any]
    adjustments: list[Adjustment]
    deposit: Any
    overdue: Any
    fees: list[Any]
    may_charge: bool
    may_adjust: bool
    may_approve: bool

    @property
    def units_agree(self) -> bool:
        """Different units are never added up."""
        return len({line.unit for line, _balance in self.lines}) == 1

    @property
    def terms(self) -> str:
        """付款方式的一句话。"""
        return _("付款方式：%(terms)s") % {"terms": self.order.get_payment_terms_display()}


def order_ledger(order: Order, user: User) -> OrderLedger:
    """台账页签：一个固定的查询数，与行数无关。"""
    lines = lines_of(order)
    entries = Entry.objects.filter(order=order).select_related(*ENTRY_RELATIONS, "follows", "corrects").order_by("id")
    adjustments = Adjustment.objects.filter(order=order).select_related("order_line", "proposed_by", "decided_by")
    return OrderLedger(
        order=order,
        lines=lines,
        total=together_of(balance for _line, balance in lines),
        entries=list(entries),
        invoices=list(invoices_of(order)),
        payments=list(payments_of(order)),
        adjustments=list(adjustments.order_by("-id")),
        deposit=credit.deposit_due(order),
        overdue=credit.overdue_by_order(order=order.pk).get(order.pk, 0),
        fees=fees_to_charge([order.pk]),
        may_charge=order.state in CHARGED_IN and user.may("ledger.charge_fees"),
        may_adjust=user.may("ledger.propose_adjustment"),
        may_approve=user.may("ledger.approve_adjustment"),
    )
