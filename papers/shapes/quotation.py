"""《报价单》 (B1)."""

from typing import NotRequired, TypedDict

from papers.shapes.frame import Customer, Day, Frame, Number


class QuotedStep(TypedDict):
    """数量阶梯的一级：数量、单价、含税金额。"""

    quantity: Number
    price: Number
    amount: Number


class QuotedLine(TypedDict):
    """报价单一行：产品与做法、数量阶梯、制版打样费、交货天数。"""

    no: int
    name: str
    code: NotRequired[str]
    specification: str
    making: str  # 材料；印刷；后加工
    unit: str
    steps: list[QuotedStep]
    tooling_fee: Number
    proof_fee: Number
    lead: str
    remark: str


class QuotationSnapshot(Frame):
    """《报价单》：给谁、到哪天有效、什么币种与付款方式、各行各数量的单价。"""

    customer: Customer
    contact: str
    kind: str
    quoted_on: Day
    valid_until: Day
    supersedes: str  # number of the version before, "" on the first
    inquiry: str
    currency: str
    tax_note: str
    payment_terms: str
    lines: list[QuotedLine]
    terms: str
    person: str
    phone: str
