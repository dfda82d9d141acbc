"""生产跟进的表：节点、巡查、检验。"""

from production.models.inspection import Inspection
from production.models.milestone import Milestone
from production.models.visit import Quality, Schedule, Visit, VisitLine, VisitPhoto

__all__ = ["Inspection", "Milestone", "Quality", "Schedule", "Visit", "VisitLine", "VisitPhoto"]
