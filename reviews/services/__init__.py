"""第三章的动作：一个动词一个函数。"""

from reviews.models.answer import AnswerInput
from reviews.services.answer import balance, countersign, countersign_all, save_answer, sign_answer
from reviews.services.authorise import grant_authorisation, revoke_authorisation
from reviews.services.change import (
    ChangeInput,
    agree_to_change,
    agree_without_review,
    edit_change,
    refuse_change,
    request_change,
    submit_change,
    withdraw_change,
)
from reviews.services.change_notice import create_change_notice
from reviews.services.conclude import close_round, conclude
from reviews.services.convene import open_change_round, open_round, request_meeting, turn_into_meeting
from reviews.services.copies import acknowledge_copy, approve_lost, report_lost, return_copy
from reviews.services.holding import acknowledge_copies, archive_original, hand_out_standard
from reviews.services.meeting import Attendance, MeetingInput, MinutesInput, change_meeting, hold_meeting
from reviews.services.notice import create_notice, issue_notice, refuse_notice, sign_notice, sign_notices
from reviews.services.told import ToldInput, record_told
from reviews.services.voiding import void_notice

__all__ = [
    "AnswerInput",
    "Attendance",
    "ChangeInput",
    "MeetingInput",
    "MinutesInput",
    "ToldInput",
    "acknowledge_copies",
    "acknowledge_copy",
    "agree_to_change",
    "agree_without_review",
    "approve_lost",
    "archive_original",
    "balance",
    "change_meeting",
    "close_round",
    "conclude",
    "countersign",
    "countersign_all",
    "create_change_notice",
    "create_notice",
    "edit_change",
    "grant_authorisation",
    "hand_out_standard",
    "hold_meeting",
    "issue_notice",
    "open_change_round",
    "open_round",
    "record_told",
    "refuse_change",
    "refuse_notice",
    "report_lost",
    "request_change",
    "request_meeting",
    "return_copy",
    "revoke_authorisation",
    "save_answer",
    "sign_answer",
    "sign_notice",
    "sign_notices",
    "submit_change",
    "turn_into_meeting",
    "void_notice",
    "withdraw_change",
]
