"""What is due before and beside an order: inquiries, quotations, contracts (B1, B1b)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.models import Inquiry, OrderContract, Quotation
from orders.services.winning import FALLEN
from workflow.duties import Due, Scope, reminder

FOLLOW_BEFORE = dt.timedelta(days=3)
ORDER_WITHIN = dt.timedelta(days=1)
SEND_WITHIN = dt.timedelta(days=1)
SIGN_WITHIN = dt.timedelta(days=7)


@reminder(rule="B1", article="B类 询报价", right="orders.quote")
def inquiry_to_answer(scope: Scope) -> Iterator[Due]:
    """询盘到期以前要报价，或者写明原因关闭（B1）。"""
    rows = scope.of(Inquiry.objects.filter(state=Inquiry.State.OPEN), holder="holder_id").select_related("team")
    for inquiry in scope.each(rows.order_by("due", "pk")):
        yield Due(
            about=inquiry.about,
            holder_id=inquiry.holder_id,
            by=close_of(inquiry.due),
            title=_("答复询盘"),
            words=_("%(name)s问：%(asked)s") % {"name": inquiry.asked_by, "asked": inquiry.asked[:80]},
            url=reverse("orders:inquiry", args=[inquiry.number]),
            button=_("去报价"),
            subject=f"{inquiry.number} · {inquiry.customer_name}",
            climbs_to_id=inquiry.team.supervisor_id if inquiry.team else None,
        )


@reminder(rule="B1", article="B类 询报价", right="orders.quote")
def quotation_to_follow(scope: Scope) -> Iterator[Due]:
    """报价快到期，问客户定不定（B1）。"""
    soon = scope.today + FOLLOW_BEFORE
    rows = Quotation.objects.filter(state=Quotation.State.SENT, valid_until__lte=soon)
    mine = scope.of(rows, holder="holder_id").select_related("team")
    for quotation in scope.each(mine.order_by("valid_until", "pk")):
        yield Due(
            about=quotation.about,
            holder_id=quotation.holder_id,
            by=close_of(quotation.valid_until),
            title=_("报价快到期"),
            words=_("有效期到 %(day)s，问客户定不定。") % {"day": f"{quotation.valid_until:%m-%d}"},
            url=reverse("orders:quotation", args=[quotation.number]),
            button=_("登记答复"),
            subject=f"{quotation.number} · {quotation.customer_name}",
            climbs_to_id=quotation.team.supervisor_id if quotation.team else None,
        )


@reminder(rule="B1", article="B类 询报价", right="orders.create")
def quotation_to_order(scope: Scope) -> Iterator[Due]:
    """客户接受了的报价，跟单员登记业务单（B1）。"""
    rows = Quotation.objects.filter(state=Quotation.State.ACCEPTED, coordinator__isnull=False)
    rows = rows.filter(Q(order__isnull=True) | Q(order__state__in=FALLEN)).select_related("team")
    for quotation in scope.each(scope.of(rows, holder="coordinator_id").order_by("accepted_at", "pk")):
        yield Due(
            about=quotation.about,
            holder_id=quotation.coordinator_id or 0,
            by=(quotation.accepted_at or quotation.created_at) + ORDER_WITHIN,
            title=_("登记业务单"),
            words=_("客户接受了报价，选数量就成单，不用重录。"),
            url=reverse("orders:win", args=[quotation.number]),
            button=_("去成单"),
            subject=f"{quotation.number} · {quotation.customer_name}",
            climbs_to_id=quotation.team.supervisor_id if quotation.team else None,
        )


@reminder(rule="B1b", article="B类 合同", right="orders.contract")
def contract_to_sign(scope: Scope) -> Iterator[Due]:
    """合同、确认书出了要发，发了催签回，过期报主任（B1b）。"""
    waiting = OrderContract.objects.filter(state__in=(OrderContract.State.MADE, OrderContract.State.SENT))
    rows = scope.of(waiting, holder="order__coordinator_id").select_related("order__team")
    for contract in scope.each(rows.order_by("pk")):
        yield _sign_back(contract) if contract.sent_at else _send_out(contract)


def _send_out(contract: OrderContract) -> Due:
    title, words = _("发出%(form)s") % {"form": contract.get_form_display()}, _("出好了，还没有发给客户。")
    return _contract_due(contract, contract.made_at + SEND_WITHIN, title, words, _("去发出"))


def _sign_back(contract: OrderContract) -> Due:
    title = _("催签回%(form)s") % {"form": contract.get_form_display()}
    words = _("已发给%(to)s，还没有签回。") % {"to": contract.sent_to}
    return _contract_due(contract, (contract.sent_at or contract.made_at) + SIGN_WITHIN, title, words, _("登记签回"))


def _contract_due(contract: OrderContract, by: dt.datetime, title: str, words: str, button: str) -> Due:
    order = contract.order
    return Due(
        about=contract.about,
        holder_id=order.coordinator_id,
        by=by,
        title=title,
        words=words,
        url=reverse("orders:contract", args=[contract.number]),
        button=button,
        subject=order.subject,
        climbs_to_id=order.supervisor_id,
    )


def close_of(day: dt.date) -> dt.datetime:
    """那一天下班（18:00）。"""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(18)))
