"""第二章 接单：业务种类、产品、询盘与报价、业务单及其明细、合同、依据与请示、可见与例外。"""

from orders.models.basis import Instruction
from orders.models.contract import OrderContract
from orders.models.exceptions import GateException, OverAuthorisation
from orders.models.inquiry import Inquiry
from orders.models.kind import BusinessKind, KindVersion
from orders.models.line import OrderLine
from orders.models.negotiation import Negotiation
from orders.models.nonconformity import Nonconformity
from orders.models.order import Order
from orders.models.product import Product
from orders.models.quotation import Quotation
from orders.models.quoted import QuotationLine, QuotationStep
from orders.models.release import ReleaseWord, ReturnDay, ReturnDayWithdrawal
from orders.models.returns import OrderReturn, ReturnRemark
from orders.models.seeing import OrderQuerySet
from orders.models.share import OrderShare
from orders.models.sheet import FormSheet
from orders.models.states import Basis, State
from orders.models.version import OrderVersion

__all__ = [
    "Basis",
    "BusinessKind",
    "FormSheet",
    "GateException",
    "Inquiry",
    "Instruction",
    "KindVersion",
    "Negotiation",
    "Nonconformity",
    "Order",
    "OrderContract",
    "OrderLine",
    "OrderQuerySet",
    "OrderReturn",
    "OrderShare",
    "OrderVersion",
    "OverAuthorisation",
    "Product",
    "Quotation",
    "QuotationLine",
    "QuotationStep",
    "ReleaseWord",
    "ReturnDay",
    "ReturnDayWithdrawal",
    "ReturnRemark",
    "State",
]
