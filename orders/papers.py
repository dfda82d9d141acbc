"""《报价单》《订单确认书》《销售合同》: what stands on them when they are filed (B1, B1b)."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from orders.guards import REQUIREMENT_NAMES
from orders.models import Order, OrderContract, OrderLine, Quotation, QuotationLine
from orders.selectors import shipped_of
from papers.kinds import QUOTATION
from papers.models import Paper
from papers.services import file_paper, frame
from papers.services.filing import company_block
from papers.shapes import (
    ContractLine,
    ContractSnapshot,
    Customer,
    Party,
    QuotationSnapshot,
    QuotedLine,
    QuotedStep,
    Signature,
)
from parties.models import User
from workflow import clock
from workflow.templatetags.wording import plain


def file_quotation(quotation: Quotation, *, actor: User) -> Paper:
    """报价单归档：送出即定（B类 询报价）。"""
    snapshot = quotation_paper(quotation, actor=actor)
    return file_paper(
        kind=QUOTATION.code, about=quotation, number=quotation.number, version=quotation.version, snapshot=snapshot,
        actor=actor,
    )  # fmt: skip


def file_contract(contract: OrderContract, *, actor: User) -> Paper:
    """合同或确认书归档：照业务单这一版（B类 合同）。"""
    snapshot = contract_paper(contract, actor=actor)
    return file_paper(
        kind=contract.form, about=contract, number=contract.number, version=contract.order_version, snapshot=snapshot,
        actor=actor,
    )  # fmt: skip


def quotation_paper(quotation: Quotation, *, actor: User) -> QuotationSnapshot:
    """《报价单》的内容。"""
    person, moment = quotation.salesperson or quotation.holder, quotation.sent_at or clock.now()
    head = frame(
        kind=QUOTATION.code,
        number=quotation.number,
        version=quotation.version,
        prepared_by=quotation.holder,
        prepared_at=quotation.created_at,
        signatures=[
            Signature(act=_("报价"), role="", name=str(actor), at=moment),
            Signature(act=_("客户确认（签字、盖章）"), role="", name=""),
            Signature(act=_("确认日期 / 所选数量"), role="", name=""),
        ],
    )
    before = [one for one in quotation.versions_now if one.version < quotation.version and one.formal_number]
    return QuotationSnapshot(
        **head,
        customer=Customer(
            name=quotation.customer_name, code=quotation.customer.code if quotation.customer else "", grade=""
        ),
        contact=quotation.contact,
        kind=quotation.business_kind.name,
        quoted_on=clock.day_of(moment),
        valid_until=quotation.valid_until,
        supersedes=before[-1].number if before else "",
        inquiry=quotation.inquiry.number if quotation.inquiry else "",
        currency=quotation.currency,
        tax_note=tax_note(quotation),
        payment_terms=str(quotation.get_payment_terms_display()),
        lines=[_quoted(line) for line in quotation.lines_now],
        terms=quotation.terms,
        person=str(person),
        phone=person.phone,
    )


def _quoted(line: QuotationLine) -> QuotedLine:
    return QuotedLine(
        no=line.position,
        name=line.product_name,
        code=line.product_code,
        specification=line.specification,
        making="；".join(filter(None, (line.material, line.printing, line.finishing))),
        unit=line.unit,
        steps=[QuotedStep(quantity=one.quantity, price=one.unit_price, amount=one.amount) for one in line.steps_now],
        tooling_fee=line.tooling_fee,
        proof_fee=line.proof_fee,
        lead=_("%(n)d 天") % {"n": line.lead_days} if line.lead_days else "",
        remark=line.remark,
    )


def contract_paper(contract: OrderContract, *, actor: User) -> ContractSnapshot:
    """《订单确认书》或《销售合同》的内容：业务单这一版的全文。"""
    order = contract.order
    head = frame(
        kind=contract.form,
        number=contract.number,
        version=contract.order_version,
        prepared_by=actor,
        prepared_at=contract.made_at,
        signatures=[
            Signature(act=_("供方（盖章）"), role="", name=""),
            Signature(act=_("供方代表签字 / 日期"), role="", name=""),
            Signature(act=_("需方（盖章）"), role="", name=""),
            Signature(act=_("需方代表签字 / 日期"), role="", name=""),
        ],
    )
    return ContractSnapshot(
        **head,
        seller=_seller(order),
        buyer=_buyer(order),
        order_number=order.number,
        order_version=contract.order_version,
        customer_po=order.customer_po,
        made_on=clock.day_of(contract.made_at),
        currency=order.currency,
        tax_note=tax_note(order),
        payment_terms=str(order.get_payment_terms_display()),
        requirements=[
            f"{_(REQUIREMENT_NAMES.get(name, name))}：{words}" for name, words in order.requirements.items() if words
        ],
        lines=_contracted_lines(order),
        total=order.amount,
        tax=order.tax_amount,
        terms=contract.terms,
    )


def _seller(order: Order) -> Party:
    company, person = company_block(), order.salesperson or order.coordinator
    return Party(
        name=company["name"], address=company.get("address", ""), person=str(person),
        phone=person.phone or company.get("phone", ""),
    )  # fmt: skip


def _buyer(order: Order) -> Party:
    contact = order.customer.contacts.order_by("pk").first()
    return Party(
        name=order.customer_name, address=order.customer.address, person=contact.name if contact else "",
        phone=contact.phone if contact else "",
    )  # fmt: skip


def _contracted_lines(order: Order) -> list[ContractLine]:
    """各行；关了的行只列已经净发的，一点没发的不列：合计就是各行之和（第二十二条、A62）。"""
    shipped = shipped_of([line for line in order.lines_now if line.closed])
    kept = [line for line in order.lines_now if not line.closed or shipped[line.pk].quantity]
    return [_contracted(line, shipped[line.pk].quantity if line.closed else line.quantity) for line in kept]


def _contracted(line: OrderLine, quantity: Decimal) -> ContractLine:
    return ContractLine(
        no=line.position,
        name=line.product_name,
        code=line.product_code,
        specification=line.specification,
        making="；".join(filter(None, (line.material, line.printing, line.finishing))),
        unit=line.unit,
        quantity=quantity,
        tolerance="—" if line.fee else f"+{plain(line.over_percent)}% −{plain(line.under_percent)}%",
        price=line.unit_price,
        amount=line.amount,
        due=line.promised_date or line.requested_date,
    )


def tax_note(document: Quotation | Order) -> str:
    """含税 13 %，另加税 13 %，不计税。"""
    rate = plain(document.tax_rate * 100)
    if not document.tax_rate:
        return _("不计税")
    return (
        _("单价含税 %(rate)s %%") % {"rate": rate}
        if document.prices_include_tax
        else _("另加税 %(rate)s %%") % {"rate": rate}
    )
