"""谁看得见哪些业务单，怎样找到它们（第三条、B7）。"""

from __future__ import annotations

import functools
import operator
from typing import Self

from django.db.models import Exists, OuterRef, Q

from orders.models.share import OrderShare
from orders.models.states import ENDED, PROVISIONAL_BASES, State
from papers.numbered import NumberedQuerySet
from parties.models import User
from parties.roles import Role
from workflow.deputies import persons
from workflow.search import matching

SEES_ALL = frozenset({Role.DIRECTOR, Role.GM, Role.OFFICE, Role.FINANCE, Role.MACHINE, Role.ADMIN})


def _seen_by(person: User) -> Q:
    if person.role == Role.SUPERVISOR:
        return Q(team__supervisor=person) | Q(coordinator=person)
    if person.role == Role.COORDINATOR:
        return Q(coordinator=person)
    if person.role == Role.SALES:
        return Q(salesperson=person)
    shared = OrderShare.objects.filter(order=OuterRef("pk"), department=person.department_id)
    return Q(Exists(shared))


class OrderQuerySet(NumberedQuerySet):
    """Orders, narrowed to what a person may see and looks for."""

    def visible_to(self, user: User) -> Self:
        """这个人看得见的业务单（第三条、B7）：岗位决定，其余看 OrderShare；代理人连同所代的人的。"""
        if user.role in SEES_ALL:
            return self
        return self.filter(functools.reduce(operator.or_, [_seen_by(person) for person in persons(user)]))

    def open(self) -> Self:
        """还没有结案的。"""
        return self.exclude(state__in=ENDED)

    def searched(self, words: str) -> Self:
        """按单号、客户、客户单号、品名或拼音首字母找。"""
        return matching(self, words)

    def with_po(self, customer_id: int, po: str) -> Self:
        """这个客户用这个客户单号下过、还算数的单（大小写不论）。"""
        if not po.strip():
            return self.none()
        same = self.filter(customer_id=customer_id, customer_po__iexact=po.strip())
        return same.exclude(state__in=(State.REJECTED, State.CANCELLED))

    def original_pending(self) -> Self:
        """原件待补的（A6.1b）。"""
        return self.filter(basis__in=PROVISIONAL_BASES, original_received_on__isnull=True).exclude(
            state__in=(State.DRAFT, State.REJECTED, State.CANCELLED)
        )
