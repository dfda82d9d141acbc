"""《标样领用单》 and 《样品寄送单》 (第六条、第五章，寄样)."""

from typing import Literal, TypedDict

from papers.shapes.frame import Customer, Day, Frame, Number


class SlipLine(TypedDict):
    """领用、寄送的一件。"""

    no: int
    number: str
    kind: str
    name: str
    specification: str
    unit: str
    quantity: Number


class LoanSlipSnapshot(Frame):
    """《标样领用单》：什么、交给谁、为什么、几时还（第六条）。"""

    sheet: Literal["a5l"]
    order_number: str
    borrower: str
    why: str
    basis: str  # 随 TZ26-000187 第 2 份; "" when it went by itself
    lent_on: Day
    due_back: Day
    lines: list[SlipLine]


class DispatchSlipSnapshot(Frame):
    """《样品寄送单》：寄了什么、给谁、为什么、几时要答复、凭哪张放行条（第五章，寄样）。"""

    sheet: Literal["a5l"]
    order_number: str
    customer: Customer
    sent_to: str
    address: str
    purpose: str
    courier: str
    waybill: str
    gate_pass: str
    sent_on: Day
    feedback_due: Day
    lines: list[SlipLine]
