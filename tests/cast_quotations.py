"""Inquiries, quotations and contracts, walked to any state by the services."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from orders import services
from orders.models import BusinessKind, Inquiry, Order, OrderContract, Product, Quotation
from orders.services import Choice, InquiryInput, QuotationInput, QuotedLine, StepInput, WinInput
from papers.models import Attachment
from papers.services import attach
from parties.models import Customer
from tests.cast import Cast
from tests.cast import accepted as accepted_order
from workflow import clock

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def day(after: int) -> dt.date:
    return clock.today() + dt.timedelta(days=after)


def inquiry_input(**changes: Any) -> InquiryInput:
    """C001 的采购电话问画册的价。"""
    given: dict[str, Any] = {
        "customer": Customer.objects.get(code="C001"),
        "asked_by": "采购 刘婷",
        "channel": "phone",
        "asked": "画册 32P，500、1,000、3,000 本各多少钱",
        "due": day(2),
    }
    return InquiryInput(**(given | changes))


def steps(*pairs: tuple[str, str]) -> list[StepInput]:
    return [StepInput(Decimal(quantity), Decimal(price)) for quantity, price in pairs]


def quoted_line(code: str = "P001", **changes: Any) -> QuotedLine:
    """一行画册，三级数量。"""
    product = Product.objects.get(code=code)
    given: dict[str, Any] = {
        "product": product,
        "unit": product.unit,
        "material": "157 g 铜版纸",
        "printing": "正 4 / 反 4，胶印",
        "finishing": "覆哑膜，骑马订",
        "steps": steps(("500", "13.80"), ("1000", "12.50"), ("3000", "10.90")),
        "tooling_fee": Decimal(800),
        "proof_fee": Decimal(150),
        "lead_days": 12,
    }
    return QuotedLine(**(given | changes))


def quotation_input(**changes: Any) -> QuotationInput:
    """给 C001 报两行：画册三级数量，海报一级。"""
    given: dict[str, Any] = {
        "business_kind": BusinessKind.objects.get(code="printing"),
        "customer": Customer.objects.get(code="C001"),
        "contact": "采购 刘婷",
        "valid_until": day(15),
        "payment_terms": "monthly_30",
        "terms": "送货到茶城区；数量以实际签收为准。",
    }
    if "lines" not in changes:
        poster = quoted_line("P002", steps=steps(("500", "3.20")), tooling_fee=Decimal(0), proof_fee=Decimal(0))
        given["lines"] = [quoted_line(), poster]
    return QuotationInput(**(given | changes))


def inquired(cast: Cast, **changes: Any) -> Inquiry:
    """登记了，等答复。"""
    return services.register_inquiry(inquiry_input(**changes), actor=cast.xiaoli)


def quoted(cast: Cast, **changes: Any) -> Quotation:
    """编好的草稿。"""
    return services.create_quotation(quotation_input(**changes), actor=cast.xiaoli)


def sent(cast: Cast, **changes: Any) -> Quotation:
    """送出了，等客户答复。"""
    return services.send_quotation(quoted(cast, **changes), to="采购 刘婷", how="邮件", actor=cast.xiaoli)


def agreed(cast: Cast, **changes: Any) -> Quotation:
    """客户接受了，等成单。"""
    return services.accept_quotation(sent(cast, **changes), "刘婷来电：做 1,000 本", actor=cast.xiaoli)


def declined(cast: Cast, **changes: Any) -> Quotation:
    """客户没有接受。"""
    return services.decline_quotation(sent(cast, **changes), "嫌贵，给了别家", actor=cast.xiaoli)


def expired(cast: Cast, **changes: Any) -> Quotation:
    """过了有效期。"""
    quotation = sent(cast, **({"valid_until": day(1)} | changes))
    with clock.told(clock.now() + dt.timedelta(days=2)):
        services.expire_quotations()
    return Quotation.objects.get(pk=quotation.pk)


def step_of(quotation: Quotation, position: int, quantity: str) -> int:
    """The step of a line, by its quantity."""
    line = quotation.lines_now[position - 1]
    return next(step.pk for step in line.steps_now if step.quantity == Decimal(quantity))


def win_input(quotation: Quotation, **changes: Any) -> WinInput:
    """画册做 1,000 本，海报 500 张。"""
    given: dict[str, Any] = {"basis": "written", "requested_date": day(20), "customer_po": "RH-2611-088"}
    if "choices" not in changes:
        given["choices"] = [Choice(step_of(quotation, 1, "1000")), Choice(step_of(quotation, 2, "500"))]
    return WinInput(**(given | changes))


def won(cast: Cast, quotation: Quotation | None = None) -> Order:
    """成单了的业务单草稿。"""
    quotation = quotation or agreed(cast)
    return services.make_order(quotation, win_input(quotation), actor=cast.xiaoli)


def contracted(cast: Cast, order: Order | None = None, **changes: Any) -> OrderContract:
    """出好了，等发给客户。"""
    return services.make_contract(order or accepted_order(cast), actor=cast.xiaoli, **changes)


def posted(cast: Cast, order: Order | None = None) -> OrderContract:
    """发给客户了，等签回。"""
    return services.send_contract(contracted(cast, order), to="采购 刘婷", how="邮件", actor=cast.xiaoli)


def scan(cast: Cast, contract: OrderContract) -> Attachment:
    """签回件的扫描。"""
    return attach(SimpleUploadedFile("签回.pdf", PDF), about=contract, actor=cast.xiaoli, kind="signed")


def signed_back(cast: Cast, order: Order | None = None) -> OrderContract:
    """签回归档了。"""
    contract = posted(cast, order)
    return services.sign_back(contract, signed_on=clock.today(), scan=scan(cast, contract), actor=cast.xiaoli)
