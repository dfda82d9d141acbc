"""《销售合同》 and 《订单确认书》 (B1b)."""

from typing import TypedDict

from papers.shapes.frame import Day, Frame, Number


class Party(TypedDict):
    """一方：名称、地址、经办人、电话。"""

    name: str
    address: str
    person: str
    phone: str


class ContractLine(TypedDict):
    """一行：品名、做法、数量、单价、含税金额、交期。"""

    no: int
    name: str
    code: str
    specification: str
    making: str
    unit: str
    quantity: Number
    tolerance: str
    price: Number
    amount: Number
    due: Day


class ContractSnapshot(Frame):
    """《销售合同》或《订单确认书》：业务单某一版的明细、金额、条款，双方签署。"""

    seller: Party
    buyer: Party
    order_number: str
    order_version: int
    customer_po: str
    made_on: Day
    currency: str
    tax_note: str
    payment_terms: str
    requirements: list[str]
    lines: list[ContractLine]
    total: Number
    tax: Number
    terms: str
