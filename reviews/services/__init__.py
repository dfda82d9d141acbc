"""第三章的动作：一个动词一个函数。"""

from reviews.models.answer import AnswerInput
from reviews.services.answer import balance, countersign, save_answer, sign_answer
from reviews.services.conclude import close_round, conclude
from reviews.services.convene import open_round, request_meeting, turn_into_meeting
from reviews.services.copies import acknowledge_copy, approve_lost, report_lost, return_copy
from reviews.services.notice import create_notice, issue_notice, refuse_notice, sign_notice, sign_notices, void_notice

__all__ = [
    "AnswerInput",
    "acknowledge_copy",
    "approve_lost",
    "balance",
    "close_round",
    "conclude",
    "countersign",
    "create_notice",
    "issue_notice",
    "open_round",
    "refuse_notice",
    "report_lost",
    "request_meeting",
    "return_copy",
    "save_answer",
    "sign_answer",
    "sign_notice",
    "sign_notices",
    "turn_into_meeting",
    "void_notice",
]
