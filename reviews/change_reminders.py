"""What is due with a change: to be reviewed, to be talked over, to be put on a notice, the old one to be collected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When
from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.models import ChangeLine, ChangeRequest, Notice, NoticeCopy, Round
from reviews.models.change_line import COLUMNS
from workflow.duties import Due, Scope, reminder

CONVENE_WITHIN = dt.timedelta(hours=4)
TALK_WITHIN = dt.timedelta(days=1)
DRAFT_WITHIN = dt.timedelta(hours=4)
COLLECT_WITHIN = dt.timedelta(days=2)
State = ChangeRequest.State
PRICE = "unit_price"


def _due(change: ChangeRequest, holder: int, by: dt.datetime, title: str, words: str, button: str) -> Due:
    order = change.order
    return Due(
        about=change.about,
        holder_id=holder,
        by=by,
        title=title,
        words=words,
        url=reverse("reviews:change", args=[change.pk]),
        button=button,
        subject=order.subject,
        climbs_to_id=order.supervisor_id,
    )


def _more_than_prices() -> Exists:
    """Whether a change touches what is made, how much, or when."""
    price_alone = Q(kind=ChangeLine.Kind.CHANGE) & Q(**{f"{name}__isnull": True for name in COLUMNS if name != PRICE})
    money_alone = price_alone | Q(fee=True) | Q(line__isnull=False, line__fee=True)
    return Exists(ChangeLine.objects.filter(~money_alone, request=OuterRef("pk")))


@reminder(rule="A22", article="第二十二条", right="reviews.open_round")
def change_to_review(scope: Scope) -> Iterator[Due]:
    """更改申请交上来了，主任组织有关部门评审；只改单价的，主任看过直接同意（第二十二条）。"""
    rows = ChangeRequest.objects.filter(state=State.SUBMITTED, order__team__supervisor__isnull=False)
    rows = rows.annotate(wide=Case(When(cancel=True, then=True), default=_more_than_prices()))
    mine = scope.of(rows, holder="order__team__supervisor_id").select_related("order__team")
    for change in scope.each(mine.order_by("submitted_at")):
        words = _("%(no)s：%(why)s") % {"no": change.number, "why": change.reason[:80]}
        by = change.submitted_at + CONVENE_WITHIN
        title, button = (_("组织更改评审"), _("去组织")) if change.wide else (_("同意更改价格"), _("去看"))
        yield _due(change, change.order.team.supervisor_id, by, title, words, button)


@reminder(rule="A20.6", article="第二十条", right="reviews.request_change")
def change_to_talk_over(scope: Scope) -> Iterator[Due]:
    """更改的评审满足不了客户，跟单员去谈，谈好了报主任记下（第二十条）。"""
    rows = ChangeRequest.objects.filter(state=State.REVIEWING, customer_agreed="", decided_at__isnull=True)
    for change, review in _after_their_round(scope, rows, Round.State.UNMET):
        words = _("%(no)s：评审给的交期 %(day)s，%(note)s")
        given = {"no": change.number, "day": review.delivery_date or "—", "note": review.note[:60]}
        by = (review.concluded_at or change.created_at) + TALK_WITHIN
        yield _due(change, change.order.coordinator_id, by, _("跟客户谈更改"), words % given, _("去看"))


@reminder(rule="A22", article="第二十二条", right="reviews.draft_notice")
def change_notice_to_make(scope: Scope) -> Iterator[Due]:
    """更改评审通过、或客户同意了，跟单员编制通知单（更改）（第二十二条）。"""
    rows = ChangeRequest.objects.filter(state=State.REVIEWING)
    drafts = Notice.objects.filter(change=OuterRef("pk"), state=Notice.State.DRAFT)
    rows = rows.filter(~Exists(drafts))
    reviewed = rows.filter(decided_at__isnull=True)
    agreed = [*_after_their_round(scope, reviewed, Round.State.PASSED)]
    agreed += _after_their_round(scope, reviewed.exclude(customer_agreed=""), Round.State.UNMET)
    since = [(change, review.concluded_at or change.created_at) for change, review in agreed]
    decided = scope.of(rows.filter(decided_at__isnull=False), holder="order__coordinator_id")
    since += [
        (change, change.decided_at) for change in scope.each(decided.select_related("order__team").order_by("pk"))
    ]
    for change, at in since:
        words = _("%(no)s 已有结果，编好送总经理签。") % {"no": change.number}
        by = at + DRAFT_WITHIN
        yield _due(change, change.order.coordinator_id, by, _("编制通知单（更改）"), words, _("去编制"))


@reminder(rule="A22", article="第二十二条", right="reviews.issue_notice")
def void_copies_to_collect(scope: Scope) -> Iterator[Due]:
    """更改生效了，跟单员把各部门手里的旧通知单收齐；过期报主任（第二十二条）。"""
    out = NoticeCopy.objects.filter(notice=OuterRef("pk"), state__in=NoticeCopy.OUT)
    rows = Notice.objects.filter(Exists(out), state=Notice.State.VOID)
    mine = scope.of(rows, holder="order__coordinator_id").select_related("order__team").defer("content")
    for notice in scope.each(mine.order_by("voided_at")):
        left = notice.copies.filter(state__in=NoticeCopy.OUT).select_related("department").order_by("number")
        names = "、".join(copy.department.name for copy in left)
        order = notice.order
        yield Due(
            about=notice.about,
            holder_id=order.coordinator_id,
            by=notice.voided_at + COLLECT_WITHIN,
            title=_("收回作废的通知单"),
            words=_("%(no)s 还在%(names)s手里。") % {"no": notice.number, "names": names},
            url=reverse("reviews:notice", args=[notice.number]),
            button=_("去收回"),
            subject=order.subject,
            climbs_to_id=order.supervisor_id,
        )


def _after_their_round(scope: Scope, rows: QuerySet[Any], state: str) -> Iterator[tuple[ChangeRequest, Round]]:
    """The changes whose latest round ended so, with that round."""
    later = Round.objects.filter(change=OuterRef("change"), number__gt=OuterRef("number"))
    ended = Round.objects.filter(~Exists(later), change__in=rows, state=state)
    mine = scope.of(ended, holder="order__coordinator_id").select_related("change", "order__team")
    for review in scope.each(mine.order_by("concluded_at")):
        if review.change is not None:
            review.change.order = review.order
            yield review.change, review
