"""第三章 评审：评审轮次、部门答复、签字、《业务通知单》及其各份。"""

from reviews.models.answer import Answer, Verdict
from reviews.models.archive import ArchivedOriginal
from reviews.models.change import ChangeRequest
from reviews.models.change_line import ChangeLine
from reviews.models.copy import NoticeCopy
from reviews.models.meeting import Attendee, ReviewMeeting
from reviews.models.notice import Notice, NoticeQuerySet
from reviews.models.round import Round, RoundQuerySet
from reviews.models.signature import Signature
from reviews.models.told import Told

__all__ = [
    "Answer",
    "ArchivedOriginal",
    "Attendee",
    "ChangeLine",
    "ChangeRequest",
    "Notice",
    "NoticeCopy",
    "NoticeQuerySet",
    "ReviewMeeting",
    "Round",
    "RoundQuerySet",
    "Signature",
    "Told",
    "Verdict",
]
