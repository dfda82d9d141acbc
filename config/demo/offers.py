"""What came before the orders: inquiries, quotations in various states, a confirmation waiting for its return."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from orders import services
from orders.models import BusinessKind, Inquiry, Order, Product, Quotation, State
from orders.services import InquiryInput, QuotationInput, QuotedLine, StepInput
from parties.models import Customer, User
from workflow import clock

TERMS = "1. 价格含常规包装，送货到贵司所在市内；\n2. 图文由贵司提供并校对；\n3. 按实际签收结算。"
PROSPECT = "青竹文创工作室"
CONTRACT_TERMS = (
    "1. 供方按签样与所列质量标准交货；需方收货后 7 日内以书面提出异议。\n2. 数量以实际签收为准，溢短按上表。"
)


def make_offers(people: dict[str, User]) -> None:
    """Write them, each at its day."""
    li, chen, sales = people["xiaoli"], people["xiaochen"], people["sales"]
    _inquiry(li, 0, "C003", "绘本 40P 精装，1,000 和 3,000 本各多少钱，12 月底要货", "徐静", 2)
    asked = _inquiry(chen, 3, PROSPECT, "周历 500 套，要带手提袋", "林青", 1)
    with _days_ago(25):
        _sent(li, "C002", ("P004", ("5000", "1.42"), ("10000", "1.28")), valid=10)
    with _days_ago(12):
        services.expire_quotations()
        lost = _sent(chen, "C004", ("P003", ("1000", "11.60"), ("2000", "11.20")), valid=20)
        old = _sent(li, "C001", ("P006", ("1000", "17.60"), ("3000", "16.40"), ("5000", "15.90")), valid=20)
    with _days_ago(6):
        services.decline_quotation(lost, "嫌交期长，给了别家", actor=chen)
        fresh = services.revise_quotation(old, actor=li)
        fresh = services.send_quotation(fresh, to="刘婷", how="邮件", actor=li)
    with _days_ago(2):
        services.accept_quotation(fresh, "刘婷来电：照新版做 3,000 个", actor=li)
        services.send_quotation(_draft(chen, PROSPECT, asked), to="林青", how="微信", actor=chen)
    given = _given("C005", ("P010", ("20000", "0.46"), ("50000", "0.41")), 30, coordinator=li)
    services.create_quotation(given, actor=sales)
    _confirmation(li)


def _days_ago(days: int) -> Any:
    return clock.told(clock.now() - dt.timedelta(days=days))


def _who(name: str) -> dict[str, Any]:
    customer = Customer.objects.filter(code=name).first()
    return {"customer": customer} if customer else {"prospect": name}


def _inquiry(holder: User, days: int, name: str, asked: str, person: str, answer_in: int) -> Inquiry:
    with _days_ago(days):
        due = clock.today() + dt.timedelta(days=answer_in)
        given = InquiryInput(**_who(name), asked_by=person, channel="phone", asked=asked, due=due)
        return services.register_inquiry(given, actor=holder)


def _given(name: str, line: Any, valid: int, **more: Any) -> QuotationInput:
    code, *steps = line
    product = Product.objects.get(code=code)
    quoted = QuotedLine(
        product=product, unit=product.unit, lead_days=12, tooling_fee=Decimal(600), proof_fee=Decimal(150),
        steps=[StepInput(Decimal(quantity), Decimal(price)) for quantity, price in steps],
    )  # fmt: skip
    kind = product.kind or BusinessKind.objects.get(code="printing")
    valid_until = clock.today() + dt.timedelta(days=valid)
    return QuotationInput(
        **_who(name), business_kind=kind, valid_until=valid_until, lines=[quoted], terms=TERMS, **more
    )


def _sent(holder: User, name: str, line: Any, *, valid: int) -> Quotation:
    quotation = services.create_quotation(_given(name, line, valid), actor=holder)
    return services.send_quotation(quotation, to="采购", how="邮件", actor=holder)


def _draft(holder: User, name: str, inquiry: Inquiry) -> Quotation:
    given = _given(name, ("P003", ("500", "12.80"), ("1000", "11.90")), 4, inquiry=inquiry, contact="林青")
    return services.create_quotation(given, actor=holder)


def _confirmation(holder: User) -> None:
    """李晓雯在生产的第一张单：确认书发了，等签回。"""
    order = Order.objects.filter(coordinator=holder, state=State.PRODUCING).order_by("pk").first()
    if order is not None:
        contract = services.make_contract(order, actor=holder, terms=CONTRACT_TERMS)
        services.send_contract(contract, to="客户采购", how="邮件", actor=holder)
