"""What is due in a review and with a notice: each question with its holder, its limit and the page where it is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.models import Order
from orders.models import State as OrderState
from parties.models import Authorisation, User
from parties.roles import Role
from reviews import change_reminders as change_reminders  # its reminders register here
from reviews import meeting_reminders as meeting_reminders
from reviews.authority import EXPIRES_WITHIN
from reviews.batch import dates_of
from reviews.models import Answer, ArchivedOriginal, ChangeRequest, Notice, NoticeCopy, Round
from reviews.pages import answer_page, notice_page
from reviews.rights import notice_authorisation
from reviews.selectors import EFFECTIVE
from workflow.calendar import DAY_ENDS
from workflow.duties import Due, Scope, reminder

COUNTERSIGN_WITHIN = dt.timedelta(days=3)
CONCLUDE_WITHIN = dt.timedelta(hours=4)
DRAFT_WITHIN = dt.timedelta(hours=8)
SIGN_WITHIN = dt.timedelta(hours=8)
ISSUE_WITHIN = dt.timedelta(hours=4)
ACKNOWLEDGE_WITHIN = dt.timedelta(hours=8)
RETURN_WITHIN = dt.timedelta(days=2)
ARCHIVE_WITHIN = dt.timedelta(days=2)
STILL_ASKED = dt.timedelta(days=60)
WAITING = (Answer.State.BLANK, Answer.State.ANSWERED)


def _subject(order: Order) -> str:
    return f"{order.number} · {order.customer_name}"


def _supervisor(order: Order) -> int | None:
    return order.team.supervisor_id if order.team else None


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
            subject=_subject(answer.order),
            climbs_to_id=_supervisor(answer.order),
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
            subject=_subject(answer.order),
            climbs_to_id=_supervisor(answer.order),
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
        yield _round_due(review, _supervisor(review.order) or 0, _("下评审结论"), _("各部门都签了，定下交期。"))


@reminder(rule="A19.3", article="第十九条", right="reviews.turn_into_meeting")
def meeting_wanted(scope: Scope) -> Iterator[Due]:
    """跟单员申请转集中评审，等主任决定（第十九条）。"""
    asked = Round.objects.open().filter(form=Round.Form.DISTRIBUTED).exclude(meeting_wanted="")
    rows = scope.of(asked.filter(order__team__supervisor__isnull=False), holder="order__team__supervisor_id")
    rows = rows.select_related("order__team")
    for review in scope.each(rows.order_by("answer_due")):
        words = _("跟单员申请：%(why)s") % {"why": review.meeting_wanted[:80]}
        yield _round_due(review, _supervisor(review.order) or 0, _("要不要转为集中评审"), words)


def _round_due(review: Round, holder: int, title: str, words: str) -> Due:
    return Due(
        about=review.about,
        holder_id=holder,
        by=review.answer_due + CONCLUDE_WITHIN,
        title=title,
        words=words,
        url=reverse("reviews:detail", args=[review.pk]),
        button=_("去看"),
        subject=_subject(review.order),
        climbs_to_id=_supervisor(review.order),
    )


# --- notices ----------------------------------------------------------------------------------------------------------
@reminder(rule="A6.3a", article="第二十条", right="reviews.draft_notice")
def notice_to_make(scope: Scope) -> Iterator[Due]:
    """评审通过了，跟单员编制业务通知单（第二十条）。"""
    standing = Notice.objects.filter(order=OuterRef("pk"), state__in=(Notice.State.DRAFT, Notice.State.SIGNED))
    rows = scope.of(Order.objects.filter(state=OrderState.AGREED), holder="coordinator_id")
    for order in scope.each(rows.filter(~Exists(standing)).select_related("team").order_by("updated_at")):
        yield Due(
            about=order.about,
            holder_id=order.coordinator_id,
            by=order.updated_at + DRAFT_WITHIN,
            title=_("编制业务通知单"),
            words=_("评审已通过，交期 %(day)s。") % {"day": f"{order.delivery_date:%m-%d}"},
            url=reverse("orders:detail", args=[order.number]) + "?tab=notice",
            button=_("去编制"),
            subject=_subject(order),
            climbs_to_id=_supervisor(order),
        )


@reminder(rule="A6.3a", article="第二十条")
def notice_to_sign(scope: Scope) -> Iterator[Due]:
    """编好的业务通知单等总经理签发（第二十条）。"""
    holder = _signer(scope)
    if holder is None:
        return
    ready = Q(order__state=OrderState.AGREED, change__isnull=True) | Q(change__state=ChangeRequest.State.REVIEWING)
    drafts = Notice.objects.filter(ready, state=Notice.State.DRAFT)
    rows = drafts.exclude(made_by=holder).select_related("order")
    for notice in scope.each(rows.order_by("made_at")):
        yield Due(
            about=notice.about,
            holder_id=holder.pk,
            by=notice.made_at + SIGN_WITHIN,
            title=_("签发业务通知单（更改）") if notice.change_id else _("签发业务通知单"),
            words=_to_sign_words(notice),
            url=notice_page(notice),
            button=_("去签发"),
            subject=_subject(notice.order),
        )


def _to_sign_words(notice: Notice) -> str:
    promised, wanted = dates_of(notice)
    words = _("交期 %(day)s，要求 %(wanted)s。") % {"day": f"{promised:%m-%d}", "wanted": f"{wanted:%m-%d}"}
    return words + _("一签旧单即作废。") if notice.change_id else words


def _signer(scope: Scope) -> User | None:
    """Everybody who may sign sees it on their own page; the sweep holds the general manager to it."""
    if scope.holder is None:
        return User.objects.filter(role=Role.GM, is_active=True).order_by("pk").first()
    signs = scope.holder.role == Role.GM or notice_authorisation(scope.holder) is not None
    return scope.holder if signs else None


@reminder(rule="A6.3b", article="第六条", right="reviews.issue_notice")
def notice_to_issue(scope: Scope) -> Iterator[Due]:
    """签了的业务通知单由跟单员发到各部门（第六条）。"""
    signed = Notice.objects.filter(state=Notice.State.SIGNED)
    rows = scope.of(signed, holder="order__coordinator_id").select_related("order__team")
    for notice in scope.each(rows.order_by("signed_at")):
        yield Due(
            about=notice.about,
            holder_id=notice.order.coordinator_id,
            by=notice.signed_at + ISSUE_WITHIN,
            title=_("发放业务通知单"),
            words=_("%(number)s 已签发。") % {"number": notice.number},
            url=notice_page(notice),
            button=_("去发放"),
            subject=_subject(notice.order),
            climbs_to_id=_supervisor(notice.order),
        )


@reminder(rule="A6.3b", article="第六条", right="reviews.issue_notice")
def original_to_archive(scope: Scope) -> Iterator[Due]:
    """发放以后，签字的原件归档营销中心（第六条）。"""
    filed = ArchivedOriginal.objects.filter(notice=OuterRef("pk"))
    rows = Notice.objects.filter(~Exists(filed), state=Notice.State.ISSUED, issued_at__gte=scope.since(STILL_ASKED))
    mine = scope.of(rows, holder="order__coordinator_id").select_related("order__team")
    for notice in scope.each(mine.order_by("issued_at")):
        yield Due(
            about=notice.about,
            holder_id=notice.order.coordinator_id,
            by=notice.issued_at + ARCHIVE_WITHIN,
            title=_("归档签字原件"),
            words=_("%(number)s 的签字原件还没有归档。") % {"number": notice.number},
            url=notice_page(notice),
            button=_("去归档"),
            subject=_subject(notice.order),
            climbs_to_id=_supervisor(notice.order),
        )


# --- copies -----------------------------------------------------------------------------------------------------------
@reminder(rule="A6.3b", article="第六条", right="reviews.acknowledge_copy")
def copy_to_acknowledge(scope: Scope) -> Iterator[Due]:
    """发到部门的业务通知单要签收（第六条）。"""
    rows = NoticeCopy.objects.filter(state=NoticeCopy.State.HANDED, notice__state=Notice.State.ISSUED)
    for copy in _of_heads(scope, rows):
        yield Due(
            about=copy.about,
            holder_id=copy.department.head_id or 0,
            by=copy.handed_at + ACKNOWLEDGE_WITHIN,
            title=_("签收业务通知单"),
            words=_("%(number)s 第 %(n)s 份。") % {"number": copy.notice.number, "n": copy.number},
            url=notice_page(copy.notice),
            button=_("去签收"),
            subject=_subject(copy.notice.order),
            climbs_to_id=copy.notice.order.coordinator_id,
        )


@reminder(rule="A22", article="第二十二条", right="reviews.return_copy")
def void_copy_to_return(scope: Scope) -> Iterator[Due]:
    """作废的业务通知单要交回（第二十二条）。"""
    rows = NoticeCopy.objects.filter(state__in=NoticeCopy.OUT, notice__state=Notice.State.VOID)
    for copy in _of_heads(scope, rows):
        yield Due(
            about=copy.about,
            holder_id=copy.department.head_id or 0,
            by=(copy.notice.voided_at or copy.handed_at) + RETURN_WITHIN,
            title=_("交回作废的通知单"),
            words=_("%(number)s 第 %(n)s 份：%(why)s")
            % {"number": copy.notice.number, "n": copy.number, "why": copy.notice.void_reason[:80]},
            url=notice_page(copy.notice),
            button=_("去交回"),
            subject=_subject(copy.notice.order),
            climbs_to_id=copy.notice.order.coordinator_id,
        )


def _of_heads(scope: Scope, rows: QuerySet[NoticeCopy]) -> Iterator[NoticeCopy]:
    rows = scope.of(rows.filter(department__head__isnull=False), holder="department__head_id")
    rows = rows.select_related("notice__order", "department").order_by("handed_at")
    yield from scope.each(rows)
