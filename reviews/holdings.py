"""谁手里有什么：各部门 × 现行、作废未收回的通知单各份；收发登记（第六条、第二十二条）。"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from orders.models import Order
from parties.models import Department, User
from reviews.models import Notice, NoticeCopy
from reviews.rights import leads, works
from reviews.selectors import notices_of
from samples.selectors import lent_with, standards_of

Copy = NoticeCopy.State
OUT = Q(state__in=NoticeCopy.OUT)
TO_SIGN = Q(state=Copy.HANDED, notice__state=Notice.State.ISSUED)
TO_RETURN = OUT & Q(notice__state=Notice.State.VOID)
REPORTED = OUT & ~Q(lost_reason="")
STATES = {"sign": TO_SIGN, "return": TO_RETURN, "reported": REPORTED, "lost": Q(state=Copy.LOST)}
MOST = 30


def copies_seen(user: User) -> QuerySet[NoticeCopy]:
    """看得见的通知单的各份（第三条、B7）。"""
    rows: QuerySet[NoticeCopy] = NoticeCopy.objects.filter(notice__in=Notice.objects.visible_to(user))
    return rows.select_related("notice__order__customer", "notice__order__team", "department", "acknowledged_by")


def holdings(user: User, *, state: str = "", department: str = "") -> QuerySet[Notice]:
    """现行的，和作废了还没有收齐的通知单；可以只看某种状态、某个部门的。"""
    held = NoticeCopy.objects.filter(notice=OuterRef("pk"))
    if department:
        held = held.filter(department__code=department)
    rows: QuerySet[Notice] = notices_of(user)
    if state:
        rows = rows.filter(Exists(held.filter(STATES[state])))
    else:
        standing = Q(state=Notice.State.ISSUED) | Q(state=Notice.State.VOID) & Exists(held.filter(OUT))
        rows = rows.filter(standing, Exists(held))
    copies = NoticeCopy.objects.select_related("department", "acknowledged_by").order_by("number")
    return rows.prefetch_related(Prefetch("copies", copies))


@dataclass
class Tally:
    """What one department still has to do with its copies."""

    department: Department
    sign: int
    back: int
    reported: int

    @property
    def quiet(self) -> bool:
        return not (self.sign or self.back or self.reported)


def tallies(user: User) -> list[Tally]:
    """各部门待签收、待收回、报失待核准各几份：一次查。"""
    open_ones = NoticeCopy.objects.filter(TO_SIGN | TO_RETURN | REPORTED, notice__in=Notice.objects.visible_to(user))
    counts = (
        open_ones.order_by("department")
        .values("department")
        .annotate(
            sign=Count("pk", filter=TO_SIGN), back=Count("pk", filter=TO_RETURN), reported=Count("pk", filter=REPORTED)
        )
    )
    found = {row["department"]: row for row in counts}
    departments = Department.objects.filter(pk__in=found).order_by("pk")
    return [Tally(one, found[one.pk]["sign"], found[one.pk]["back"], found[one.pk]["reported"]) for one in departments]


@dataclass
class Row:
    """One notice across the departments of the page."""

    notice: Notice
    cells: list[NoticeCopy | None] = field(default_factory=list)


def grid(notices: Iterable[Notice]) -> tuple[list[Department], list[Row]]:
    """The departments that the page names, and each notice's copy under each of them."""
    notices = list(notices)
    copies = {notice.pk: {copy.department_id: copy for copy in notice.copies.all()} for notice in notices}
    named = {copy.department_id: copy.department for held in copies.values() for copy in held.values()}
    departments = [named[pk] for pk in sorted(named)]
    return departments, [Row(one, [copies[one.pk].get(each.pk) for each in departments]) for one in notices]


def waiting_for(user: User) -> list[NoticeCopy]:
    """等这个人办的：本部门要签收、要交回的；主任要核准遗失的。"""
    mine = TO_SIGN | TO_RETURN if user.may("reviews.acknowledge_copy") else Q(pk__in=())
    wanted = Q(mine, department=user.department_id)
    if user.may("reviews.approve_lost"):
        wanted |= REPORTED
    found = list(copies_seen(user).filter(wanted).order_by("pk")[: MOST * 2])
    own = [one for one in found if one.department_id == user.department_id or leads(one, user)]
    return own[:MOST]


def to_acknowledge(user: User) -> QuerySet[NoticeCopy]:
    """本部门还没有签收的现行通知单，旧的在前。"""
    rows = copies_seen(user).filter(TO_SIGN, department=user.department_id)
    return rows.order_by("pk")


def register(
    user: User, *, since: dt.date, until: dt.date, department: str = "", words: str = ""
) -> QuerySet[NoticeCopy]:
    """收发登记：这段日子发出的各份，谁签收、何时交回（第六条）。"""
    rows = copies_seen(user).filter(handed_at__date__gte=since, handed_at__date__lte=until)
    rows = rows.select_related("returned_by", "lost_approved_by")
    if department:
        rows = rows.filter(department__code=department)
    if words.strip():
        orders = Order.objects.searched(words)
        rows = rows.filter(Q(notice__formal_number__istartswith=words.strip()) | Q(notice__order__in=orders))
    return rows


def named(code: str) -> Any:
    """The department of a code, or none."""
    return Department.objects.filter(code=code).first() if code else None


def beside_copies(notice: Notice, user: User) -> dict[str, Any]:
    """What the notice's page shows beside its copies: standards lent and at hand, where the original lies."""
    copies = notice.copies_now if notice.issued_at else []
    lent = lent_with([copy.about for copy in copies])
    for copy in copies:
        copy.lent = lent.get(copy.about, [])
    working = works(notice, user)
    hands = notice.state == Notice.State.ISSUED and working and user.may("samples.keep")
    return {
        "standards": standards_of(notice.order) if hands else [],
        "original": notice.originals.select_related("by").order_by("-pk").first() if notice.signed_at else None,
        "may_archive": notice.signed_at is not None and working and user.may("reviews.issue_notice"),
    }
