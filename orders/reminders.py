"""What is due on the orders floor: originals to chase, orders to approve, instructions to answer, drafts sent back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import F, Max, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.models import BusinessKind, Instruction, KindVersion, Nonconformity, Order, ReturnDay, State
from orders.models.states import BEFORE_ISSUE
from parties.models import Department, User
from parties.roles import Role
from workflow.deputies import either, ids
from workflow.duties import Due, Scope, reminder

ORIGINAL_WITHIN = dt.timedelta(days=10)
APPROVE_WITHIN = dt.timedelta(hours=4)
ANSWER_WITHIN = dt.timedelta(hours=8)
WARNED_BEFORE = dt.timedelta(days=3)
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
            subject=f"{order.number} · {order.customer_name}",
            climbs_to_id=order.team.supervisor_id if order.team else None,
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
            subject=f"{order.number} · {order.customer_name}",
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
            subject=f"{order.number} · {order.customer_name}",
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
            subject=f"{order.number} · {order.customer_name}",
        )


@reminder(rule="A6.1c", article="第六条", right="orders.answer_instruction")
def instruction_to_answer(scope: Scope) -> Iterator[Due]:
    """请示等主任答复；过期报总监，主任自己的请示归总监答（第六条）。"""
    rows = Instruction.objects.filter(state=Instruction.State.ASKED).select_related("order__team", "asked_by")
    for_director = Q(order__team__supervisor__isnull=True) | Q(asked_by=F("order__team__supervisor"))
    if scope.holder is not None:
        mine = ~for_director & Q(order__team__supervisor__in=ids(scope.holder))
        rows = rows.filter(mine | for_director if _directs(scope.holder) else mine)
    director: User | None = None
    for instruction in scope.each(rows.order_by("asked_at")):
        director = director or _director()
        yield from _to_answer(instruction, director)


def _director() -> User | None:
    return User.objects.filter(role=Role.DIRECTOR, is_active=True).order_by("pk").first()


def _directs(person: User) -> bool:
    return either(person, lambda one: one.role == Role.DIRECTOR)


def _to_answer(instruction: Instruction, director: User | None) -> Iterator[Due]:
    order, above = instruction.order, director.pk if director else None
    supervisor = order.team.supervisor_id if order.team else None
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
        subject=f"{order.number} · {order.customer_name}",
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
            subject=f"{order.number} · {order.customer_name}",
        )


@reminder(rule="A6.1f", article="第六条", right="orders.raise_nonconformity")
def nonconformity(scope: Scope) -> Iterator[Due]:
    """跟单员不接的单：主任当即知道；跟单员请客户修改、问到改好，过期报主任（第六条）。"""
    rows = Nonconformity.objects.filter(order__state=State.DRAFT).exclude(state=Nonconformity.State.SETTLED)
    if scope.holder is not None:
        people = ids(scope.holder)
        rows = rows.filter(Q(order__coordinator__in=people) | Q(order__team__supervisor__in=people))
    rows = rows.select_related("order__team", "raised_by").order_by("raised_at")
    for one in scope.each(rows):
        yield from (due for due in _of(one) if scope.concerns(due.holder_id))


def _of(one: Nonconformity) -> Iterator[Due]:
    order, asked = one.order, one.asked_at
    supervisor = order.team.supervisor_id if order.team else None
    page, subject = _page(order) + "#nonconformities", f"{order.number} · {order.customer_name}"
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


@reminder(rule="A19.2", article="第十九条", right="parties.administer")
def department_without_head(scope: Scope) -> Iterator[Due]:
    """在用的种类要它评审、却没有第一负责人来签的部门，催管理员指定（第十九条）。"""
    admins = User.objects.filter(role=Role.ADMIN, is_active=True).order_by("pk")
    holders = [admin.pk for admin in admins if scope.concerns(admin.pk)]
    if not holders:
        return
    named = BusinessKind.objects.filter(active=True).values_list("departments", flat=True)
    asked = {code for codes in named for code in codes}
    for department in Department.objects.filter(code__in=asked, head=None).annotate(
        since=Max("events__pgh_created_at")
    ):
        for holder in holders:
            yield Due(
                about=f"parties_department:{department.pk}",
                holder_id=holder,
                by=end_of_day(department.since or scope.now),
                title=_("指定第一负责人"),
                words=_("%(name)s要评审业务单，还没有第一负责人，没有人签。") % {"name": department.name},
                url=reverse("admin:parties_department_change", args=[department.pk]),
                button=_("去指定"),
                subject=department.name,
            )


@reminder(rule="C3b", article="C类 下单", right="orders.view")
def release_due(scope: Scope) -> Iterator[Due]:
    """接单、下单分两步的，到了该下单的那天，跟单员和业务员都催到（C类 下单）。"""
    for version in KindVersion.objects.filter(content__options__has_key="release_days"):
        until = timezone.localdate(scope.now) + dt.timedelta(days=version.rules.release_days or 0)
        rows = Order.objects.filter(kind_version=version, state__in=BEFORE_ISSUE)
        rows = rows.annotate(due=Coalesce("promised_date", "requested_date")).filter(due__lte=until)
        for who in ("coordinator_id", "salesperson_id"):
            for order in scope.each(scope.of(rows.exclude(**{who: None}), holder=who).order_by("pk")):
                yield _release(order, getattr(order, who), version.rules.release_days or 0)


def _release(order: Order, holder: int, days: int) -> Due:
    release_on = order.delivery_date - dt.timedelta(days=days)
    return Due(
        about=order.about,
        holder_id=holder,
        by=timezone.make_aware(dt.datetime.combine(release_on, dt.time(18, 0))),
        title=_("该下单了"),
        words=_("交期 %(day)s，要在 %(release)s 下单；付清或担保单、书面话、客户再确认都要齐。")
        % {"day": f"{order.delivery_date:%m-%d}", "release": f"{release_on:%m-%d}"},
        url=_page(order),
        button=_("去看还缺什么"),
        subject=f"{order.number} · {order.customer_name}",
    )


@reminder(rule="C5", article="C类 退货", right="orders.view")
def return_day_ahead(scope: Scope) -> Iterator[Due]:
    """确认了的退货日前几天，先告诉有这个种类的单在手的业务员（C类 退货）。"""
    today = timezone.localdate(scope.now)
    days = ReturnDay.objects.standing().filter(day__gt=today, day__lte=today + WARNED_BEFORE)
    for ahead in days.select_related("kind"):
        rows = Order.objects.filter(business_kind=ahead.kind, state__in=(State.DRAFT, State.SUBMITTED, *BEFORE_ISSUE))
        mine = scope.of(rows.exclude(salesperson=None), holder="salesperson_id")
        for holder in mine.order_by().values_list("salesperson_id", flat=True).distinct():
            yield Due(
                about=f"orders_returnday:{ahead.pk}",
                holder_id=holder,
                by=timezone.make_aware(dt.datetime.combine(ahead.day, dt.time(8, 0))),
                title=_("退货日不收单、不下单"),
                words=_("%(day)s 是%(kind)s的退货日，当天不收单、不下单，要交的单请提前。")
                % {"day": f"{ahead.day:%m-%d}", "kind": ahead.kind},
                url=reverse("orders:list") + f"?kind={ahead.kind.code}",
                button=_("看这一类的单"),
                subject=f"{ahead.kind} · {ahead.day:%m-%d}",
            )
