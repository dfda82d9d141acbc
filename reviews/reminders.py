"""What is due in a review: each question with its holder, its limit and the page where it is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from parties.models import Authorisation
from reviews import change_reminders as change_reminders  # its reminders register here
from reviews import meeting_reminders as meeting_reminders
from reviews import notice_reminders as notice_reminders
from reviews.authority import EXPIRES_WITHIN
from reviews.models import Answer, Round
from reviews.pages import answer_page
from reviews.selectors import EFFECTIVE
from workflow.calendar import DAY_ENDS
from workflow.duties import Due, Scope, reminder

COUNTERSIGN_WITHIN = dt.timedelta(days=3)
CONCLUDE_WITHIN = dt.timedelta(hours=4)
WAITING = (Answer.State.BLANK, Answer.State.ANSWERED)


# --- answers ----------------------------------------------------------------------------------------------------------
@reminder(rule="A17", article="第十七条", right="reviews.answer")
def answer_to_give(scope: Scope) -> Iterator[Due]:
    """各部门第一负责人在期限内答复、签字；过期报主任（第十七条、第十九条）。"""
    rows: QuerySet[Answer] = Answer.objects.filter(
        round__state=Round.State.OPEN, state__in=WAITING, department__head__isnull=False
    )
    rows = scope.of(rows, holder="department__head_id").select_related("round__order__team", "department")
    for answer in scope.each(rows.order_by("round__answer_due")):
        again = answer.state == Answer.State.ANSWERED
        yield Due(
            about=answer.about,
            holder_id=answer.department.head_id or 0,
            by=answer.round.answer_due,
            title=_("签评审表") if again else _("答复评审"),
            words=_("要求 %(day)s 交，%(form)s。")
            % {"day": f"{answer.order.requested_date:%m-%d}", "form": answer.round.get_form_display()},
            url=answer_page(answer),
            button=_("去签") if again else _("去答复"),
            subject=answer.order.subject,
            climbs_to_id=answer.order.supervisor_id,
        )


@reminder(rule="A19.2", article="第十九条", right="reviews.answer")
def countersignature_missing(scope: Scope) -> Iterator[Due]:
    """代签的要补签：找此时的第一负责人，评审结束也要补（第十九条）。"""
    rows: QuerySet[Answer] = Answer.objects.filter(
        state=Answer.State.PROXY_SIGNED, round__state__in=(Round.State.OPEN, *EFFECTIVE), department__head__isnull=False
    )
    rows = scope.of(rows, holder="department__head_id")
    rows = rows.select_related("round__order__team", "department", "signed_by")
    for answer in scope.each(rows.order_by("signed_at")):
        yield Due(
            about=answer.about,
            holder_id=answer.department.head_id or 0,
            by=(answer.signed_at or answer.round.opened_at) + COUNTERSIGN_WITHIN,
            title=_("补签评审表"),
            words=_("%(name)s代签，请看过补签。") % {"name": answer.signed_by},
            url=answer_page(answer),
            button=_("去补签"),
            subject=answer.order.subject,
            climbs_to_id=answer.order.supervisor_id,
        )


@reminder(rule="A19.2", article="第十九条")
def authorisation_expiring(scope: Scope) -> Iterator[Due]:
    """授权书快到期：提醒授权的人续一份，否则到期以后签不了（第十九条、第二十条）。"""
    today = scope.today
    ending = Authorisation.objects.filter(revokes__isnull=True, revoked_by__isnull=True)
    rows = scope.of(ending.filter(valid_to__range=(today, today + EXPIRES_WITHIN)), holder="grantor_id")
    renewed = Authorisation.objects.filter(
        revokes__isnull=True, revoked_by__isnull=True, delegate=OuterRef("delegate"), scope=OuterRef("scope"),
        valid_to__gt=OuterRef("valid_to"),
    )  # fmt: skip
    rows = rows.exclude(Exists(renewed)).select_related("delegate").order_by("valid_to", "pk")
    for row in scope.each(rows):
        yield Due(
            about=f"parties_authorisation:{row.pk}",
            holder_id=row.grantor_id,
            by=timezone.make_aware(dt.datetime.combine(row.valid_to, DAY_ENDS)),
            title=_("授权书要到期"),
            words=_("%(scope)s，到 %(day)s 为止；还要他签，就续一份。")
            % {"scope": row.get_scope_display(), "day": f"{row.valid_to:%m-%d}"},
            url=reverse("reviews:authorisations"),
            button=_("去看"),
            subject=f"{row.number} · {row.delegate}",
        )


# --- rounds -----------------------------------------------------------------------------------------------------------
def _all_answered() -> QuerySet[Round]:
    blank = Answer.objects.filter(round=OuterRef("pk"), state=Answer.State.BLANK)
    return Round.objects.open().filter(~Exists(blank))


@reminder(rule="A20.1", article="第二十条", right="reviews.balance")
def dates_to_balance(scope: Scope) -> Iterator[Due]:
    """分散式评审各部门都答了，还没有都签：跟单员平衡日期、催签（第二十条）。"""
    unsigned = Answer.objects.filter(round=OuterRef("pk"), state=Answer.State.ANSWERED)
    rows = _all_answered().filter(Exists(unsigned), form=Round.Form.DISTRIBUTED)
    rows = scope.of(rows, holder="order__coordinator_id").select_related("order__team")
    for review in scope.each(rows.order_by("answer_due")):
        yield _round_due(review, review.order.coordinator_id, _("平衡评审日期"), _("各部门都答了，还没有签齐。"))


@reminder(rule="A20.1", article="第二十条", right="reviews.conclude")
def round_to_conclude(scope: Scope) -> Iterator[Due]:
    """各部门都签了，主任下结论（第二十条）。"""
    unsigned = Answer.objects.filter(round=OuterRef("pk"), state=Answer.State.ANSWERED)
    rows = _all_answered().filter(~Exists(unsigned), order__team__supervisor__isnull=False)
    rows = scope.of(rows, holder="order__team__supervisor_id").select_related("order__team")
    for review in scope.each(rows.order_by("answer_due")):
        yield _round_due(review, review.order.supervisor_id or 0, _("下评审结论"), _("各部门都签了，定下交期。"))


@reminder(rule="A19.3", article="第十九条", right="reviews.turn_into_meeting")
def meeting_wanted(scope: Scope) -> Iterator[Due]:
    """跟单员申请转集中评审，等主任决定（第十九条）。"""
    asked = Round.objects.open().filter(form=Round.Form.DISTRIBUTED).exclude(meeting_wanted="")
    rows = scope.of(asked.filter(order__team__supervisor__isnull=False), holder="order__team__supervisor_id")
    rows = rows.select_related("order__team")
    for review in scope.each(rows.order_by("answer_due")):
        words = _("跟单员申请：%(why)s") % {"why": review.meeting_wanted[:80]}
        yield _round_due(review, review.order.supervisor_id or 0, _("要不要转为集中评审"), words)


def _round_due(review: Round, holder: int, title: str, words: str) -> Due:
    return Due(
        about=review.about,
        holder_id=holder,
        by=review.answer_due + CONCLUDE_WITHIN,
        title=title,
        words=words,
        url=reverse("reviews:detail", args=[review.pk]),
        button=_("去看"),
        subject=review.order.subject,
        climbs_to_id=review.order.supervisor_id,
    )
