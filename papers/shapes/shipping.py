"""《发货通知单》 and 《送货单》 (第五章)."""

from typing import Literal, NotRequired, TypedDict

from papers.shapes.frame import Customer, Day, Frame, Moment, Number


class DispatchLine(TypedDict):
    """发货通知单一行：应发数量、备品、装箱与检验依据。"""

    no: int
    order_number: str
    name: str
    specification: str
    unit: str
    quantity: Number
    spare: Number
    packages: NotRequired[Number]
    per_package: NotRequired[Number]
    lot: NotRequired[str]
    inspection: NotRequired[str]
    remark: NotRequired[str]


class Confirmation(TypedDict):
    """到货日期的一次确认（第五章）：谁向谁、如何、说了什么。"""

    at: Moment
    by: str
    person: str  # of the customer, or the salesperson
    how: str
    arrival_date: Day


class DispatchNoticeSnapshot(Frame):
    """《发货通知单》：跟单通知仓库备货（第五章）。"""

    customer: Customer
    address: str
    contact: str
    phone: str
    notice_date: Day
    arrival_date: Day
    confirmations: list[Confirmation]
    carrier: str
    vehicle: NotRequired[str]
    delivery_number: NotRequired[str]
    lines: list[DispatchLine]
    remark: NotRequired[str]


class DeliveryCopy(TypedDict):
    """送货单的一联：第几联、持有者、纸色、是否列价格。"""

    ordinal: str  # 一
    holder: str  # 客户
    colour: NotRequired[str]  # 白
    priced: bool


class DeliveryLine(TypedDict):
    """送货单一行；单价、金额按联由服务器列出或略去。"""

    no: int
    customer_po: str
    order_number: str
    customer_part: NotRequired[str]
    name: str
    specification: str
    unit: str
    quantity: Number
    spare: Number
    price: Number
    amount: Number
    packing: NotRequired[str]
    remark: NotRequired[str]


class DeliverySnapshot(Frame):
    """《送货单》五联：客户、仓库存根、财务、业务、收款（第五章）。"""

    sheet: Literal["a5l", "c241"]
    priced: bool  # multi-part paper (c241): the same on every ply
    customer: Customer
    address: str
    contact: str
    phone: str
    delivery_date: Day
    dispatch_notice: str
    arrival: str  # 12-11 上午（已两次确认）
    carrier: str
    waybill: str
    vehicle: str
    driver: str
    packages: NotRequired[Number | None]
    weight_kg: NotRequired[Number | None]
    currency: NotRequired[str]
    tax_note: NotRequired[str]  # 含税 13 %
    total: Number
    lines: list[DeliveryLine]
    note: NotRequired[str]
    copies: list[DeliveryCopy]
