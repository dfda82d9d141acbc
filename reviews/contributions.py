"""What reviews shows on an order's page, and what papers may know of its documents (DESIGN §4)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from orders.events import OrderAct, OrderActs, OrderSteps, OrderTab, OrderTabs, ReviewedDate
from orders.models import Negotiation, Order, State
from orders.rights import leads, negotiates, organises, works
from orders.services.changing import CHANGEABLE
from papers.registry import knows, reads, sees
from papers.shapes import CopyFacts, Facts
from parties.models import User
from reviews.answering import Other, others
from reviews.authority import authorisations_of
from reviews.change_tab import change_acts, change_tab
from reviews.models import Answer, ChangeRequest, Notice, NoticeCopy, Round, Signature
from reviews.pages import answer_page, notice_page
from reviews.rights import of_department, writes_answer
from reviews.selectors import EFFECTIVE, meetings_of, notices_of
from reviews.sight import heard_in, sees_whole
from reviews.verifying import broken_answers, broken_notice
from workflow.deputies import department_ids
from workflow.events import contributes
from workflow.machine import offers
from workflow.templatetags.wording import day

LATER = 60


@sees("reviews_notice")
def notice_is_visible(user: User, pk: int) -> bool:
    """看得见通知单的人，才看得见它的附件一、附件二（第六条、B7）。"""
    return bool(Notice.objects.visible_to(user).filter(pk=pk).exists())


@sees("reviews_changerequest")
def change_is_visible(user: User, pk: int) -> bool:
    """看得见更改申请的人，才看得见它上面的文件（B7）。"""
    return bool(ChangeRequest.objects.visible_to(user).filter(pk=pk).exists())


@sees("reviews_noticecopy")
def part_is_visible(user: User, pk: int) -> bool:
    """一个部门的评审表执行部分：本部门和营销中心（第六条）。"""
    copy = NoticeCopy.objects.filter(pk=pk, notice__in=Notice.objects.visible_to(user)).select_related("notice").first()
    return copy is not None and (sees_whole(user) or of_department(copy, user))


@reads("review")
def whole_form_is_visible(user: User, pk: int) -> bool:
    """评审表全文只有营销中心与签发人看，部门拿自己的执行部分（第六条）。"""
    return sees_whole(user)


@sees("reviews_round")
def round_is_visible(user: User, pk: int) -> bool:
    """看得见业务单的人，才看得见评审上的文件（B7）。"""
    return bool(Round.objects.visible_to(user).filter(pk=pk).exists())


@sees("parties_authorisation")
def authorisation_is_visible(user: User, pk: int) -> bool:
    """看得见授权书的人，才看得见它的扫描件（第十九条、B7）。"""
    return authorisations_of(user).filter(pk=pk).exists()


@sees("reviews_reviewmeeting")
def meeting_is_visible(user: User, pk: int) -> bool:
    """评审会议的纪要：参加的人和营销中心（第十九条）。"""
    return bool(meetings_of(user).filter(pk=pk).exists())


@knows("reviews_notice")
def copies_received(pk: int) -> Facts:
    """打印时已经知道的：各份由谁、何时签收，旧单收回没有（第六条）。"""
    rows = NoticeCopy.objects.filter(notice=pk).select_related("acknowledged_by").order_by("number")
    old = {copy.department_id: copy for copy in NoticeCopy.objects.filter(notice__changed_by=pk)}
    known = {str(copy.number): _received(copy, old.get(copy.department_id)) for copy in rows}
    return Facts(copies={number: told for number, told in known.items() if told["received_by"] or "old_copy" in told})


@knows("reviews_notice")
def signatures_broken(pk: int) -> Facts:
    """打印时签字已经失效的，印在纸上说明（第二十条）。"""
    notice = Notice.objects.select_related("round__order").filter(pk=pk).first()
    if notice is None:
        return Facts()
    answers = {answer.pk: answer.department.name for answer in notice.round.answers_now}
    found = [f"{answers[one]}：{words}" for one, words in broken_answers(notice.round.answers_now).items()]
    own = broken_notice(notice, Signature.objects.filter(notice=notice).first())
    told = [*found, *([_("签发：%(why)s") % {"why": own}] if own else [])]
    return Facts(broken=told) if told else Facts()


def _received(copy: NoticeCopy, old: NoticeCopy | None) -> CopyFacts:
    known = CopyFacts(received_by=str(copy.acknowledged_by or ""))
    if copy.acknowledged_at:
        known["received_at"] = copy.acknowledged_at
    if old is not None and old.returned_at:
        known["old_copy"] = _("%(day)s 已收回") % {"day": day(old.returned_at)}
    elif old is not None and old.state == NoticeCopy.State.LOST:
        known["old_copy"] = _("遗失")
    return known


# --- the order's page -------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class TabRound:
    """One round on the order's tab."""

    review: Round
    others: list[Other]


@contributes(OrderTabs)
def review_tabs(request: OrderTabs) -> list[OrderTab]:
    """评审与通知单两页；部门在发放以前看不到通知单（第六条）。"""
    order, user = request.order, request.user
    rounds, talks = partial(_rounds, order, user), partial(_talks, order, user)
    more = {"rounds": rounds, "talks": talks, "may_negotiate": _may_negotiate(order, user)}
    notices = partial(_notices, order, user)
    return [
        OrderTab("reviews", _("评审"), "", "reviews/_tab_reviews.html", more, 20),
        OrderTab(
            "notice",
            _("通知单"),
            "",
            "reviews/_tab_notice.html",
            {"notices": notices, "may_create": partial(_may_create, order, user)},
            30,
        ),
        *change_tab(order, user),
    ]


def _rounds(order: Order, user: User) -> list[TabRound]:
    rows = Round.objects.filter(order=order).select_related("opened_by").order_by("-number")
    found = []
    for review in rows:
        review.order = order
        found.append(TabRound(review, others(review, None, heard=heard_in(review, user))))
    return found


def _talks(order: Order, user: User) -> list[Negotiation]:
    """与客户协商的记录，只有营销中心看得到（B7）。"""
    return list(order.negotiations.order_by("-at", "-pk")) if sees_whole(user) else []


def _may_negotiate(order: Order, user: User) -> bool:
    return order.state == State.NEGOTIATING and user.may("orders.negotiate") and negotiates(order, user)


def _notices(order: Order, user: User) -> list[Notice]:
    copies = NoticeCopy.objects.select_related("department", "acknowledged_by").order_by("number")
    rows = notices_of(user).filter(order=order).prefetch_related(Prefetch("copies", copies))
    return list(rows.order_by("-pk"))


def _may_create(order: Order, user: User) -> bool:
    standing = (Notice.State.DRAFT, Notice.State.SIGNED, Notice.State.ISSUED)
    return (
        order.state == State.AGREED
        and user.may("reviews.draft_notice")
        and works(order, user)
        and not Notice.objects.filter(order=order, state__in=standing).exists()
    )


@contributes(ReviewedDate)
def reviewed_date(request: ReviewedDate) -> dt.date | None:
    """最近一轮评审定下的交期：客户同意按评审结果做，就是这一天（第二十条）。"""
    rounds = Round.objects.filter(order=request.order_id, state__in=EFFECTIVE).standing().order_by("-number")
    found: dt.date | None = rounds.values_list("delivery_date", flat=True).first()
    return found


@contributes(OrderSteps)
def review_steps(request: OrderSteps) -> dict[str, str]:
    """步骤条上「评审」「下单」下面的一句。"""
    order = request.order
    if order.accepted_at is None:
        return {}
    found: dict[str, str] = {}
    review = Round.objects.filter(order=order).order_by("-number").first()
    if review is not None:
        found["review"] = _round_words(review)
    notice = Notice.objects.filter(order=order).exclude(state=Notice.State.VOID).order_by("-pk").first()
    if notice is not None:
        found["issue"] = _notice_words(notice)
    return found


def _round_words(review: Round) -> str:
    if review.state == Round.State.OPEN:
        signed = sum(answer.state in Answer.SIGNED_STATES for answer in review.answers.all())
        return _("%(n)s／%(all)s 已签") % {"n": signed, "all": len(review.answers.all())}
    return f"{day(review.concluded_at)} {review.get_state_display()}" if review.concluded_at else ""


def _notice_words(notice: Notice) -> str:
    if notice.state == Notice.State.DRAFT:
        return str(_("等总经理签发"))
    if notice.state == Notice.State.REFUSED:
        return str(_("总经理没有签"))
    if notice.issued_at is None:
        return _("%(day)s 已签，待发放") % {"day": day(notice.signed_at)}
    return _("%(day)s %(number)s") % {"day": day(notice.issued_at), "number": notice.number}


@contributes(OrderActs)
def review_acts(request: OrderActs) -> list[OrderAct]:
    """该做的事：组织评审、看评审、答复、编制、签发、发放、签收；下单以后，更改。"""
    order, user = request.order, request.user
    if order.state in CHANGEABLE:
        return [*_of_change(order, user), *change_acts(order, user)]
    if order.state in {State.ACCEPTED, State.NEGOTIATING}:
        return [*_convene(order, user), *_negotiate(order, user), *_tell(order, user)]
    if order.state == State.REVIEWING:
        return _follow_round(order, user)
    if order.state == State.AGREED:
        return [*_follow_notice(order, user), *_tell(order, user)]
    return []


def _of_change(order: Order, user: User) -> list[OrderAct]:
    """下单以后：更改的评审要答复，签了的新通知单要发放，发来的要签收。"""
    answer = [act for act in _follow_round(order, user) if act.name == "answer"]
    issue = [act for act in _follow_notice(order, user) if act.urgency < LATER]
    return [*answer, *issue, *_acknowledge(order, user)]


def _negotiate(order: Order, user: User) -> list[OrderAct]:
    if not _may_negotiate(order, user):
        return []
    return [OrderAct("negotiate", _("记与客户协商"), reverse("orders:negotiations", args=[order.number]), 30)]


def _tell(order: Order, user: User) -> list[OrderAct]:
    if not (user.may("reviews.tell") and works(order, user)):
        return []
    untold = Round.objects.untold().filter(order=order).order_by("-number").first()
    if untold is None:
        return []
    return [OrderAct("tell", _("告知评审结果"), reverse("reviews:detail", args=[untold.pk]) + "#h-told", 60)]


def _convene(order: Order, user: User) -> list[OrderAct]:
    if not (user.may("reviews.open_round") and organises(order, user)):
        return []
    again = order.state == State.NEGOTIATING
    label = _("重新评审") if again else _("组织评审")
    return [OrderAct("open_round", label, reverse("reviews:open_round", args=[order.number]), 60 if again else 20)]


def _follow_round(order: Order, user: User) -> list[OrderAct]:
    review = Round.objects.open().filter(order=order).first()
    if review is None:
        return []
    review.order = order
    mine = next((one for one in review.answers_now if not one.is_signed and writes_answer(one, user)), None)
    if mine is not None and user.may("reviews.answer"):
        return [OrderAct("answer", _("答复评审"), answer_page(mine), 10)]
    page = reverse("reviews:detail", args=[review.pk])
    if user.may("reviews.conclude") and leads(order, user):
        ready = all(answer.is_signed for answer in review.answers_now)
        return [OrderAct("conclude", _("下评审结论") if ready else _("看评审"), page, 15 if ready else 60)]
    return [OrderAct("review", _("看评审"), page, 60)]


def _follow_notice(order: Order, user: User) -> list[OrderAct]:
    if _may_create(order, user):
        page = reverse("orders:detail", args=[order.number]) + "?tab=notice"
        return [OrderAct("create_notice", _("编制业务通知单"), page, 20)]
    notice = notices_of(user).filter(order=order, state__in=(Notice.State.DRAFT, Notice.State.SIGNED)).first()
    if notice is None:
        return []
    free = {offer.name: offer.label for offer in offers(notice, user)}
    first = next((name for name in ("sign", "issue") if name in free), "")
    label = _("%(move)s通知单") % {"move": free[first]} if first else _("看通知单")
    return [OrderAct("notice", label, notice_page(notice), 20 if first else LATER)]


def _acknowledge(order: Order, user: User) -> list[OrderAct]:
    if not user.may("reviews.acknowledge_copy"):
        return []
    copies = NoticeCopy.objects.filter(notice__order=order, notice__state=Notice.State.ISSUED)
    mine = (
        copies.filter(department__in=department_ids(user), state=NoticeCopy.State.HANDED)
        .select_related("notice")
        .first()
    )
    return [OrderAct("acknowledge", _("签收通知单"), notice_page(mine.notice), 10)] if mine else []
