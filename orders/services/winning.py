"""成单：客户接受的报价变成业务单草稿，一个字也不重录（B1）。"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from orders.models import Order, Quotation, QuotationLine, QuotationStep, State
from orders.rights import quotes
from orders.services.intake import LineInput, OrderInput, create_order
from parties.models import Contact, Customer, User
from parties.services import create_customer
from workflow.guards import WrongState
from workflow.machine import locked, record, together

ARTICLE = "B类 询报价"
FALLEN = (State.CANCELLED, State.REJECTED)
SAME = ("unit", "product_name", "specification", "material", "printing", "finishing")


@dataclass(frozen=True)
class Choice:
    """客户选了哪一级；数量不写就是这一级的数量，多订照这一级的单价。"""

    step: int
    quantity: Decimal | None = None


@dataclass(frozen=True)
class WinInput:
    """成单的输入；还不是客户的，写已有的客户，或者新客户的编号。"""

    choices: Sequence[Choice]
    basis: str
    requested_date: dt.date
    customer_po: str = ""
    customer: Customer | None = None
    new_customer: str = ""
    waived: Sequence[int] = ()  # 不收制版费、打样费的行
    requirements: dict[str, Any] = field(default_factory=dict)


@together
def make_order(quotation: Quotation, given: WinInput, *, actor: User) -> Order:
    """照报价登记业务单（B类 询报价）：客户、产品、做法、数量、单价、制版打样费、付款方式都从报价来。"""
    quotation = locked(quotation)
    if not (actor.may("orders.create") and quotes(quotation, actor)):
        raise PermissionDenied(_("这张报价不归您登记业务单"))
    if quotation.state != Quotation.State.ACCEPTED:
        raise WrongState(_("现在是「%(state)s」，客户接受了才成单") % {"state": quotation.get_state_display()})
    if quotation.order is not None and quotation.order.state not in FALLEN:
        raise WrongState(_("已经成单 %(number)s") % {"number": quotation.order.number})
    lines = _lines(quotation, given)
    quotation.customer = _customer(quotation, given, actor)
    order = create_order(_order_input(quotation, given, lines), actor=actor)
    quotation.order = order
    record(
        quotation, "make_order", actor=actor, label=_("成单"), article=ARTICLE, rule="B1",
        data={"order": order.number, "customer": quotation.customer.code},
    )  # fmt: skip
    return order


def _order_input(quotation: Quotation, given: WinInput, lines: Sequence[LineInput]) -> OrderInput:
    assert quotation.customer is not None  # noqa: S101 - settled just before
    return OrderInput(
        business_kind=quotation.business_kind,
        customer=quotation.customer,
        basis=given.basis,
        requested_date=given.requested_date,
        lines=lines,
        customer_po=given.customer_po.strip(),
        currency=quotation.currency,
        tax_rate=quotation.tax_rate,
        prices_include_tax=quotation.prices_include_tax,
        payment_terms=quotation.payment_terms,
        salesperson=quotation.salesperson,
        coordinator=quotation.coordinator,
        requirements=dict(given.requirements),
    )


def _lines(quotation: Quotation, given: WinInput) -> list[LineInput]:
    """One order line for each line of which a step was chosen, in the quotation's order."""
    chosen = {choice.step: choice for choice in given.choices}
    found, fees = [], []
    for line in quotation.lines_now:
        for step in _one_step(line, chosen):
            found.append(_line(line, step, chosen.pop(step.pk).quantity))
            fees += _fees(line) if line.pk not in given.waived else []
    if unknown := set(given.waived) - {line.pk for line in quotation.lines_now}:
        raise ValidationError({"waived": _("这张报价没有行 %(ids)s") % {"ids": "、".join(map(str, sorted(unknown)))}})
    if chosen or len({choice.step for choice in given.choices}) != len(given.choices):
        raise ValidationError({"choices": _("所选的数量里有不是这张报价的，或者选了两次")})
    if not found:
        raise ValidationError({"choices": _("还没有选订哪几行、哪个数量")})
    return [*found, *fees]


def _fees(line: QuotationLine) -> list[LineInput]:
    """行上报的制版费、打样费，一项一行（B1）：客户付，不生产、不发货。"""
    named = ((_("制版、模具费"), line.tooling_fee), (_("打样费"), line.proof_fee))
    return [_fee(f"{name}（{line.product_name}）", amount) for name, amount in named if amount]


def _fee(name: str, amount: Decimal) -> LineInput:
    return LineInput(quantity=Decimal(1), unit=_("项"), unit_price=amount, product_name=name[:120], fee=True)


def _one_step(line: QuotationLine, chosen: dict[int, Choice]) -> list[QuotationStep]:
    steps = [step for step in line.steps_now if step.pk in chosen]
    if len(steps) > 1:
        raise ValidationError({"choices": _("第 %(n)s 行只能选一个数量") % {"n": line.position}})
    return steps


def _line(line: QuotationLine, step: QuotationStep, quantity: Decimal | None) -> LineInput:
    if quantity is not None and quantity < step.quantity:
        words = _("第 %(n)s 行订得比所选的数量少，请选低一级的单价") % {"n": line.position}
        raise ValidationError({"choices": words})
    return LineInput(
        quantity=quantity or step.quantity,
        unit_price=step.unit_price,
        product=line.product,
        **{name: getattr(line, name) for name in SAME},
    )


def _customer(quotation: Quotation, given: WinInput, actor: User) -> Customer:
    """The quotation's customer; a prospect is matched with one that is there, or becomes one now."""
    if quotation.customer is not None:
        if given.customer not in (None, quotation.customer):
            raise ValidationError({"customer": _("报价是给%(name)s的") % {"name": quotation.customer_name}})
        return quotation.customer
    if given.customer is not None:
        return given.customer
    if not given.new_customer.strip():
        raise ValidationError({"customer": _("还不是客户：请选已有的客户，或者填新客户的编号")})
    contacts = [Contact(name=quotation.contact[:40])] if quotation.contact else []
    return create_customer(
        code=given.new_customer.strip(), name=quotation.customer_name, contacts=contacts, actor=actor,
        payment_terms=quotation.payment_terms, salesperson=quotation.salesperson,
    )  # fmt: skip
