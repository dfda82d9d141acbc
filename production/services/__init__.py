"""生产跟进的动作：一个动词一个函数。"""

from production.services.inspection import InspectionInput, inspect_line, inspect_lines
from production.services.plan import plan_milestones
from production.services.visit import LineDone, VisitInput, photograph, visit_order, visit_orders

__all__ = [
    "InspectionInput",
    "LineDone",
    "VisitInput",
    "inspect_line",
    "inspect_lines",
    "photograph",
    "plan_milestones",
    "visit_order",
    "visit_orders",
]
