"""样品登记簿的表：样品、领用、去向、寄样、放行条。"""

from samples.models.dispatch import SampleDispatch, SampleDispatchLine
from samples.models.gate import GatePass
from samples.models.loan import Loan
from samples.models.movement import SampleMovement
from samples.models.sample import Balance, Sample

__all__ = ["Balance", "GatePass", "Loan", "Sample", "SampleDispatch", "SampleDispatchLine", "SampleMovement"]
