"""What waits in intake: orders for the supervisor, questions for an answer, originals for their arrival (A6.1b–e)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from orders import guards
from orders.duplicates import Same, doubles, worded
from orders.models import Instruction, Order
from orders.reminders import ORIGINAL_WITHIN
from orders.rights import answers_instruction, leads
from papers.services import attachments_of
from parties.models import User
from parties.roles import Role
from workflow import clock
from workflow.deputies import either, ids

MOST = 50


@dataclass
class Waiting:
    """An order in the supervisor's queue, with everything needed to decide."""

    order: Order
    files: int
    may: str
    why_not: str
    same: list[Same] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    days_left: int = 0


def queue(orders: Iterable[Order], user: User) -> list[Waiting]:
    """待审核的单，连同依据、缺什么、重复的客户单号：查询次数不随行数。"""
    orders = list(orders)
    twice = doubles(orders)
    others = [other for found in twice.values() for other in found]
    words = dict(zip((one.pk for one in others), worded(others, user), strict=True))
    files = _basis_files(orders)
    return [
        Waiting(
            order,
            files.get(order.about, 0),
            "" if (why := _why_not(order, user)) else "accept",
            why,
            [words[one.pk] for one in twice.get(order.pk, [])],
            [sentence for _place, sentence in guards.missing_details(order)],
            (order.requested_date - clock.today()).days,
        )
        for order in orders
    ]


def _basis_files(orders: list[Order]) -> dict[str, int]:
    found = attachments_of(*orders).filter(kind__in=("basis", "original")).values_list("about", flat=True)
    counts: dict[str, int] = {}
    for about in found:
        counts[about] = counts.get(about, 0) + 1
    return counts


def _why_not(order: Order, user: User) -> str:
    if not (user.may("orders.accept") and leads(order, user)):
        return _("不归您审")
    return _("您提交的，自己不能审") if order.submitted_by_id == user.pk else ""


@dataclass(frozen=True)
class Chased:
    """An order whose original has not come: for how long, and whether it is overdue."""

    order: Order
    age: int
    left: int

    @property
    def over(self) -> int:
        return -self.left


def chased(orders: Iterable[Order]) -> list[Chased]:
    """原件待补的单，各等了几天、还有几天（A6.1b）。"""
    today = clock.today()
    return [_chased(order, today) for order in orders]


def _chased(order: Order, today: dt.date) -> Chased:
    since = order.submitted_at or order.created_at
    return Chased(
        order, (today - timezone.localdate(since)).days, (timezone.localdate(since + ORIGINAL_WITHIN) - today).days
    )


def asked(user: User) -> list[tuple[Instruction, bool]]:
    """等答复的请示：这个人能答的和自己问的，旧的在前；能不能答。"""
    rows = Instruction.objects.filter(state=Instruction.State.ASKED)
    if not either(user, lambda person: person.role == Role.DIRECTOR):
        rows = rows.filter(Q(order__team__supervisor__in=ids(user)) | Q(asked_by__in=ids(user)))
    rows = rows.select_related("order__team", "order__customer", "order__coordinator", "asked_by")
    may = user.may("orders.answer_instruction")
    return [(one, may and answers_instruction(one, user)) for one in rows.order_by("asked_at", "pk")[:MOST]]


def to_answer(user: User) -> list[Instruction]:
    """等这个人答复的请示（A6.1c）。"""
    return [one for one, may in asked(user) if may] if user.may("orders.answer_instruction") else []
