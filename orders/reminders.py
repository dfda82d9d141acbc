"""What is due on the orders floor: originals to chase, orders to approve, instructions to answer, drafts sent back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.models import Instruction, Order, State
from workflow.duties import Due, Scope, reminder

ORIGINAL_WITHIN = dt.timedelta(days=10)
APPROVE_WITHIN = dt.timedelta(hours=4)
ANSWER_WITHIN = dt.timedelta(hours=8)


def _page(order: Order) -> str:
    return reverse("orders:detail", args=[order.number])


@reminder(rule="A6.1b", article="第六条", right="orders.register_original")
def original_missing(scope: Scope) -> Iterator[Due]:
    """传真、邮件、聊天图片下的单，原件一直催到登记；过期报主任（第六条）。"""
    rows = scope.of(Order.objects.original_pending(), holder="coordinator_id").select_related("team")
    for order in rows.order_by("submitted_at").iterator(chunk_size=1000):
        yield Due(
            about=order.about,
            holder_id=order.coordinator_id,
            by=(order.submitted_at or order.created_at) + ORIGINAL_WITHIN,
            title=_("补登书面原件"),
            words=_("%(basis)s下单，客户原件还没到。") % {"basis": order.get_basis_display()},
            url=_page(order) + "?tab=files",
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
    for order in rows.order_by("submitted_at").iterator(chunk_size=1000):
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


@reminder(rule="A15", article="第十五条", right="reviews.open_round")
def review_to_organise(scope: Scope) -> Iterator[Due]:
    """受理了的单等主任组织评审（第十五条、第十六条）。"""
    rows = Order.objects.filter(state=State.ACCEPTED, team__supervisor__isnull=False).select_related("team")
    for order in scope.of(rows, holder="team__supervisor_id").order_by("accepted_at").iterator(chunk_size=1000):
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
    """请示等主任答复（第六条）。"""
    rows = Instruction.objects.filter(state=Instruction.State.ASKED, order__team__supervisor__isnull=False)
    rows = scope.of(rows, holder="order__team__supervisor_id").select_related("order__team", "asked_by")
    for instruction in rows.order_by("asked_at").iterator(chunk_size=1000):
        order = instruction.order
        yield Due(
            about=instruction.about,
            holder_id=(order.team.supervisor_id if order.team else None) or 0,
            by=instruction.asked_at + ANSWER_WITHIN,
            title=_("答复请示"),
            words=_("%(name)s：%(question)s") % {"name": instruction.asked_by, "question": instruction.question[:80]},
            url=_page(order),
            button=_("去答复"),
            subject=f"{order.number} · {order.customer_name}",
        )


@reminder(rule="A6.1e", article="第六条", right="orders.submit")
def returned_draft(scope: Scope) -> Iterator[Due]:
    """主任退回的草稿，补充后再提交（第六条）。"""
    rows = scope.of(Order.objects.filter(state=State.DRAFT), holder="coordinator_id").exclude(returned_reason="")
    for order in rows.order_by("updated_at").iterator(chunk_size=1000):
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


def end_of_day(moment: dt.datetime) -> dt.datetime:
    """当天下班（18:00）。"""
    local = timezone.localtime(moment)
    return local.replace(hour=18, minute=0, second=0, microsecond=0)
