"""What is due on the orders floor: originals to chase, orders to approve, instructions to answer, drafts sent back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.models import Instruction, Nonconformity, Order, State
from parties.models import User
from parties.roles import Role
from workflow.deputies import either
from workflow.duties import Due, Scope, reminder

ORIGINAL_WITHIN = dt.timedelta(days=10)
APPROVE_WITHIN = dt.timedelta(hours=4)
ANSWER_WITHIN = dt.timedelta(hours=8)
AMEND_WITHIN = dt.timedelta(days=3)


def _page(order: Order) -> str:
    return reverse("orders:detail", args=[order.number])


@reminder(rule="A6.1b", article="第六条", right="orders.register_original")
def original_missing(scope: Scope) -> Iterator[Due]:
    """传真、邮件、聊天图片下的单，原件一直催到登记；过期报主任（第六条）。"""
    rows = scope.of(Order.objects.original_pending(), holder="coordinator_id").select_related("team")
    for order in scope.each(rows.order_by("submitted_at")):
        yield Due(
            about=order.about,
            holder_id=order.coordinator_id,
            by=(order.submitted_at or order.created_at) + ORIGINAL_WITHIN,
            title=_("补登书面原件"),
            words=_("%(basis)s下单，客户原件还没到。") % {"basis": order.get_basis_display()},
            url=_page(order) + "#h-basis",
            button=_("登记原件"),
            subject=order.subject,
            climbs_to_id=order.supervisor_id,
        )


@reminder(rule="A6.1e", article="第六条", right="orders.accept")
def order_to_approve(scope: Scope) -> Iterator[Due]:
    """提交了的单等主任审核（第六条）。"""
    waiting = Order.objects.filter(state=State.SUBMITTED, team__supervisor__isnull=False).select_related(
        "team", "coordinator"
    )
    rows = scope.of(waiting, holder="team__supervisor_id").exclude(submitted_by=F("team__supervisor"))
    for order in scope.each(rows.order_by("submitted_at")):
        yield Due(
            about=order.about,
            holder_id=order.team.supervisor_id or 0,
            by=(order.submitted_at or order.created_at) + APPROVE_WITHIN,
            title=_("审核业务单"),
            words=_("%(name)s提交，%(basis)s，要求 %(day)s 交。")
            % {"name": order.coordinator, "basis": order.get_basis_display(), "day": f"{order.requested_date:%m-%d}"},
            url=_page(order),
            button=_("去审核"),
            subject=order.subject,
        )


@reminder(rule="A6.1e", article="第六条", right="orders.accept")
def own_order_to_approve(scope: Scope) -> Iterator[Due]:
    """主任自己提交的单，自己不能审，归总监（第六条）。"""
    if scope.holder is not None and not _directs(scope.holder):
        return
    own = Q(submitted_by=F("team__supervisor")) | Q(team__supervisor__isnull=True)
    director: User | None = None
    for order in scope.each(Order.objects.filter(own, state=State.SUBMITTED).order_by("submitted_at")):
        director = director or _director()
        if director is None:
            return
        yield Due(
            about=order.about,
            holder_id=director.pk,
            by=(order.submitted_at or order.created_at) + APPROVE_WITHIN,
            title=_("审核业务单"),
            words=_("主任自己提交的，要求 %(day)s 交。") % {"day": f"{order.requested_date:%m-%d}"},
            url=_page(order),
            button=_("去审核"),
            subject=order.subject,
        )


@reminder(rule="A15", article="第十五条", right="reviews.open_round")
def review_to_organise(scope: Scope) -> Iterator[Due]:
    """受理了的单等主任组织评审（第十五条、第十六条）。"""
    rows = Order.objects.filter(state=State.ACCEPTED, team__supervisor__isnull=False).select_related("team")
    for order in scope.each(scope.of(rows, holder="team__supervisor_id").order_by("accepted_at")):
        yield Due(
            about=order.about,
            holder_id=order.team.supervisor_id or 0,
            by=(order.accepted_at or order.created_at) + ANSWER_WITHIN,
            title=_("组织评审"),
            words=_("已受理，要求 %(day)s 交。") % {"day": f"{order.requested_date:%m-%d}"},
            url=_page(order) + "?tab=reviews",
            button=_("组织评审"),
            subject=order.subject,
        )


@reminder(rule="A6.1c", article="第六条", right="orders.answer_instruction")
def instruction_to_answer(scope: Scope) -> Iterator[Due]:
    """请示等主任答复；过期报总监，主任自己的请示归总监答（第六条）。"""
    rows = Instruction.objects.filter(state=Instruction.State.ASKED).select_related("order__team", "asked_by")
    for_director = Q(order__team__supervisor__isnull=True) | Q(asked_by=F("order__team__supervisor"))
    rows = scope.of(rows, for_director, holder="order__team__supervisor")
    director: User | None = None
    for instruction in scope.each(rows.order_by("asked_at")):
        director = director or _director()
        directs = scope.holder is not None and _directs(scope.holder)
        yield from (due for due in _to_answer(instruction, director) if directs or scope.concerns(due.holder_id))


def _director() -> User | None:
    return User.objects.filter(role=Role.DIRECTOR, is_active=True).order_by("pk").first()


def _directs(person: User) -> bool:
    return either(person, lambda one: one.role == Role.DIRECTOR)


def _to_answer(instruction: Instruction, director: User | None) -> Iterator[Due]:
    order, above = instruction.order, director.pk if director else None
    supervisor = order.supervisor_id
    holder = supervisor if supervisor and supervisor != instruction.asked_by_id else above
    if holder is None:
        return
    yield Due(
        about=instruction.about,
        holder_id=holder,
        by=instruction.asked_at + ANSWER_WITHIN,
        title=_("答复请示"),
        words=_("%(name)s：%(question)s") % {"name": instruction.asked_by, "question": instruction.question[:80]},
        url=_page(order) + "#instructions",
        button=_("去答复"),
        subject=order.subject,
        climbs_to_id=above,
    )


@reminder(rule="A6.1e", article="第六条", right="orders.submit")
def returned_draft(scope: Scope) -> Iterator[Due]:
    """主任退回的草稿，补充后再提交（第六条）。"""
    rows = scope.of(Order.objects.filter(state=State.DRAFT), holder="coordinator_id").exclude(returned_reason="")
    for order in scope.each(rows.order_by("updated_at")):
        yield Due(
            about=order.about,
            holder_id=order.coordinator_id,
            by=end_of_day(order.updated_at),
            title=_("补充后再提交"),
            words=_("主任退回：%(reason)s") % {"reason": order.returned_reason},
            url=reverse("orders:edit", args=[order.number]),
            button=_("去补充"),
            subject=order.subject,
        )


@reminder(rule="A6.1f", article="第六条", right="orders.raise_nonconformity")
def nonconformity(scope: Scope) -> Iterator[Due]:
    """跟单员不接的单：主任当即知道；跟单员请客户修改、问到改好，过期报主任（第六条）。"""
    rows = Nonconformity.objects.filter(order__state=State.DRAFT).exclude(state=Nonconformity.State.SETTLED)
    rows = scope.of(rows, "order__team__supervisor", holder="order__coordinator")
    rows = rows.select_related("order__team", "raised_by").order_by("raised_at")
    for one in scope.each(rows):
        yield from (due for due in _of(one) if scope.concerns(due.holder_id))


def _of(one: Nonconformity) -> Iterator[Due]:
    order, asked = one.order, one.asked_at
    supervisor = order.supervisor_id
    page, subject = _page(order) + "#nonconformities", order.subject
    if supervisor and one.noted_at is None and supervisor != one.raised_by_id:
        words = _("%(name)s：%(reason)s") % {"name": one.raised_by, "reason": one.reason[:80]}
        by = one.raised_at + APPROVE_WITHIN
        yield Due(one.about, supervisor, by, _("跟单员不接：不符合要求"), words, page, _("去看"), subject)
    yield Due(
        about=one.about,
        holder_id=order.coordinator_id,
        by=asked + AMEND_WITHIN if asked else one.raised_at + ANSWER_WITHIN,
        title=_("问客户改好了没有") if asked else _("请客户修改"),
        words=one.reason[:120],
        url=page,
        button=_("登记") if asked else _("记下请了谁"),
        subject=subject,
        climbs_to_id=supervisor,
    )


def end_of_day(moment: dt.datetime) -> dt.datetime:
    """当天下班（18:00）。"""
    local = timezone.localtime(moment)
    return local.replace(hour=18, minute=0, second=0, microsecond=0)
