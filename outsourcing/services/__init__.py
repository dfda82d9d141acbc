"""第四章的动作：一个动词一个函数。"""

from outsourcing.services.life import (
    approve_outsourcing,
    cancel_outsourcing,
    finish_receiving,
    reconcile_outsourcing,
    send_outsourcing,
    settle_outsourcing,
)
from outsourcing.services.making import OutsourcedLine, OutsourcingInput, create_outsourcing
from outsourcing.services.movement import (
    MaterialInput,
    ReceiptInput,
    issue_material,
    receive_goods,
    return_material,
)
from outsourcing.services.plan import PlanInput, PlannedLine, approve_plan, create_plan
from outsourcing.services.processor import create_processor, edit_processor

__all__ = [
    "MaterialInput",
    "OutsourcedLine",
    "OutsourcingInput",
    "PlanInput",
    "PlannedLine",
    "ReceiptInput",
    "approve_outsourcing",
    "approve_plan",
    "cancel_outsourcing",
    "create_outsourcing",
    "create_plan",
    "create_processor",
    "edit_processor",
    "finish_receiving",
    "issue_material",
    "receive_goods",
    "reconcile_outsourcing",
    "return_material",
    "send_outsourcing",
    "settle_outsourcing",
]
