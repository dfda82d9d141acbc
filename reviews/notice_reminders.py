"""What is due with a notice: to be made, signed, issued, archived, acknowledged, brought back when it is void."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from orders.models import Order
from orders.models import State as OrderState
from parties.models import User
from parties.roles import Role
from reviews.batch import dates_of
from reviews.models import ArchivedOriginal, ChangeRequest, Notice, NoticeCopy
from reviews.pages import notice_page
from reviews.rights import notice_authorisation
from workflow.duties import Due, Scope, reminder

DRAFT_WITHIN = dt.timedelta(hours=8)
SIGN_WITHIN = dt.timedelta(hours=8)
ISSUE_WITHIN = dt.timedelta(hours=4)
ACKNOWLEDGE_WITHIN = dt.timedelta(hours=8)
RETURN_WITHIN = dt.timedelta(days=2)
ARCHIVE_WITHIN = dt.timedelta(days=2)
STILL_ASKED = dt.timedelta(days=60)


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
            subject=order.subject,
            climbs_to_id=order.supervisor_id,
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
            subject=notice.order.subject,
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
            subject=notice.order.subject,
            climbs_to_id=notice.order.supervisor_id,
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
            subject=notice.order.subject,
            climbs_to_id=notice.order.supervisor_id,
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
            subject=copy.notice.order.subject,
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
            subject=copy.notice.order.subject,
            climbs_to_id=copy.notice.order.coordinator_id,
        )


def _of_heads(scope: Scope, rows: QuerySet[NoticeCopy]) -> Iterator[NoticeCopy]:
    rows = scope.of(rows.filter(department__head__isnull=False), holder="department__head_id")
    rows = rows.select_related("notice__order", "department").order_by("handed_at")
    yield from scope.each(rows)
