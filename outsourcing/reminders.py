"""What is due in outsourcing: orders to approve, to send, to fetch back, to reconcile, to settle (第四章)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from outsourcing.models import OutsourcingOrder
from workflow.duties import Due, Scope, reminder

APPROVE_WITHIN = dt.timedelta(hours=4)
SEND_WITHIN = dt.timedelta(hours=8)
SOON = dt.timedelta(days=1)
State = OutsourcingOrder.State


def _rows(*states: str) -> QuerySet[OutsourcingOrder]:
    rows: QuerySet[OutsourcingOrder] = OutsourcingOrder.objects.filter(state__in=states)
    return rows.select_related("order", "order__team").order_by("pk")


def _due(document: OutsourcingOrder, holder: int, by: dt.datetime, title: str, words: str, button: str) -> Due:
    team = document.order.team
    return Due(
        about=document.about,
        holder_id=holder,
        by=by,
        title=title,
        words=words,
        url=reverse("outsourcing:detail", args=[document.number]),
        button=button,
        subject=f"{document.number} · {document.processor_name}",
        climbs_to_id=team.supervisor_id if team else None,
    )


@reminder(rule="A23.2", article="第四章，加工单", right="outsourcing.approve")
def outsourcing_to_approve(scope: Scope) -> Iterator[Due]:
    """开了的加工单等主任批准（第四章，加工单）。"""
    rows = _rows(State.DRAFT).filter(order__team__supervisor__isnull=False)
    for document in scope.each(scope.of(rows, holder="order__team__supervisor_id")):
        words = _("加工费 %(amount)s 元，%(day)s 要交回。") % {
            "amount": f"{document.amount:,.2f}",
            "day": f"{document.delivery_date:%m-%d}",
        }
        holder = document.order.team.supervisor_id
        yield _due(document, holder, document.made_at + APPROVE_WITHIN, _("批准加工单"), words, _("去批准"))


@reminder(rule="A41", article="第四章，加工单", right="outsourcing.send")
def outsourcing_to_send(scope: Scope) -> Iterator[Due]:
    """批准了的加工单等跟单员发出（第四章，加工单）。"""
    for document in scope.each(scope.of(_rows(State.APPROVED), holder="order__coordinator_id")):
        by = (document.approved_at or document.made_at) + SEND_WITHIN
        yield _due(document, document.order.coordinator_id, by, _("发出加工单"), _("已批准，还没有发出。"), _("去发出"))


@reminder(rule="A41", article="第四章，收货", right="outsourcing.finish_receiving")
def outsourcing_to_fetch(scope: Scope) -> Iterator[Due]:
    """交回日期到了还没收完，催加工商；过期报主任（第四章，收货）。"""
    rows = _rows(State.SENT).filter(delivery_date__lte=scope.today + SOON)
    for document in scope.each(scope.of(rows, holder="order__coordinator_id")):
        by = timezone.make_aware(dt.datetime.combine(document.delivery_date, dt.time(18)))
        words = _("约定 %(day)s 交回，还没有收完。") % {"day": f"{document.delivery_date:%m-%d}"}
        yield _due(document, document.order.coordinator_id, by, _("催收外协件"), words, _("去看"))


@reminder(rule="A23.5", article="第四章，对账", right="outsourcing.reconcile")
def outsourcing_to_reconcile(scope: Scope) -> Iterator[Due]:
    """收完的加工单，月底前与加工商对账（第四章，对账）。"""
    rows = _rows(State.RECEIVED).filter(order__team__supervisor__isnull=False)
    for document in scope.each(scope.of(rows, holder="order__team__supervisor_id")):
        by = _month_end(document.sent_at or document.made_at)
        yield _due(
            document, document.order.team.supervisor_id, by, _("外协对账"), _("货已收完，还没有对账。"), _("去对账")
        )


def _month_end(moment: dt.datetime) -> dt.datetime:
    """The last evening of the month."""
    local = timezone.localtime(moment)
    following = (local.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    return (following - dt.timedelta(days=1)).replace(hour=18, minute=0, second=0, microsecond=0)
