"""第三章 评审：评审轮次、部门答复、签字、《业务通知单》及其各份。"""

from reviews.models.answer import Answer, Verdict
from reviews.models.copy import NoticeCopy
from reviews.models.notice import Notice, NoticeQuerySet
from reviews.models.round import Round, RoundQuerySet
from reviews.models.signature import Signature

__all__ = [
    "Answer",
    "Notice",
    "NoticeCopy",
    "NoticeQuerySet",
    "Round",
    "RoundQuerySet",
    "Signature",
    "Verdict",
]
