"""补签的一叠：谁代签的、凭哪份授权书、等了几个工作日（第十九条）。"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from parties.models import User
from reviews.models import Answer, Round, Signature
from reviews.selectors import EFFECTIVE
from workflow import clock
from workflow.calendar import working_days_passed

SOON = 3


@dataclass(frozen=True)
class Proxy:
    """One answer that was signed by a delegate and waits for the head."""

    answer: Answer
    authorisation: str
    age: int

    @property
    def late(self) -> bool:
        """Older than a head should let it lie."""
        return self.age > SOON


def proxies_of(user: User) -> QuerySet[Answer]:
    """此时由这个人当第一负责人的部门里，代签了还没有补签的，先代签的在前。"""
    rows = Answer.objects.filter(
        state=Answer.State.PROXY_SIGNED, round__state__in=(Round.State.OPEN, *EFFECTIVE), department__head=user
    )
    by = Signature.objects.filter(answer=OuterRef("pk"), is_proxy=True).order_by("-pk")
    rows = rows.annotate(by_number=Subquery(by.values("authorisation__number")[:1]))
    rows = rows.select_related("round__order__customer", "department", "signed_by")
    found: QuerySet[Answer] = rows.order_by("signed_at", "pk")
    return found


def waiting(user: User, limit: int) -> list[Proxy]:
    """等他补签的，连同等了几个工作日。"""
    rows = list(proxies_of(user)[:limit])
    days = {answer.pk: timezone.localdate(answer.signed_at) for answer in rows}
    ages = working_days_passed(set(days.values()), clock.today())
    return [Proxy(answer, answer.by_number or "", ages[days[answer.pk]]) for answer in rows]
