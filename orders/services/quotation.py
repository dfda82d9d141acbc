"""报价单：编、改、出新版；送出的不改（B1）。"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from orders.models import BusinessKind, Inquiry, Product, Quotation, QuotationLine, QuotationStep
from orders.models.line import amounts
from orders.rights import quotes
from orders.services.quoted import check
from parties.models import Customer, User
from workflow import clock
from workflow.guards import WrongState
from workflow.machine import begin, locked, record, together
from workflow.search import search_text

ARTICLE = "B类 询报价"


@dataclass(frozen=True)
class StepInput:
    """数量阶梯的一级。"""

    quantity: Decimal
    unit_price: Decimal


@dataclass(frozen=True)
class QuotedLine:
    """报价单一行的输入。"""

    unit: str
    steps: Sequence[StepInput]
    product: Product | None = None
    product_name: str = ""
    specification: str = ""
    material: str = ""
    printing: str = ""
    finishing: str = ""
    tooling_fee: Decimal = Decimal(0)
    proof_fee: Decimal = Decimal(0)
    lead_days: int | None = None
    remark: str = ""


@dataclass(frozen=True)
class QuotationInput:
    """一张报价单的输入：界面与接口都先变成它。客户已有编号的写客户，没有的写名称。"""

    business_kind: BusinessKind
    valid_until: dt.date
    lines: Sequence[QuotedLine] = ()
    customer: Customer | None = None
    prospect: str = ""
    contact: str = ""
    inquiry: Inquiry | None = None
    currency: str = "CNY"
    tax_rate: Decimal = Decimal("0.13")
    prices_include_tax: bool = True
    payment_terms: str = ""
    terms: str = ""
    salesperson: User | None = None
    coordinator: User | None = None


HEAD = (
    "business_kind", "valid_until", "customer", "contact", "inquiry", "currency", "tax_rate", "prices_include_tax",
    "terms",
)  # fmt: skip
PLAIN = (
    "product_name", "specification", "material", "printing", "finishing", "unit", "tooling_fee", "proof_fee",
    "lead_days", "remark",
)  # fmt: skip
UNSETTLED = (Quotation.State.SENT, Quotation.State.DECLINED, Quotation.State.EXPIRED)


@together
def create_quotation(given: QuotationInput, *, actor: User) -> Quotation:
    """编一张报价单（B类 询报价）：草稿，送出时才取号。"""
    if not actor.may("orders.quote"):
        raise PermissionDenied(_("您没有报价的权限"))
    quotation = Quotation(holder=actor)
    _fill(quotation, given)
    begin(quotation, actor=actor, label=_("编报价单"), article=ARTICLE, rule="B1")
    _write_lines(quotation, given.lines)
    return quotation


@together
def edit_quotation(quotation: Quotation, given: QuotationInput, *, actor: User) -> Quotation:
    """改草稿；送出的不改，要改另出新版（B类 询报价）。"""
    quotation = locked(quotation)
    _may(quotation, actor, _("这张报价不是您的，不能改"))
    if quotation.state != Quotation.State.DRAFT:
        raise WrongState(_("现在是「%(state)s」，送出的报价不改，请出新版") % {"state": quotation.get_state_display()})
    _fill(quotation, given)
    QuotationLine.objects.filter(quotation=quotation).delete()
    quotation.__dict__.pop("lines_now", None)
    _write_lines(quotation, given.lines)
    return record(quotation, "edit", actor=actor, label=_("修改报价"), article=ARTICLE, rule="B1")


@together
def revise_quotation(quotation: Quotation, *, actor: User) -> Quotation:
    """照送出的这一版另出新版：新版是草稿，送出时才取代旧版（B类 询报价）。"""
    quotation = locked(quotation)
    _may(quotation, actor, _("这张报价不是您的，不能出新版"))
    if quotation.state not in UNSETTLED:
        raise WrongState(_("现在是「%(state)s」，不能出新版") % {"state": quotation.get_state_display()})
    versions = quotation.versions_now
    if waiting := next((one for one in versions if one.state == Quotation.State.DRAFT), None):
        raise WrongState(_("新版 %(number)s 还没有送出，先办完它") % {"number": waiting.number})
    fresh = Quotation(holder=actor, root=quotation.root or quotation, version=versions[-1].version + 1)
    given = input_of(quotation)
    _fill(fresh, replace(given, valid_until=_same_span(quotation)))
    fresh.customer_name = quotation.customer_name
    begin(fresh, actor=actor, label=_("出新版"), article=ARTICLE, rule="B1", data={"from": quotation.number})
    _write_lines(fresh, given.lines)
    return fresh


def input_of(quotation: Quotation) -> QuotationInput:
    """What the quotation holds, as it would be handed in."""
    names = {field.name for field in fields(QuotationInput)} - {"lines", "prospect"}
    lines = [
        QuotedLine(
            product=line.product,
            steps=[StepInput(step.quantity, step.unit_price) for step in line.steps_now],
            **{name: getattr(line, name) for name in PLAIN},
        )
        for line in quotation.lines_now
    ]
    prospect = "" if quotation.customer else quotation.customer_name
    return QuotationInput(lines=lines, prospect=prospect, **{name: getattr(quotation, name) for name in names})


def _same_span(quotation: Quotation) -> dt.date:
    """The new version is valid as long as the old one was when it was sent."""
    sent = quotation.sent_at or quotation.created_at
    return max(quotation.valid_until, clock.today() + (quotation.valid_until - clock.day_of(sent)))


def _may(quotation: Quotation, actor: User, words: str) -> None:
    if not (actor.may("orders.quote") and quotes(quotation, actor)):
        raise PermissionDenied(words)


def _fill(quotation: Quotation, given: QuotationInput) -> None:
    """Put the input on the quotation; what may not stand there is refused, each at its field."""
    check(given, quotation.holder)
    for name in HEAD:
        setattr(quotation, name, getattr(given, name))
    customer, holder = given.customer, quotation.holder
    quotation.customer_name = customer.name if customer else given.prospect.strip()
    quotation.payment_terms = given.payment_terms or (customer.payment_terms if customer else "prepaid")
    quotation.salesperson = given.salesperson or (customer.salesperson if customer else None)
    quotation.coordinator = given.coordinator or (holder if holder.may("orders.submit") else None)
    quotation.team = (quotation.coordinator or holder).team
    quotation.search_text = _searchable(quotation, given.lines)


def _searchable(quotation: Quotation, lines: Iterable[QuotedLine]) -> str:
    customer = quotation.customer
    codes = (customer.code, customer.short_name) if customer else ()
    names = [line.product_name or str(line.product or "") for line in lines]
    return search_text(quotation.formal_number or "", quotation.customer_name, *codes, *names[:20])


def _write_lines(quotation: Quotation, given: Sequence[QuotedLine]) -> None:
    """The lines with their steps; all amounts are the system's (I10)."""
    lines = [_line(quotation, place, row) for place, row in enumerate(given, start=1)]
    QuotationLine.objects.bulk_create(lines)
    steps = [_step(quotation, line, step) for line, row in zip(lines, given, strict=True) for step in row.steps]
    QuotationStep.objects.bulk_create(steps)


def _line(quotation: Quotation, place: int, row: QuotedLine) -> QuotationLine:
    product = row.product
    line = QuotationLine(
        quotation=quotation, position=place, product=product, **{name: getattr(row, name) for name in PLAIN}
    )
    line.product_code = product.code if product else ""
    line.product_name = row.product_name.strip() or (product.name if product else "")
    line.specification = row.specification or (product.specification if product else "")
    return line


def _step(quotation: Quotation, line: QuotationLine, step: StepInput) -> QuotationStep:
    amount, tax = amounts(
        step.quantity,
        step.unit_price,
        tax_rate=quotation.tax_rate,
        prices_include_tax=quotation.prices_include_tax,
    )
    return QuotationStep(line=line, quantity=step.quantity, unit_price=step.unit_price, amount=amount, tax_amount=tax)
