"""An invoice and a payment being filled in: what was typed, and what the server makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from ledger.billing import Left
from ledger.credit import deposit_due
from ledger.forms import AmountForm, InvoiceForm, PaymentForm, QuantityForm, RedForm
from ledger.models import Invoice, InvoiceLine, Payment
from ledger.selectors import lines_to_invoice, open_invoices
from ledger.services import AllocationInput, InvoiceInput, InvoiceLineInput, PaymentInput, RedInput
from orders.models import Order, OrderLine
from parties.models import Customer, User
from workflow import clock
from workflow.templatetags.wording import plain

NONE = Decimal(0)
Typed = Mapping[str, Any]


@dataclass
class BillLine:
    """一行可开的货：勾没勾、开多少、系统算的金额。"""

    line: OrderLine
    left: Left
    ticked: bool
    form: QuantityForm
    original: InvoiceLine | None = None

    @property
    def quantity(self) -> Decimal | None:
        """How much, where it is a figure."""
        if not self.form.is_valid():
            return None
        given: Decimal | None = self.form.cleaned_data["quantity"]
        return given

    @property
    def amount(self) -> Decimal:
        """含税金额，由系统按发货算。"""
        quantity = self.quantity
        if not self.ticked or not quantity or quantity > self.left.quantity:
            return NONE
        return self.left.price(quantity)[0]

    @property
    def error(self) -> str:
        """What is wrong with the quantity."""
        if not self.ticked:
            return ""
        if self.quantity is None:
            found = self.form.errors.get("quantity")
            return str(found[0]) if found else _("请填数量")
        return _("最多 %(n)s") % {"n": plain(self.left.quantity)} if self.quantity > self.left.quantity else ""


@dataclass
class InvoiceSheet:
    """一张正在填的发票。"""

    customer: Customer
    form: InvoiceForm
    lines: list[BillLine]

    @classmethod
    def shown(cls, customer: Customer, order: Order | None) -> InvoiceSheet:
        """As it is first seen: everything that waits is ticked, or only one order's lines."""
        found = [
            BillLine(line, left, order is None or line.order_id == order.pk, _quantity(line, left))
            for line, left in lines_to_invoice(customer)
        ]
        return cls(customer, InvoiceForm(initial={"date": clock.today()}), found)

    @classmethod
    def typed(cls, customer: Customer, data: Any) -> InvoiceSheet:
        """As it was sent in."""
        ticked = set(data.getlist("line"))
        found = [
            BillLine(line, left, str(line.pk) in ticked, _typed_quantity(data, line.pk))
            for line, left in lines_to_invoice(customer)
        ]
        return cls(customer, InvoiceForm(data), found)

    @property
    def chosen(self) -> list[BillLine]:
        """勾了的行。"""
        return [one for one in self.lines if one.ticked]

    @property
    def total(self) -> Decimal:
        """价税合计。"""
        return sum((one.amount for one in self.lines), NONE)

    def is_valid(self) -> bool:
        """Whether it can be handed to the service."""
        return self.form.is_valid() and bool(self.chosen) and not any(one.error for one in self.lines)

    @property
    def given(self) -> InvoiceInput:
        """What the service is handed."""
        lines = [InvoiceLineInput(one.line, one.quantity or NONE) for one in self.chosen]
        return InvoiceInput(customer=self.customer, lines=lines, **self.form.cleaned_data)


@dataclass
class RedSheet:
    """一张正在填的红字发票。"""

    original: Invoice
    form: RedForm
    lines: list[BillLine]

    @classmethod
    def of(cls, original: Invoice, left: Mapping[int, Left], data: Any = None) -> RedSheet:
        """As it is first seen (all of it), or as it was sent in."""
        ticked = set(data.getlist("line")) if data else set()
        lines = []
        for line in original.lines_now:
            own = left[line.pk]
            if own.quantity > 0:
                form = _typed_quantity(data, line.order_line_id) if data else _quantity(line.order_line, own)
                chosen = str(line.order_line_id) in ticked if data else True
                lines.append(BillLine(line.order_line, own, chosen, form, line))
        return cls(original, RedForm(data) if data else RedForm(initial={"date": clock.today()}), lines)

    @property
    def total(self) -> Decimal:
        """冲多少。"""
        return sum((one.amount for one in self.lines), NONE)

    def is_valid(self) -> bool:
        """Whether it can be handed to the service."""
        return (
            self.form.is_valid() and any(one.ticked for one in self.lines) and not any(one.error for one in self.lines)
        )

    @property
    def given(self) -> RedInput:
        """What the service is handed."""
        lines = [InvoiceLineInput(one.line, one.quantity or NONE) for one in self.lines if one.ticked]
        data = self.form.cleaned_data
        return RedInput(data["number"], data["date"], data["reason"], lines)


def _quantity(line: OrderLine, left: Left) -> QuantityForm:
    return QuantityForm({f"{line.pk}-quantity": plain(left.quantity)}, prefix=str(line.pk))


def _typed_quantity(data: Any, pk: int) -> QuantityForm:
    return QuantityForm(data, prefix=str(pk))


@dataclass
class Target:
    """一张还没收齐的发票，分给它多少。"""

    invoice: Any
    form: AmountForm

    @property
    def amount(self) -> Decimal:
        """分给它的，没填是零。"""
        return self.form.cleaned_data["amount"] or NONE if self.form.is_valid() else NONE

    @property
    def error(self) -> str:
        """What is wrong with the amount."""
        if found := self.form.errors.get("amount"):
            return str(found[0])
        return _("还欠 %(n)s") % {"n": plain(self.invoice.open)} if self.amount > self.invoice.open else ""


@dataclass
class PaymentSheet:
    """一笔正在填的收款。"""

    customer: Customer
    form: PaymentForm
    targets: list[Target] = field(default_factory=list)

    @classmethod
    def shown(cls, customer: Customer, order: Order | None, user: User) -> PaymentSheet:
        """As it is first seen; for an order that waits for its deposit, that deposit."""
        initial: dict[str, Any] = {"date": clock.today(), "kind": Payment.Kind.PAYMENT}
        if order is not None:
            initial |= {"order": order.number}
            if due := deposit_due(order):
                initial |= {"kind": Payment.Kind.DEPOSIT, "amount": plain(due)}
        targets = [Target(one, AmountForm({}, prefix=str(one.pk))) for one in open_invoices(customer)]
        return cls(customer, PaymentForm(initial=initial, user=user), targets)

    @classmethod
    def typed(cls, customer: Customer, data: Any, user: User) -> PaymentSheet:
        """As it was sent in."""
        targets = [Target(one, AmountForm(data, prefix=str(one.pk))) for one in open_invoices(customer)]
        return cls(customer, PaymentForm(data, user=user), targets)

    def filled_oldest_first(self) -> PaymentSheet:
        """The same sheet with the amount laid on the invoices, the oldest first."""
        left = self.amount or NONE
        targets = []
        for target in self.targets:
            part = min(left, target.invoice.open)
            left -= part
            text = plain(part) if part else ""
            name = f"{target.invoice.pk}-amount"
            targets.append(Target(target.invoice, AmountForm({name: text}, prefix=str(target.invoice.pk))))
        return PaymentSheet(self.customer, self.form, targets)

    @property
    def amount(self) -> Decimal | None:
        """The amount typed, where it is one."""
        if not self.form.is_bound:
            return None
        self.form.is_valid()
        given: Decimal | None = self.form.cleaned_data.get("amount")
        return given

    @property
    def given_out(self) -> Decimal:
        """分出去多少。"""
        return sum((target.amount for target in self.targets), NONE)

    @property
    def left(self) -> Decimal | None:
        """还没分的；负数是多分了。"""
        return None if self.amount is None else self.amount - self.given_out

    def is_valid(self) -> bool:
        """Whether it can be handed to the service."""
        return self.form.is_valid() and not any(target.error for target in self.targets)

    @property
    def given(self) -> PaymentInput:
        """What the service is handed."""
        return PaymentInput(
            customer=self.customer, allocations=list(allocations(self.targets)), **self.form.cleaned_data
        )


def allocations(targets: Iterable[Target]) -> Iterator[AllocationInput]:
    """The invoices that are given something."""
    for target in targets:
        if target.amount:
            yield AllocationInput(target.amount, invoice=target.invoice)
