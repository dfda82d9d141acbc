"""附件5 《发出商品台账》 (第六章)."""

from typing import TypedDict

from papers.shapes.frame import Customer, Day, Frame, Number


class LedgerRow(TypedDict):
    """台账一行（第六章）：发货、退货、开票、收款与余额。没有的日期、文字写 ""，没有的金额、数量写 0。"""

    no: int
    dispatched_on: Day
    received_on: Day
    delivery_number: str
    order_number: str
    customer_po: str
    statement_number: str
    name: str
    specification: str
    unit: str
    shipped: Number
    returned: Number
    price: Number
    net_amount: Number
    invoice_number: str
    invoice_date: Day
    invoiced_amount: Number
    invoiced_quantity: Number
    uninvoiced_amount: Number
    uninvoiced_quantity: Number
    received_amount: Number
    payment_date: Day
    receivable: Number
    invoiced_unpaid: Number
    due: Day
    age: str  # 未到期 / 逾期 10 天
    remark: str


class LedgerSums(TypedDict):
    """一组的合计。"""

    net_amount: Number
    invoiced_amount: Number
    uninvoiced_amount: Number
    received_amount: Number
    receivable: Number


class LedgerGroup(TypedDict):
    """一个客户：期初、各行、小计。"""

    customer: Customer
    terms: str
    salesperson: str
    opening_uninvoiced: Number
    opening_receivable: Number
    age: str
    rows: list[LedgerRow]
    sums: LedgerSums


class LedgerSnapshot(Frame):
    """附件5 《发出商品台账》：期间、分客户、期初与期末（第六章）。"""

    coordinator: str
    period_from: Day
    period_to: Day
    customers: str  # 全部（4 户）
    currency_note: str  # 元，含税 13 %
    groups: list[LedgerGroup]
    totals: LedgerSums
    opening_receivable: Number
    adjustments: Number
    closing_receivable: Number
    closing_uninvoiced: Number
    invoiced_unpaid: Number
    closed: bool
