"""The facts that reviews and notices wait for, each with its article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from workflow.guards import guard

if TYPE_CHECKING:
    from reviews.models import Answer, Notice, NoticeCopy, Round


# --- answers ----------------------------------------------------------------------------------------------------------
@guard("这一轮评审已经结束，答复不能再改、再签", article="第二十条", rule="A20.1")
def round_is_open(answer: Answer) -> bool:
    """结论下了以后，答复就是历史。"""
    return bool(answer.round.state == "open")


@guard(article="第十七条", rule="A17")
def has_verdict_and_date(answer: Answer) -> Iterator[str]:
    """部门的答复有结论、有计划完成日期。"""
    if not answer.verdict:
        yield _("还没有写结论：同意、有条件同意，还是不同意")
    if answer.planned_date is None:
        yield _("还没有填计划完成日期")


@guard(article="第十八条", rule="A18")
def six_points_are_answered(answer: Answer) -> Iterator[str]:
    """六项评审每项都要明示。"""
    if missing := answer.unanswered_points:
        yield _("六项评审还有 %(n)s 项没答：%(which)s") % {"n": len(missing), "which": "、".join(missing)}


# --- rounds -----------------------------------------------------------------------------------------------------------
@guard(article="第二十条", rule="A20.1")
def every_answer_is_signed(review: Round) -> Iterator[str]:
    """每个部门的第一负责人都在现在的内容上签了字；平衡改过日期的要重签。"""
    for answer in review.answers_now:
        name = answer.department.name
        if answer.state == "blank":
            yield _("%(name)s还没有答复") % {"name": name}
        elif not answer.is_signed:
            yield _("%(name)s还没有在现在的内容上签字") % {"name": name}


@guard(article="第二十条", rule="A20.6")
def nobody_disagrees(review: Round) -> Iterator[str]:
    """没有部门仍然不同意；有就重新答复、转会议，或去和客户协商。"""
    for answer in review.answers_now:
        if answer.verdict == "disagree":
            yield _("%(name)s不同意") % {"name": answer.department.name}


# --- notices ----------------------------------------------------------------------------------------------------------
@guard("业务单不在「待签发」，通知单现在不能签、不能发", article="第二十条", rule="A6.3a")
def order_is_agreed(notice: Notice) -> bool:
    """评审通过、或客户同意评审结果以后，才轮到通知单。"""
    return notice.change_of_id is not None or notice.order.state == "agreed"


@guard("业务单在编制通知单以后改过，请重新编制", article="第二十条", rule="A20.6")
def content_is_of_today(notice: Notice) -> bool:
    """通知单上的，正是业务单现在这一版和现在的交期。"""
    return notice.is_current


@guard(article="第二十条", rule="A20.6")
def review_form_is_signed(notice: Notice) -> Iterator[str]:
    """通知单和评审表一起交总经理，评审表先要各部门签齐。"""
    for answer in notice.round.answers_now:
        if not answer.is_signed:
            yield _("评审表上%(name)s还没有签字") % {"name": answer.department.name}


@guard("这张通知单已经作废，请交回跟单员", article="第二十二条", rule="A22")
def notice_is_in_force(copy: NoticeCopy) -> bool:
    """作废的不再签收。"""
    return bool(copy.notice.state == "issued")


@guard("通知单还有效，这一份不用交回", article="第二十二条", rule="A22")
def notice_is_void(copy: NoticeCopy) -> bool:
    """只收回作废的那一版。"""
    return bool(copy.notice.state == "void")


@guard("还没有人报告遗失并写明原因", article="第六条", rule="A6.3b")
def loss_is_reported(copy: NoticeCopy) -> bool:
    """遗失先由领用部门说明原因，主任再核准。"""
    return bool(copy.lost_reason)
