"""召集：组织评审，申请集中，转为会议（第十五条、第十六条、第十九条）。"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from orders import services as order_services
from orders.models import Order, OrderShare
from orders.models import State as OrderState
from orders.review_points import own_points
from parties.models import Department, User
from reviews.models import Answer, ChangeRequest, Notice, Round
from reviews.rights import leads, works
from reviews.selectors import kinds_of, reviewing_departments
from reviews.services.change import check_departments
from reviews.services.meeting import NO_MEETING, MeetingInput, call_meeting, check_meeting, wrong_moment
from reviews.services.voiding import void_notice
from reviews.short import short_departments, why_not_short
from workflow import clock
from workflow.calendar import working_days_after
from workflow.guards import Blocked, Refusal, WrongState
from workflow.machine import begin, begin_all, locked, perform, record, together

ANSWER_BY = dt.time(17, 0)


@together
def open_round(
    order: Order,
    form: str,
    *,
    actor: User,
    reason: str = "",
    meeting: MeetingInput = NO_MEETING,
    answer_due: dt.datetime | None = None,
    short: bool = False,
) -> Round:
    """主任组织评审：定形式，发给各种类的评审部门，业务单转入评审中（第十五条、第十六条、第十九条）。"""
    _check_form(form, meeting)
    _check_due(answer_due)
    order = locked(order)
    again = order.state != OrderState.ACCEPTED
    order = order_services.open_order_round(order, actor=actor)
    if short:
        _check_short(order, reason)
    departments = short_departments(order) if short else reviewing_departments(order)
    if not departments:
        raise ValidationError(_("业务种类「%(kind)s」没有定评审部门") % {"kind": order.business_kind})
    earlier = order.rounds.count() if again else 0
    if earlier:
        _void_unissued(order, actor)
    due = answer_due or next_working_day_at(ANSWER_BY)
    review = Round(number=earlier + 1, form=form, reason=reason, answer_due=due, short=short)
    return _begun(review, order, departments, meeting, actor)


@together
def open_change_round(
    change: ChangeRequest,
    form: str,
    *,
    actor: User,
    reason: str = "",
    meeting: MeetingInput = NO_MEETING,
    answer_due: dt.datetime | None = None,
    departments: Sequence[Department] | None = None,
) -> Round:
    """主任组织更改的评审：请哪些部门由主任定，没说就是申请上写的；业务单的状态不动（第二十二条）。"""
    _check_form(form, meeting)
    _check_due(answer_due)
    change = perform(change, "review", actor=actor)
    _ask(change, departments)
    for notice in change.notices.filter(state=Notice.State.DRAFT):
        void_notice(notice, _("重新评审"), actor=actor)
    departments = list(change.departments.select_related("head"))
    number = change.order.rounds.count() + 1
    due = answer_due or next_working_day_at(ANSWER_BY)
    review = Round(change=change, number=number, form=form, reason=reason, answer_due=due)
    return _begun(review, change.order, departments, meeting, actor)


def _ask(change: ChangeRequest, departments: Sequence[Department] | None) -> None:
    """No round without anybody to answer; whom the supervisor names is kept with the change."""
    if departments is not None:
        check_departments(change.changed_order, departments)
        change.departments.set(departments)
    if not change.departments.exists():
        raise ValidationError({"departments": _("至少请一个部门；只改单价、费用的不用评审，直接同意更改")})


def _begun(review: Round, order: Order, departments: list[Department], meeting: MeetingInput, actor: User) -> Round:
    """The round with a blank answer for each department, which can now see the order."""
    review.order = order
    review.order_version = order.version
    review.reason = review.reason.strip()
    review.asks_cost = any(kind.turned_on("cost_aspect") for kind in kinds_of(order))
    review.points = own_points(kinds_of(order), asks_cost=review.asks_cost)
    review.meeting_at, review.meeting_place = meeting.time, meeting.place.strip()
    review.opened_by = actor
    begin(review, actor=actor, label=_("组织评审"), article="第十六条", rule="A16", reason=review.reason)
    answers = [Answer(round=review, department=department) for department in departments]
    review.answers_now = begin_all(answers, actor=actor, label=_("送评审"), article="第十七条", rule="A17")
    order_services.share_order(order, [department.pk for department in departments], OrderShare.Reason.REVIEW)
    if review.form == Round.Form.MEETING:
        call_meeting(review, meeting, actor=actor)
    return review


@together
def request_meeting(review: Round, reason: str, *, actor: User) -> Round:
    """分散式谈不拢，跟单员申请转集中（第十九条）。"""
    review = _open(review)
    if not (actor.may("reviews.request_meeting") and works(review, actor)):
        raise PermissionDenied(_("这张单不是您的，不能申请集中评审"))
    _still_distributed(review)
    review.meeting_wanted = _words(reason)
    return record(
        review,
        "request_meeting",
        actor=actor,
        label=_("申请集中评审"),
        article="第十九条",
        rule="A19.3",
        reason=review.meeting_wanted,
    )


@together
def turn_into_meeting(review: Round, reason: str, *, actor: User, meeting: MeetingInput = NO_MEETING) -> Round:
    """主任决定转为集中式，各部门已有的答复都留着（第十九条）。"""
    review = _open(review)
    if not (actor.may("reviews.turn_into_meeting") and leads(review, actor)):
        raise PermissionDenied(_("转为集中评审由带这张单的主任决定"))
    _still_distributed(review)
    check_meeting(meeting, convened=False)
    review.form = Round.Form.MEETING
    review.reason = _words(reason)
    review.meeting_at = meeting.time
    review.meeting_place = meeting.place.strip()
    review = record(
        review,
        "turn_into_meeting",
        actor=actor,
        label=_("转为集中评审"),
        article="第十九条",
        rule="A19.3",
        reason=review.reason,
    )
    call_meeting(review, meeting, actor=actor)
    return review


def next_working_day_at(time: dt.time) -> dt.datetime:
    """下一个工作日的几点。"""
    day = working_days_after(clock.today(), 1)
    return timezone.make_aware(dt.datetime.combine(day, time))


def _check_form(form: str, meeting: MeetingInput) -> None:
    if form not in Round.Form.values:
        raise ValidationError({"form": _("评审形式是分散式或集中式")})
    check_meeting(meeting, convened=form == Round.Form.MEETING)


def _check_short(order: Order, reason: str) -> None:
    """A short review is only for what is made again unchanged, and says why."""
    if why := why_not_short(order):
        raise Blocked([Refusal(why, "第十六条", "A18")])
    if not reason.strip():
        raise ValidationError({"reason": _("短评审要写明理由")})


def _check_due(moment: dt.datetime | None) -> None:
    """Nothing is due in another century or before today."""
    if wrong := wrong_moment(moment):
        raise ValidationError({"answer_due": wrong})


def _void_unissued(order: Order, actor: User) -> None:
    """A notice that was not issued yet rests on the old round: it goes with it (A20.6)."""
    waiting = Notice.objects.filter(order=order, state__in=(Notice.State.DRAFT, Notice.State.SIGNED))
    for notice in waiting.filter(change_of__isnull=True):
        void_notice(notice, _("重新评审"), actor=actor)


def _open(review: Round) -> Round:
    review = locked(review)
    if review.state != Round.State.OPEN:
        raise WrongState(_("这一轮评审现在是「%(state)s」") % {"state": review.get_state_display()})
    return review


def _still_distributed(review: Round) -> None:
    if review.form == Round.Form.MEETING:
        raise WrongState(_("这一轮已经是集中评审"))


def _words(reason: str) -> str:
    if not reason.strip():
        raise ValidationError({"reason": _("请写明理由")})
    return reason.strip()
