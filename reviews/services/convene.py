"""召集：组织评审，申请集中，转为会议（第十五条、第十六条、第十九条）。"""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from orders import services as order_services
from orders.models import Order, OrderShare
from parties.models import User
from reviews.models import Answer, Notice, Round
from reviews.rights import leads, works
from reviews.selectors import reviewing_departments
from reviews.services.notice import void_notice
from workflow import clock
from workflow.calendar import working_days_after
from workflow.guards import WrongState
from workflow.machine import begin, begin_all, locked, record, together

ANSWER_BY = dt.time(17, 0)
LAST_YEAR = 2099


@together
def open_round(
    order: Order,
    form: str,
    *,
    actor: User,
    reason: str = "",
    meeting_at: dt.datetime | None = None,
    meeting_place: str = "",
    answer_due: dt.datetime | None = None,
) -> Round:
    """主任组织评审：定形式，发给各种类的评审部门，业务单转入评审中（第十五条、第十六条、第十九条）。"""
    _check_form(form, meeting_at, meeting_place)
    _check_moments(time=meeting_at, answer_due=answer_due)
    order = order_services.open_order_round(order, actor=actor)
    departments = reviewing_departments(order)
    if not departments:
        raise ValidationError(_("业务种类「%(kind)s」没有定评审部门") % {"kind": order.business_kind})
    earlier = order.rounds.count()
    if earlier:
        _void_unissued(order, actor)
    review = Round(
        order=order,
        number=earlier + 1,
        order_version=order.version,
        form=form,
        reason=reason.strip(),
        meeting_at=meeting_at,
        meeting_place=meeting_place.strip(),
        answer_due=answer_due or next_working_day_at(ANSWER_BY),
        opened_by=actor,
    )
    begin(review, actor=actor, label=_("组织评审"), article="第十六条", rule="A16", reason=review.reason)
    answers = [Answer(round=review, department=department) for department in departments]
    review.answers_now = begin_all(answers, actor=actor, label=_("送评审"), article="第十七条", rule="A17")
    order_services.share_order(order, [department.pk for department in departments], OrderShare.Reason.REVIEW)
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
def turn_into_meeting(
    review: Round, reason: str, *, actor: User, meeting_at: dt.datetime | None = None, meeting_place: str = ""
) -> Round:
    """主任决定转为集中式，各部门已有的答复都留着（第十九条）。"""
    review = _open(review)
    if not (actor.may("reviews.turn_into_meeting") and leads(review, actor)):
        raise PermissionDenied(_("转为集中评审由带这张单的主任决定"))
    _still_distributed(review)
    _check_moments(time=meeting_at)
    review.form = Round.Form.MEETING
    review.reason = _words(reason)
    review.meeting_at = meeting_at
    review.meeting_place = meeting_place.strip()
    return record(
        review,
        "turn_into_meeting",
        actor=actor,
        label=_("转为集中评审"),
        article="第十九条",
        rule="A19.3",
        reason=review.reason,
    )


def next_working_day_at(time: dt.time) -> dt.datetime:
    """下一个工作日的几点。"""
    day = working_days_after(clock.today(), 1)
    return timezone.make_aware(dt.datetime.combine(day, time))


def _check_form(form: str, meeting_at: dt.datetime | None, meeting_place: str) -> None:
    errors: dict[str, str] = {}
    if form not in Round.Form.values:
        errors["form"] = _("评审形式是分散式或集中式")
    if form == Round.Form.MEETING and meeting_at is None:
        errors["time"] = _("集中评审要写明会议时间")
    if form == Round.Form.MEETING and not meeting_place.strip():
        errors["place"] = _("集中评审要写明会议地点")
    if errors:
        raise ValidationError(errors)


def _check_moments(**moments: dt.datetime | None) -> None:
    """Nobody meets, and nothing is due, in another century or before today."""
    errors: dict[str, str] = {}
    for name, moment in moments.items():
        if moment is not None and not 2000 <= moment.year <= LAST_YEAR:
            errors[name] = _("时间不像是真的，请核对年份")
        elif moment is not None and timezone.localdate(moment) < clock.today():
            errors[name] = _("时间不能在今天以前")
    if errors:
        raise ValidationError(errors)


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
