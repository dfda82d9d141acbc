"""流转的表：留痕、待办、发件箱、工作日历、自查记录。"""

from workflow.history import AppendOnly
from workflow.models.calendar import Holiday
from workflow.models.duty import Duty
from workflow.models.log import TransitionLog
from workflow.models.outbox import OutboxMessage
from workflow.models.proof import ProofRun
from workflow.models.stateful import Stateful

__all__ = ["AppendOnly", "Duty", "Holiday", "OutboxMessage", "ProofRun", "Stateful", "TransitionLog"]
