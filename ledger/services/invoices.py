"""开票：做草稿、开出、作废、红字（第六章，A63）；金额由系统算，给了的要相同。"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ledger.billing import Left, left_to_invoice, left_to_take_back
from ledger.models import Invoice, InvoiceLine
from ledger.services.settling import release, settle
from orders.models import OrderLine
from parties.models import Customer, User
from workflow import clock
from workflow.guards import WrongState
from workflow.machine import begin, perform, together
from workflow.templatetags.wording import money, quantity

EARLIEST = dt.date(2000, 1, 1)
NUMBER = re.compile(r"[A-Z0-9][A-Z0-9/-]{0,39}")
MOST_LINES = 300
NOTHING_LEFT = Left(Decimal(0), Decimal(0), Decimal(0))


@dataclass(frozen=True)
class InvoiceLineInput:
    """要开的一行：哪一行货、多少；金额可以给，给了要与系统算的相同。"""

    order_line: OrderLine
    quantity: Decimal
    amount: Decimal | None = None


@dataclass(frozen=True)
class InvoiceInput:
    """一张发票的输入。"""

    customer: Customer
    number: str
    date: dt.date
    lines: Sequence[InvoiceLineInput]
    remark: str = ""


@dataclass(frozen=True)
class RedInput:
    """一张红字发票的输入；没有列行就整张冲。"""

    number: str
    date: dt.date
    reason: str
    lines: Sequence[InvoiceLineInput] = ()


@together
def create_invoice(given: InvoiceInput, *, actor: User) -> Invoice:
    """做发票草稿：选行、数量，金额由系统按发货算，最后一张收尾差（第六章，开票）。"""
    _may_create(actor)
    number = _number(given.number, given.date)
    _check_lines(given)
    lines = _lines(given)
    order = given.lines[0].order_line.order
    invoice = Invoice(
        number=number,
        date=given.date,
        customer=given.customer,
        customer_name=given.customer.name,
        currency=order.currency,
        tax_rate=order.tax_rate,
        remark=given.remark,
        made_by=actor,
    )
    return _begin(invoice, lines, actor=actor)


@together
def create_red_invoice(original: Invoice, given: RedInput, *, actor: User) -> Invoice:
    """做红字发票草稿：指明原票，写明理由；没列行就把没冲的全冲（第六章，开票）。"""
    _may_create(actor)
    if original.state != Invoice.State.ISSUED or original.is_red:
        raise WrongState(_("只有开出的蓝字发票能开红字"))
    if not given.reason.strip():
        raise ValidationError({"reason": _("请写明开红字的理由")})
    number = _number(given.number, given.date)
    lines = _red_lines(original, given)
    invoice = Invoice(
        number=number,
        date=given.date,
        customer=original.customer,
        customer_name=original.customer_name,
        currency=original.currency,
        tax_rate=original.tax_rate,
        red_of=original,
        remark=given.reason.strip()[:200],
        made_by=actor,
    )
    return _begin(invoice, lines, actor=actor, reason=given.reason.strip())


@together
def issue_invoice(invoice: Invoice, *, actor: User) -> Invoice:
    """发票开出：有预收的货，预收随即转到票上；红字把多收的退回预收（第六章，开票）。"""
    invoice = perform(invoice, "issue", actor=actor, data={"number": invoice.number, "amount": invoice.amount})
    if invoice.is_red:
        release(invoice, day=clock.today())
    else:
        settle([line.order_line_id for line in invoice.lines_now], day=clock.today())
    return invoice


def discard_invoice(invoice: Invoice, *, actor: User) -> Invoice:
    """草稿作废，号码可以再用（第六章，开票）。"""
    return perform(invoice, "discard", actor=actor)


def _may_create(actor: User) -> None:
    if not actor.may("ledger.create_invoice"):
        raise PermissionDenied(_("只有财务能开发票"))


def _number(number: str, date: dt.date) -> str:
    number = number.strip().upper()
    if not NUMBER.fullmatch(number):
        raise ValidationError({"number": _("发票号码只用字母、数字和横线，最多 40 位")})
    if not EARLIEST <= date <= clock.today():
        raise ValidationError({"date": _("开票日期不能在将来")})
    if Invoice.objects.filter(number=number).exclude(state=Invoice.State.DISCARDED).exists():
        raise ValidationError({"number": _("发票号码 %(number)s 已经登记过了") % {"number": number}})
    return number


def _check_lines(given: InvoiceInput) -> None:
    """One customer, one rate, one currency, each line once: what no invoice may mix."""
    if not 0 < len(given.lines) <= MOST_LINES:
        raise ValidationError({"lines": _("发票至少一行，最多 %(n)d 行") % {"n": MOST_LINES}})
    errors: dict[str, str] = {}
    first = given.lines[0].order_line.order
    seen: set[int] = set()
    for n, line in enumerate(given.lines):
        order = line.order_line.order
        if order.customer_id != given.customer.pk:
            errors[f"lines.{n}.order_line"] = _("%(order)s 不是%(customer)s的业务单") % {
                "order": order.number,
                "customer": given.customer.called,
            }
        elif (order.tax_rate, order.currency) != (first.tax_rate, first.currency):
            errors[f"lines.{n}.order_line"] = _("%(order)s 的税率或币种与第 1 行不同，请分开开票") % {
                "order": order.number
            }
        elif line.order_line.pk in seen:
            errors[f"lines.{n}.order_line"] = _("第 %(n)d 行重复了，同一行货写一次") % {"n": n + 1}
        seen.add(line.order_line.pk)
    if errors:
        raise ValidationError(errors)


def _lines(given: InvoiceInput) -> list[InvoiceLine]:
    """Every line at the server's amount, or every line's error at once."""
    left = left_to_invoice(line.order_line for line in given.lines)
    made: list[InvoiceLine] = []
    errors: dict[str, str] = {}
    for position, line in enumerate(given.lines, start=1):
        own = left.get(line.order_line.pk, NOTHING_LEFT)
        wrong = {f"lines.{position - 1}.{field}": words for field, words in _wrong(position, line, own)}
        if wrong:
            errors |= wrong
        else:
            made.append(_line(position, line, own))
    if errors:
        raise ValidationError(errors)
    return made


def _wrong(position: int, given: InvoiceLineInput, left: Left) -> Iterator[tuple[str, str]]:
    """What is wrong with one line; an amount that was given must be the server's."""
    if given.quantity <= 0:
        yield "quantity", _("第 %(n)d 行数量要大于零") % {"n": position}
    elif given.quantity > left.quantity:
        yield "quantity", _too_much(position, given, left)
    elif given.amount is not None and given.amount != left.price(given.quantity)[0]:
        due = left.price(given.quantity)[0]
        words = _("第 %(n)d 行金额应为 %(due)s 元，给的是 %(given)s 元")
        yield "amount", words % {"n": position, "due": money(due), "given": money(given.amount)}


def _line(position: int, given: InvoiceLineInput, left: Left) -> InvoiceLine:
    line = given.order_line
    amount, tax = left.price(given.quantity)
    return InvoiceLine(
        position=position,
        order=line.order,
        order_line=line,
        quantity=given.quantity,
        unit_price=left.shown_price(given.quantity, amount),
        amount=amount,
        tax=tax,
    )


def _too_much(position: int, given: InvoiceLineInput, left: Left) -> str:
    return _("第 %(n)d 行未开票的只有 %(left)s %(unit)s，要开 %(asked)s（第六章，A62）") % {
        "n": position,
        "left": quantity(max(left.quantity, Decimal(0))),
        "unit": given.order_line.unit,
        "asked": quantity(given.quantity),
    }


def _red_lines(original: Invoice, given: RedInput) -> list[InvoiceLine]:
    """The lines taken back, negative, each naming its original."""
    left = left_to_take_back(original)
    wanted = {line.order_line.pk: line.quantity for line in given.lines}
    if unknown := set(wanted) - {line.order_line_id for line in original.lines_now}:
        raise ValidationError({"lines": _("原票上没有业务单行 %(ids)s") % {"ids": sorted(unknown)}})
    made: list[InvoiceLine] = []
    for line in original.lines_now:
        asked = wanted.get(line.order_line_id) if wanted else left[line.pk].quantity
        if asked is None or (not wanted and not asked):
            continue
        if not 0 < asked <= left[line.pk].quantity:
            words = _("「%(product)s」原票还能冲 %(left)s，要冲 %(asked)s")
            figures = {"left": quantity(left[line.pk].quantity), "asked": quantity(asked)}
            raise ValidationError({"lines": words % {"product": line.order_line.product_name, **figures}})
        amount, tax = left[line.pk].price(asked)
        made.append(_red_line(line, asked, amount, tax, position=len(made) + 1))
    if not made:
        raise ValidationError({"lines": _("原票已经全部冲红")})
    return made


def _red_line(line: InvoiceLine, asked: Decimal, amount: Decimal, tax: Decimal, *, position: int) -> InvoiceLine:
    return InvoiceLine(
        position=position,
        order=line.order,
        order_line=line.order_line,
        red_of=line,
        quantity=-asked,
        unit_price=line.unit_price,
        amount=-amount,
        tax=-tax,
    )


def _begin(invoice: Invoice, lines: list[InvoiceLine], *, actor: User, reason: str = "") -> Invoice:
    """Save the draft and its lines; the total is the sum of the lines (I10)."""
    invoice.amount = sum((line.amount for line in lines), Decimal(0))
    invoice.tax = sum((line.tax for line in lines), Decimal(0))
    try:
        with transaction.atomic():
            begin(invoice, actor=actor, label=_("做发票草稿"), article="第六章，开票", rule="A63", reason=reason)
    except IntegrityError as error:
        if "invoice_number_has_no_twin" not in str(error):
            raise
        words = _("发票号码 %(number)s 已经登记过了") % {"number": invoice.number}
        raise ValidationError({"number": words}) from error
    for line in lines:
        line.invoice = invoice
    InvoiceLine.objects.bulk_create(lines)
    invoice.lines_now = lines
    return invoice
