"""第四章 外协加工的表：加工商、计划、加工单、材料与收货。"""

from outsourcing.models.material import MaterialIssue, MaterialReturn
from outsourcing.models.order import OutsourcingLine, OutsourcingOrder
from outsourcing.models.plan import OutsourcingPlan, PlanLine
from outsourcing.models.processor import Processor
from outsourcing.models.receipt import Receipt

__all__ = [
    "MaterialIssue",
    "MaterialReturn",
    "OutsourcingLine",
    "OutsourcingOrder",
    "OutsourcingPlan",
    "PlanLine",
    "Processor",
    "Receipt",
]
