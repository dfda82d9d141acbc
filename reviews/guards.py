"""The facts that reviews and notices wait for, each with its article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from orders.guards import missing_after_change
from workflow.guards import guard

if TYPE_CHECKING:
    from reviews.models import Answer, ChangeRequest, Notice, NoticeCopy, ReviewMeeting, Round


# --- answers ----------------------------------------------------------------------------------------------------------
@guard("这一轮评审已经结束，答复不能再改、再签", article="第二十条", rule="A20.1")
def round_is_open(answer: Answer) -> bool:
    """结论下了以后，答复就是历史。"""
    return bool(answer.round.state == "open")


@guard("分散评审的答复由部门自己写，会上才替它记", article="第十九条", rule="A19.1")
def round_is_a_meeting(answer: Answer) -> bool:
    """只有集中评审，才由会议记下没有答的部门说了什么。"""
    return bool(answer.round.form == "meeting")


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


@guard("代签以后内容被动过，签字已经失效，要重新答复、重新签", article="第二十条", rule="A20.1")
def signature_holds(answer: Answer) -> bool:
    """补签认下的，只能是代签的那一份内容。"""
    return not answer.is_torn


# --- rounds -----------------------------------------------------------------------------------------------------------
@guard(article="第二十条", rule="A20.1")
def every_answer_is_signed(review: Round) -> Iterator[str]:
    """每个部门的第一负责人都在现在的内容上签了字；平衡改过日期的要重签。一个部门都没有请，不算评审过。"""
    if not review.answers_now:
        yield _("这一轮没有请任何部门评审")
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


@guard(article="第十八条", rule="A18")
def cost_is_in_budget(review: Round) -> Iterator[str]:
    """种类要求评成本时，超出客户预算的先与客户协商。"""
    for answer in review.answers_now if review.asks_cost else ():
        if answer.points.get("cost") is False:
            yield _("%(name)s：成本超出客户预算，请与客户协商") % {"name": answer.department.name}


@guard("集中评审还没有登记到会和会议纪要", article="第十九条", rule="A19.1")
def meeting_is_held(review: Round) -> bool:
    """集中式评审开过会、有到会和纪要，才能通过。"""
    meeting = getattr(review, "meeting", None) if review.form == "meeting" else None
    return review.form != "meeting" or (meeting is not None and meeting.state == "held")


# --- meetings ---------------------------------------------------------------------------------------------------------
@guard("这一轮评审已经结束，纪要不能再改", article="第二十条", rule="A19.1")
def round_of_meeting_is_open(meeting: ReviewMeeting) -> bool:
    """结论下了以后，纪要就是历史。"""
    return bool(meeting.round.state == "open")


@guard(article="第十九条", rule="A19.1")
def meeting_has_time_and_place(meeting: ReviewMeeting) -> Iterator[str]:
    """会议先定时间、地点。"""
    if meeting.round.meeting_at is None:
        yield _("还没有定会议时间")
    if not meeting.round.meeting_place:
        yield _("还没有定会议地点")


@guard(article="E类 合同评审", rule="E3")
def nobody_is_incapable(review: Round) -> Iterator[str]:
    """种类定了的，有部门答没有能力满足，这张单就不能接。"""
    if not any(kind.turned_on("reject_incapable") for kind in review.order.kinds):
        return
    for answer in review.answers_now:
        if answer.points.get("capable") is False:
            yield _("%(name)s答没有能力满足，结论只能是不能接") % {"name": answer.department.name}


# --- notices ----------------------------------------------------------------------------------------------------------
@guard("业务单不在「待签发」，通知单现在不能签、不能发", article="第二十条", rule="A6.3a")
def order_is_agreed(notice: Notice) -> bool:
    """评审通过、或客户同意评审结果以后，才轮到通知单；更改的通知单看更改申请。"""
    return notice.change is not None or notice.order.state == "agreed"


@guard("更改申请还没有评审通过，或者已经撤回，这张通知单不能签", article="第二十二条", rule="A22")
def change_is_agreed(notice: Notice) -> bool:
    """更改评审通过、或客户同意评审结果以后，才轮到更改的通知单。"""
    return notice.change is None or notice.change.is_agreed


@guard("更改还没有生效，通知单不能发", article="第二十二条", rule="A22")
def change_is_effective(notice: Notice) -> bool:
    """更改的通知单签了，更改就生效了，才发到各部门。"""
    return notice.change is None or notice.change.state == "effective"


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


# --- changes ----------------------------------------------------------------------------------------------------------
@guard("还没有写要改什么", article="第二十二条", rule="A22")
def something_changes(change: ChangeRequest) -> bool:
    """逐行写明改什么，或者整单取消。"""
    return change.cancel or bool(change.lines_now)


@guard(article="第六条", rule="A6.1d")
def changed_lines_are_complete(change: ChangeRequest) -> Iterator[str]:
    """新增的、改了的各行，种类要的内容写齐了才提交，与业务单提交时一样（第六条、第二十二条）。"""
    if not change.cancel:
        after = change.changed_order
        yield from missing_after_change(after, change.changes.touched(after))


@guard("改的不只是单价、费用，要请有关的部门评审", article="第二十二条", rule="A22")
def only_prices_change(change: ChangeRequest) -> bool:
    """做什么、做多少、何时交都照旧，才不用部门评审。"""
    return not change.needs_review


@guard("已经同意了，可以编制通知单", article="第二十二条", rule="A22")
def not_decided_yet(change: ChangeRequest) -> bool:
    """同意一次就够了，评审通过的也不用再同意。"""
    return not change.is_agreed


@guard("业务单在写这份申请以后变过，请撤回重写", article="第二十二条", rule="A22")
def order_is_as_it_was(change: ChangeRequest) -> bool:
    """改的是业务单现在这一版。"""
    return change.order_version == change.order.version


@guard("这份更改还有一轮评审没有结束", article="第二十二条", rule="A22")
def no_round_is_open(change: ChangeRequest) -> bool:
    """一轮评审完了，才有下一轮。"""
    last = change.last_round
    return last is None or last.state != "open"


@guard("最近一轮评审没有要求与客户协商，不用再记客户的答复", article="第二十条", rule="A20.6")
def round_wants_negotiation(change: ChangeRequest) -> bool:
    """评审结果满足不了客户，才去问客户同不同意。"""
    return change.last_round is not None and change.last_round.state == "unmet"
