"""第五章 成品发运：成品库、承运商、送货单及其确认与例外、退货。"""

from shipping.models.carrier import Carrier
from shipping.models.confirmation import Confirmation, DispatchException
from shipping.models.delivery import Delivery, DeliveryQuerySet
from shipping.models.lines import DeliveryLine, ReturnLine, ShippedLine
from shipping.models.returns import Return
from shipping.models.standing import LineSums
from shipping.models.store import StoreEntry

__all__ = [
    "Carrier",
    "Confirmation",
    "Delivery",
    "DeliveryLine",
    "DeliveryQuerySet",
    "DispatchException",
    "LineSums",
    "Return",
    "ReturnLine",
    "ShippedLine",
    "StoreEntry",
]
