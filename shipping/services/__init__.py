"""第五章的动作：一个动词一个函数。"""

from shipping.services.arrival import authorise_exception, confirm_arrival, enclose_papers
from shipping.services.carriers import add_carrier, edit_carrier
from shipping.services.drafting import DeliveryInput, LineInput, create_delivery
from shipping.services.gate import ask_gate_pass
from shipping.services.life import cancel_delivery, deliver_delivery, dispatch_delivery, notify_warehouse
from shipping.services.returns import BackInput, ReturnInput, receive_return, register_return

__all__ = [
    "BackInput",
    "DeliveryInput",
    "LineInput",
    "ReturnInput",
    "add_carrier",
    "ask_gate_pass",
    "authorise_exception",
    "cancel_delivery",
    "confirm_arrival",
    "create_delivery",
    "deliver_delivery",
    "dispatch_delivery",
    "edit_carrier",
    "enclose_papers",
    "notify_warehouse",
    "receive_return",
    "register_return",
]
