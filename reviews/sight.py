"""Who sees how much of a review: those who run it all of it, a department its own part (第六条、第十九条).

While a round is open the departments that take part in it also read the conditions that others have signed: the next
reckons with 特种纸要先付 50%. The points and their remarks stay with their department; afterwards each has its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from parties.models import Authorisation, User
from parties.roles import Function, Role
from reviews.models import Answer, Round, Verdict
from reviews.rights import writes_answer
from workflow import clock
from workflow.deputies import either

OF_THEIR_DEPARTMENT = frozenset({Role.DEPARTMENT, Role.FINANCE, Role.WAREHOUSE})


def sees_whole(user: User) -> bool:
    """组织的人、跟单员与营销中心看得见各部门答复的全文（第六条）。"""
    if user.role not in OF_THEIR_DEPARTMENT:
        return True
    return user.department is not None and user.department.function == Function.MARKETING


def sees_answer(answer: Answer, user: User) -> bool:
    """一个部门的答复，本部门看全文；别的部门只看它的进度、计划日期与签下的条件（第六条、第十九条）。"""
    return sees_whole(user) or writes_answer(answer, user)


@dataclass
class Sight:
    """How much this person reads of reviews: what it takes to know is asked once for a page, if at all."""

    user: User
    whole: bool

    @cached_property
    def delegated(self) -> frozenset[int]:
        """For which departments a written authorisation lets the person sign today (第十九条)."""
        rows = Authorisation.objects.valid(delegate=self.user, scope=Authorisation.Scope.SIGN_REVIEW, on=clock.today())
        return frozenset(rows.exclude(department=None).values_list("department_id", flat=True))

    def full(self, answer: Answer) -> bool:
        """全文：组织的人与营销中心，和这个部门自己的人（第六条、第十九条）。"""
        return self.whole or self._own(answer)

    def heard(self, answer: Answer) -> bool:
        """意见：全文看得到的；还在评审时，参加这一轮的部门也看得到别的部门签下的条件（第十九条）。"""
        return self.full(answer) or (is_condition(answer) and any(map(self._own, answer.round.answers_now)))

    def _own(self, answer: Answer) -> bool:
        return either(self.user, answer.is_of) or answer.department_id in self.delegated


def sight_of(user: User) -> Sight:
    """What this person reads of every review of a page."""
    return Sight(user, sees_whole(user))


def is_condition(answer: Answer) -> bool:
    """签了字的条件，或不同意的理由，评审还没有结束：别的部门答自己的一份要用到它（第十九条）。"""
    limits = answer.verdict in {Verdict.CONDITIONAL, Verdict.DISAGREE}
    return limits and answer.round.state == Round.State.OPEN and answer.is_signed


def seen_in_full(review: Round, user: User) -> frozenset[int]:
    """Which answers of this round the person reads in full: asked once for a page."""
    sight = sight_of(user)
    return frozenset(answer.pk for answer in review.answers_now if sight.full(answer))


def heard_in(review: Round, user: User) -> frozenset[int]:
    """Whose opinion the person reads in this round: asked once for a page."""
    sight = sight_of(user)
    return frozenset(answer.pk for answer in review.answers_now if sight.heard(answer))
