"""第二章 接单：业务种类、产品、业务单及其明细、依据与请示、可见与例外。"""

from orders.models.basis import Instruction
from orders.models.exceptions import GateException, OverAuthorisation
from orders.models.kind import BusinessKind
from orders.models.line import OrderLine
from orders.models.order import Basis, Order, OrderQuerySet, State
from orders.models.product import Product
from orders.models.share import OrderShare
from orders.models.version import OrderVersion

__all__ = [
    "Basis",
    "BusinessKind",
    "GateException",
    "Instruction",
    "Order",
    "OrderLine",
    "OrderQuerySet",
    "OrderShare",
    "OrderVersion",
    "OverAuthorisation",
    "Product",
    "State",
]
