"""What reviews does when something happens below, and what it objects to."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from orders.events import MayAgreeAsReviewed, MayComplete, MayStartProduction, OrderCancelled, OrderRejected
from parties.models import User
from reviews.models import ChangeRequest, Notice, NoticeCopy, Round
from reviews.selectors import changed_since_review, manufacturing_copies, open_countersignatures, outstanding_copies
from reviews.services import close_round, void_notice
from workflow.events import objects_to, on
from workflow.guards import Refusal


@on(OrderRejected)
def close_round_of_rejected(fact: OrderRejected) -> None:
    """业务单拒绝了，未结的评审关闭（第六条）。"""
    _close(fact.order_id, fact.reason, fact.actor)


@on(OrderCancelled)
def close_and_void_of_cancelled(fact: OrderCancelled) -> None:
    """业务单取消了，评审关闭，通知单作废（第二十二条）。"""
    _close(fact.order_id, fact.reason, fact.actor)
    standing = (Notice.State.DRAFT, Notice.State.SIGNED, Notice.State.ISSUED)
    for notice in Notice.objects.filter(order_id=fact.order_id, state__in=standing):
        void_notice(notice, fact.reason, actor=fact.actor)


@objects_to(MayAgreeAsReviewed)
def order_is_as_reviewed(question: MayAgreeAsReviewed) -> Iterator[Refusal]:
    """评审以后改过产品、要求或数量的，谈成了也要重新评审（第二十条）。"""
    if changed_since_review(question.order):
        yield Refusal(_("业务单在评审以后改过产品、要求或数量，请重新评审"), "第二十条", "A20.6")


@objects_to(MayStartProduction)
def manufacturing_holds_its_copy(question: MayStartProduction) -> Iterator[Refusal]:
    """制造部签收了通知单才能投产（第六条）。"""
    for copy in manufacturing_copies(question.order):
        if copy.state != NoticeCopy.State.ACKNOWLEDGED:
            yield Refusal(
                _("%(name)s还没有签收业务通知单 %(number)s")
                % {"name": copy.department.name, "number": copy.notice.number},
                "第六条",
                "A6.3b",
            )


@objects_to(MayComplete)
def countersignatures_are_done(question: MayComplete) -> Iterator[Refusal]:
    """代签的都补签了才能归档（第十九条）。"""
    for answer in open_countersignatures(question.order):
        yield Refusal(_("评审表上%(name)s的代签还没有补签") % {"name": answer.department.name}, "第十九条", "A19.2")


@objects_to(MayComplete)
def void_copies_are_back(question: MayComplete) -> Iterator[Refusal]:
    """作废的通知单都收回了才能归档（第二十二条）。"""
    for copy in outstanding_copies(question.order):
        yield Refusal(
            _("%(name)s手里作废的通知单 %(number)s 第 %(n)s 份还没有收回")
            % {"name": copy.department.name, "number": copy.notice.number, "n": copy.number},
            "第二十二条",
            "A22",
        )


@objects_to(MayComplete)
def no_change_is_open(question: MayComplete) -> Iterator[Refusal]:
    """更改申请都有了结果才能结案（第二十二条）。"""
    for change in ChangeRequest.objects.filter(order=question.order).open():
        words = _("更改申请 %(number)s 还没有结果") % {"number": change.number}
        yield Refusal(words, "第二十二条", "A22", reverse("reviews:change", args=[change.pk]))


def _close(order_id: int, reason: str, actor: User) -> None:
    for review in Round.objects.open().filter(order_id=order_id):
        close_round(review, reason, actor=actor)
