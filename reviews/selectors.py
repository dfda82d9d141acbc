"""Reads of the reviews floor: which departments, which round, which notice, and who must work by it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from orders.kinds import KindRules
from orders.models import Order, OrderVersion
from orders.versions import reviewed
from papers.models import Paper
from parties.models import Department, User
from parties.roles import Function
from reviews.models import Answer, ChangeRequest, Notice, NoticeCopy, NoticeQuerySet, ReviewMeeting, Round
from reviews.models.change import ChangeQuerySet
from reviews.sight import sees_whole
from workflow.guards import Blocked, Refusal

EFFECTIVE = (Round.State.PASSED, Round.State.UNMET)
VOID_NOTICE = {"article": "第二十二条", "rule": "A22"}


# --- departments ------------------------------------------------------------------------------------------------------
def kinds_of(order: Order) -> list[KindRules]:
    """这张单涉及的业务种类，都是登记时的那一版：整单的，加上各行另属的（A6.4e），不重复。"""
    return order.kinds


def named_departments(codes: Iterable[str]) -> list[Department]:
    """按代码找部门，照部门的先后。"""
    return list(Department.objects.filter(code__in=set(codes)).select_related("head"))


def reviewing_departments(order: Order) -> list[Department]:
    """参加评审的部门：各种类评审部门的并集（第十六条）。"""
    return named_departments(code for kind in kinds_of(order) for code in kind.departments)


def copy_departments(order: Order) -> list[Department]:
    """发给通知单的部门：各种类发放部门的并集（第六条）。"""
    return named_departments(code for kind in kinds_of(order) for code in kind.copies)


def manufacturing_codes(order: Order) -> set[str]:
    """哪些部门要先签收才能投产：种类选项 manufacturing（A6.3b）。"""
    found: set[str] = set()
    for kind in kinds_of(order):
        found.update(kind.manufacturing)
    return found


def buffer_days(order: Order) -> int:
    """最晚的计划日期之后，再留几天作交期（A17，种类选项 buffer_days）。"""
    return max((kind.buffer_days for kind in kinds_of(order)), default=0)


# --- rounds -----------------------------------------------------------------------------------------------------------
def effective_round(order: Order) -> Round | None:
    """订单照着做的那一轮：最近一轮通过的，或结果经客户同意的（第二十条）。"""
    rows = Round.objects.filter(order=order, state__in=EFFECTIVE).standing()
    found: Round | None = rows.order_by("-number").first()
    return found


def answers_in_force(review: Round) -> list[Answer]:
    """一轮评审之后照着做的答复：这一轮问了的部门照这一轮，更改没有问到的部门仍照从前签下的（第二十一条、第二十二条）。"""
    found = {answer.department_id: answer for answer in review.answers_now}
    if review.change_id is None:
        return list(found.values())
    earlier = Round.objects.filter(order=review.order_id, state__in=EFFECTIVE, number__lt=review.number).standing()
    for before in earlier.order_by("-number"):
        before.order = review.order
        for answer in before.answers_now:
            found.setdefault(answer.department_id, answer)
        if before.change_id is None:
            break
    return [found[pk] for pk in sorted(found)]


def changed_since_review(order: Order) -> bool:
    """业务单在最近一轮评审以后，部门评审过的内容改了没有（第二十条）。"""
    review = effective_round(order)
    if review is None or review.order_version == order.version:
        return False
    rows = OrderVersion.objects.filter(order=order, version__in=(review.order_version, order.version))
    contents = [reviewed(row.content) for row in rows]
    return len(contents) == 2 and contents[0] != contents[1]


@dataclass(frozen=True)
class PlannedDate:
    """一个部门签下的计划完成日期（第二十一条）。"""

    department_id: int
    code: str
    name: str
    function: str
    planned_date: dt.date


def planned_dates(order: Order) -> list[PlannedDate]:
    """各部门签下的计划完成日期，照部门先后；订单的节点由它来（第二十一条）。"""
    review = effective_round(order)
    if review is None:
        return []
    review.order = order
    return [
        PlannedDate(
            row.department_id, row.department.code, row.department.name, row.department.function, row.planned_date
        )
        for row in answers_in_force(review)
        if row.planned_date is not None
    ]


def open_countersignatures(order: Order) -> QuerySet[Answer]:
    """还没有补签的代签（第十九条）：挡结案，不挡生产。"""
    rows = Answer.objects.filter(
        round__order=order,
        round__state__in=EFFECTIVE,
        state=Answer.State.PROXY_SIGNED,
    )
    return rows.select_related("department")


# --- notices ----------------------------------------------------------------------------------------------------------
def current_notice(order: Order) -> Notice | None:
    """现行的业务通知单：已发放、没有作废的那一张。"""
    found: Notice | None = Notice.objects.filter(order=order, state=Notice.State.ISSUED).first()
    return found


def notice_for_work(order: Order, number: str | None = None) -> Notice:
    """The notice that a visit, an inspection, a delivery is made under: the current one unless named.

    作废的不能照着做、照着报（第二十二条）：说明被哪一张取代。
    """
    now = current_notice(order)
    if not number:
        if now is None:
            raise Blocked([Refusal(_("这张单还没有现行的业务通知单"), "第六条", "A6.3a")])
        return now
    named: Notice | None = Notice.objects.filter(order=order).numbered(number).first()
    if named is None:
        raise Blocked([Refusal(_("这张单没有通知单 %(number)s") % {"number": number[:20]}, **VOID_NOTICE)])
    if named.state != Notice.State.ISSUED:
        raise Blocked([Refusal(not_in_force(named), **VOID_NOTICE)])
    return named


def successor_of(notice: Notice) -> Notice | None:
    """取代它的那一张：现行的，或者已经签了、还没有发放的（第二十二条）。"""
    live = Notice.objects.filter(order=notice.order_id, state__in=(Notice.State.SIGNED, Notice.State.ISSUED))
    found: Notice | None = live.exclude(pk=notice.pk).defer("content").first()
    return found


def not_in_force(named: Notice) -> str:
    """不能照它做的那一句，写明现行的是哪一张（第二十二条）。"""
    words = _("通知单 %(number)s 现在是「%(state)s」，不能照它做") % {
        "number": named.number,
        "state": named.get_state_display(),
    }
    now = successor_of(named)
    if now is None:
        return words
    told = _("；现行的是 %(number)s") if now.state == Notice.State.ISSUED else _("；已由 %(number)s 取代，等发放")
    return words + told % {"number": now.number}


def outstanding_copies(order: Order) -> QuerySet[NoticeCopy]:
    """作废了还没有收回的份（第二十二条）。"""
    rows = NoticeCopy.objects.filter(notice__order=order, notice__state=Notice.State.VOID, state__in=NoticeCopy.OUT)
    return rows.select_related("notice", "department").order_by("notice_id", "number")


def manufacturing_copies(order: Order) -> list[NoticeCopy]:
    """现行通知单上制造部门的那几份；种类没有指明时，职能是制造的都算（A6.3b）。"""
    copies = NoticeCopy.objects.filter(notice__order=order, notice__state=Notice.State.ISSUED)
    codes = manufacturing_codes(order)
    found = list(copies.select_related("notice", "department").order_by("number"))
    if codes:
        return [copy for copy in found if copy.department.code in codes]
    return [copy for copy in found if copy.department.function == Function.MANUFACTURING]


def signs_notices(user: User) -> bool:
    """这个人能不能签发业务通知单（第二十条）。"""
    from parties.roles import Role
    from reviews.rights import notice_authorisation

    return user.role == Role.GM or notice_authorisation(user) is not None


# --- meetings ---------------------------------------------------------------------------------------------------------
def meetings_of(user: User) -> QuerySet[ReviewMeeting]:
    """这个人读得到的评审会议：营销中心全部，部门只有请了他、或他代人到会的（第十九条）。"""
    rows = ReviewMeeting.objects.filter(round__in=Round.objects.visible_to(user))
    rows = rows if sees_whole(user) else rows.attended_by(user)
    return rows.select_related(
        "round__order__business_kind",
        "round__order__customer",
        "round__order__team",
        "round__opened_by",
        "chair",
        "recorded_by",
    )


# --- rows for pages and the API ---------------------------------------------------------------------------------------
def rounds_of(user: User) -> QuerySet[Round]:
    """这个人看得见的评审，连同页面要用的关系。"""
    rows: QuerySet[Round] = Round.objects.visible_to(user)
    return rows.select_related(
        "order__business_kind",
        "order__customer",
        "order__team",
        "opened_by",
        "concluded_by",
        "change",
    )


def answers_of(user: User) -> QuerySet[Answer]:
    """这个人看得见的部门答复，连同答复页与接口要用的关系。"""
    rows: QuerySet[Answer] = Answer.objects.visible_to(user)
    return rows.select_related("round__order", "department", "signed_by", "countersigned_by")


def with_answers(path: str = "answers") -> Prefetch[Any]:
    """The answers of many rounds in one query."""
    return Prefetch(
        path, Answer.objects.select_related("department", "signed_by", "countersigned_by").order_by("department_id")
    )


def at_hand(review: Round) -> Round:
    """A round whose answers were prefetched, with each knowing its round."""
    review.answers_now = list(review.answers.all())
    for answer in review.answers_now:
        answer.round = review
    return review


def notices_of(user: User) -> NoticeQuerySet:
    """这个人看得见的通知单，连同页面要用的关系。"""
    rows: NoticeQuerySet = Notice.objects.visible_to(user)
    return rows.select_related(
        "order__business_kind",
        "order__customer",
        "order__team",
        "round",
        "change_of",
        "change",
        "made_by",
        "signed_by",
    )


def changes_of(user: User) -> ChangeQuerySet:
    """这个人看得见的更改申请，连同页面要用的关系。"""
    rows: ChangeQuerySet = ChangeRequest.objects.visible_to(user)
    return rows.select_related(
        "order__business_kind", "order__customer", "order__team", "order__salesperson", "created_by", "decided_by"
    )


def issued_paper(notice: Notice, kind: str = "notice") -> Paper | None:
    """签发时归档的那一张；没有签就没有。"""
    if notice.formal_number is None:
        return None
    if kind == "notice" and notice.paper_now is not None:
        return notice.paper_now
    found: Paper | None = Paper.objects.of(notice.about).filter(kind=kind).first()
    return found
