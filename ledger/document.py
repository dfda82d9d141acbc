"""The pages of one invoice and of one payment, and their lists: buttons, figures, timeline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.forms import AmountForm
from ledger.listing import sum_of
from ledger.models import Invoice, Payment
from ledger.selectors import open_invoices, payments_on
from ledger.sheet import Target
from parties.models import User
from workflow.machine import offers
from workflow.models import TransitionLog
from workflow.shown import Chip, Entry, Figure, told
from workflow.templatetags.wording import money, quantity
from workflow.views import Button, buttons

NONE = Decimal(0)


INVOICE_CHIPS = (
    Chip("draft", gettext_lazy("待开"), lambda rows: rows.filter(state=Invoice.State.DRAFT)),
    Chip("unpaid", gettext_lazy("未收清"), lambda rows: rows.filter(state=Invoice.State.ISSUED, open__gt=0)),
    Chip("red", gettext_lazy("红字"), lambda rows: rows.filter(red_of__isnull=False)),
)
PAYMENT_CHIPS = (
    Chip("registered", gettext_lazy("待确认"), lambda rows: rows.filter(state=Payment.State.REGISTERED)),
    Chip("unallocated", gettext_lazy("未分配"), lambda rows: _with_something_left(rows)),
    Chip("refund", gettext_lazy("退款"), lambda rows: rows.filter(kind=Payment.Kind.REFUND)),
    Chip("reversed", gettext_lazy("已冲销"), lambda rows: rows.filter(reversal__isnull=False)),
)


def _with_something_left(rows: QuerySet[Any]) -> QuerySet[Any]:
    standing = rows.filter(state=Payment.State.CONFIRMED, reversal__isnull=True)
    return standing.filter(left__gt=0).exclude(kind=Payment.Kind.REFUND)


def _chipped(rows: QuerySet[Any], chips: Iterable[Chip], key: str) -> QuerySet[Any]:
    chip = next((one for one in chips if one.key == key), None)
    return chip.narrow(rows) if chip else rows


def invoices_found(rows: QuerySet[Any], params: Mapping[str, str]) -> QuerySet[Any]:
    """发票，按快筛、客户、号码。"""
    rows = _chipped(rows, INVOICE_CHIPS, params.get("chip", ""))
    if params.get("chip") is None:
        rows = rows.exclude(state=Invoice.State.DISCARDED)
    return _searched(rows, params, "number")


def payments_found(rows: QuerySet[Any], params: Mapping[str, str]) -> QuerySet[Any]:
    """收款，按快筛、客户、流水号。"""
    rows = _chipped(rows, PAYMENT_CHIPS, params.get("chip", ""))
    if params.get("chip") is None:
        rows = rows.exclude(state=Payment.State.DISCARDED)
    return _searched(rows, params, "bank_reference")


def _searched(rows: QuerySet[Any], params: Mapping[str, str], column: str) -> QuerySet[Any]:
    if words := params.get("q", "").strip()[:60]:
        rows = rows.filter(Q(**{f"{column}__istartswith": words}) | Q(customer_name__icontains=words))
    if code := params.get("customer", "")[:40].split(" ")[0]:
        rows = rows.filter(customer__code=code)
    return rows


def invoice_totals(rows: Iterable[Any]) -> dict[str, Decimal]:
    """本页合计：开出的。"""
    issued = [row for row in rows if row.state == Invoice.State.ISSUED]
    return {
        "amount": sum((row.amount for row in issued), NONE),
        "paid": sum((row.paid for row in issued), NONE),
        "open": sum((row.open for row in issued if not row.is_red), NONE),
    }


def payment_totals(rows: Iterable[Any]) -> dict[str, Decimal]:
    """本页合计：确认了、没有冲销的，退款为负。"""
    standing = [row for row in rows if row.state == Payment.State.CONFIRMED and not hasattr(row, "reversal")]
    return {
        "amount": sum((row.sign * row.amount for row in standing), NONE),
        "left": sum((row.left for row in standing if row.sign > 0), NONE),
    }


def invoice_page(invoice: Any, user: User) -> dict[str, Any]:
    """Everything the page of one invoice shows."""
    address = reverse("ledger:invoice", args=[invoice.pk])
    confirm = {"discard": _("作废这张草稿，确定吗？")}
    moves = buttons(offers(invoice, user), address, primary=("issue",), confirm=confirm)
    if invoice.state == Invoice.State.ISSUED and not invoice.is_red and user.may("ledger.create_invoice"):
        moves.insert(0, _link("red", _("开红字"), reverse("ledger:red_invoice", args=[invoice.pk])))
        if invoice.open > 0:
            url = f"{reverse('ledger:new_payment')}?customer={invoice.customer.code}"
            moves.append(_link("pay", _("登记收款"), url, primary=True))
    return {
        "invoice": invoice,
        "offers": moves,
        "version": invoice.revision,
        "figures": _invoice_figures(invoice),
        "payments": payments_on(invoice),
        "reds": invoice.reds.exclude(state=Invoice.State.DISCARDED).order_by("id"),
        "timeline": timeline(f"ledger_invoice:{invoice.pk}"),
    }


def _invoice_figures(invoice: Any) -> list[Figure]:
    rate = _("税率 %(rate)s%%，税额 %(tax)s") % {"rate": quantity(invoice.tax_rate * 100), "tax": money(invoice.tax)}
    shown = [sum_of(_("价税合计"), invoice.amount, note=rate)]
    if invoice.state == Invoice.State.ISSUED and not invoice.is_red:
        if invoice.taken_back:
            shown.append(sum_of(_("已冲红"), -invoice.taken_back))
        shown.append(sum_of(_("已收"), invoice.paid))
        shown.append(sum_of(_("还欠"), invoice.open, note="" if invoice.open else _("收齐了")))
    return shown


def _link(name: str, label: str, url: str, *, primary: bool = False) -> Button:
    return Button(name, label, url, "", (), needs_reason=False, primary=primary, link=True)


def payment_page(payment: Any, user: User, targets: list[Target] | None = None) -> dict[str, Any]:
    """Everything the page of one payment shows."""
    address = reverse("ledger:payment", args=[payment.pk])
    confirm = {"discard": _("作废这笔登记，确定吗？")}
    placing = payment.placing
    may_place = placing.unallocated > 0 and payment.state == Payment.State.CONFIRMED
    if targets is None and may_place and user.may("ledger.allocate_payment"):
        targets = [Target(one, AmountForm({}, prefix=str(one.pk))) for one in open_invoices(payment.customer)]
    return {
        "payment": payment,
        "placing": placing,
        "offers": buttons(offers(payment, user), address, primary=("confirm",), confirm=confirm),
        "version": payment.revision,
        "figures": _payment_figures(payment),
        "targets": targets or [],
        "timeline": timeline(f"ledger_payment:{payment.pk}"),
    }


def _payment_figures(payment: Any) -> list[Figure]:
    placing = payment.placing
    method = f"{payment.get_method_display()} {payment.bank_reference}".strip()
    shown = [sum_of(_("退款") if payment.sign < 0 else _("金额"), payment.amount, note=method)]
    if payment.sign > 0:
        words = _("已分配") if payment.state == Payment.State.CONFIRMED else _("打算分配")
        shown.append(sum_of(words, placing.given))
        tone = "risk" if placing.unallocated > 0 and payment.state == Payment.State.CONFIRMED else ""
        shown.append(sum_of(_("未分配"), placing.unallocated, tone=tone))
    return shown


def timeline(chain: str) -> list[Entry]:
    """What happened to one document, newest first."""
    rows = TransitionLog.objects.filter(chain=chain).order_by("-chain_seq")[:30]
    return [Entry(row.at, told(row, row.reason), "sign" if row.target != row.source else "") for row in rows]
