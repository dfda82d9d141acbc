"""Who sees how much of a review: those who run it all of it, a department its own part (第六条、第十九条)."""

from __future__ import annotations

from parties.models import User
from parties.roles import Function, Role
from reviews.models import Answer, Round
from reviews.rights import writes_answer

OF_THEIR_DEPARTMENT = frozenset({Role.DEPARTMENT, Role.FINANCE, Role.WAREHOUSE})


def sees_whole(user: User) -> bool:
    """组织的人、跟单员与营销中心看得见各部门答复的全文（第六条）。"""
    if user.role not in OF_THEIR_DEPARTMENT:
        return True
    return user.department is not None and user.department.function == Function.MARKETING


def sees_answer(answer: Answer, user: User) -> bool:
    """一个部门的答复，本部门看全文；别的部门只看它的进度与计划日期（第六条、第十九条）。"""
    return sees_whole(user) or writes_answer(answer, user)


def seen_in_full(review: Round, user: User) -> frozenset[int]:
    """Which answers of this round the person reads in full: asked once for a page."""
    return frozenset(answer.pk for answer in review.answers_now if sees_answer(answer, user))
