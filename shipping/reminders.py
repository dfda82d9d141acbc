"""What is due on the shipping floor: arrivals to confirm, goods to send, receipts to bring back (A52, A54)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from papers.registry import parted
from parties.models import Department
from parties.roles import Function
from samples.models import GatePass
from shipping.models import Confirmation, Delivery
from shipping.models.delivery import State
from shipping.selectors import unconfirmed
from workflow.calendar import DAY_ENDS
from workflow.duties import Due, Scope, reminder
from workflow.templatetags.wording import day

CONFIRM_WITHIN = dt.timedelta(hours=8)
PASS_WITHIN = dt.timedelta(hours=4)
DISPATCH_WITHIN = dt.timedelta(hours=24)
RECEIPT_AFTER = dt.timedelta(days=3)


def _page(delivery: Delivery) -> str:
    return reverse("shipping:detail", args=[delivery.number])


def _subject(delivery: Delivery) -> str:
    return f"{delivery.number} · {delivery.customer_name}"


def _arrival() -> Subquery:
    latest = Confirmation.objects.filter(delivery=OuterRef("pk")).order_by("-pk")
    return Subquery(latest.values("arrival_date")[:1])


@reminder(rule="C7", article="C类 客供料", right="samples.approve_pass")
def goods_pass_to_approve(scope: Scope) -> Iterator[Due]:
    """成品要出厂，等主任批放行条（C类 客供料）。"""
    asked = GatePass.objects.filter(state=GatePass.State.ASKED, purpose=GatePass.Purpose.GOODS)
    rows = scope.of(asked, holder="order__team__supervisor_id").select_related("order__team", "made_by")
    found = [one for one in scope.each(rows.order_by("made_at")) if one.order.team and one.order.team.supervisor_id]
    deliveries = Delivery.objects.in_bulk([parted(one.basis)[1] for one in found])
    for one in found:
        delivery = deliveries[parted(one.basis)[1]]
        yield Due(
            about=one.about,
            holder_id=one.order.team.supervisor_id,
            by=one.made_at + PASS_WITHIN,
            title=_("批放行条"),
            words=_("%(who)s申请成品出厂：%(what)s") % {"who": one.made_by, "what": one.what[:120]},
            url=_page(delivery),
            button=_("去批"),
            subject=_subject(delivery),
        )


@reminder(rule="A52", article="第五章，到货确认", right="shipping.confirm_arrival")
def confirmation_due(scope: Scope) -> Iterator[Due]:
    """送货单开了，到货日期还没有跟客户确认够两次（第五章，到货确认）。"""
    rows = unconfirmed(Delivery.objects.open())
    rows = scope.of(rows, holder="coordinator_id").select_related("coordinator__team").order_by("pk")
    for delivery in scope.each(rows):
        words = _("还没有确认，要两次。")
        if delivery.latest:
            words = _("说好 %(day)s 到，同一天还差一次。") % {"day": day(delivery.latest)}
        yield Due(
            about=delivery.about,
            holder_id=delivery.coordinator_id,
            by=(delivery.notified_at or delivery.created_at) + CONFIRM_WITHIN,
            title=_("确认到货日期"),
            words=words,
            url=f"{_page(delivery)}#confirm",
            button=_("登记确认"),
            subject=_subject(delivery),
            climbs_to_id=_supervisor(delivery),
        )


@reminder(rule="A54", article="第五章，发运", right="shipping.dispatch")
def delivery_to_dispatch(scope: Scope) -> Iterator[Due]:
    """通知了仓库的货，等仓库发出（第五章，发运）。"""
    head = Department.objects.filter(function=Function.WAREHOUSE, head__isnull=False).order_by("pk")
    holder = head.values_list("head_id", flat=True).first()
    if holder is None or not scope.concerns(holder):
        return
    rows = Delivery.objects.filter(state=State.NOTIFIED).annotate(arrival=_arrival())
    rows = rows.select_related("coordinator__team").order_by("notified_at")
    for delivery in scope.each(rows):
        words = _("跟单员%(name)s通知备货。") % {"name": delivery.coordinator}
        if delivery.arrival:
            words += _("说好 %(day)s 到货。") % {"day": day(delivery.arrival)}
        yield Due(
            about=delivery.about,
            holder_id=holder,
            by=(delivery.notified_at or delivery.created_at) + DISPATCH_WITHIN,
            title=_("备货发出"),
            words=words,
            url=reverse("shipping:dispatch", args=[delivery.number]),
            button=_("去发货"),
            subject=_subject(delivery),
            climbs_to_id=delivery.coordinator_id,
        )


@reminder(rule="A54", article="第五章，发运", right="shipping.deliver")
def receipt_missing(scope: Scope) -> Iterator[Due]:
    """货发出了，签收的回单还没有收回（第五章，发运）。"""
    rows = Delivery.objects.filter(state=State.DISPATCHED).annotate(arrival=_arrival())
    rows = scope.of(rows, holder="coordinator_id").select_related("coordinator__team").order_by("dispatched_on")
    for delivery in scope.each(rows):
        yield Due(
            about=delivery.about,
            holder_id=delivery.coordinator_id,
            by=_evening((delivery.arrival or delivery.dispatched_on) + RECEIPT_AFTER),
            title=_("收回回单"),
            words=_("%(day)s 发出，客户签收的回单还没有登记。") % {"day": day(delivery.dispatched_on)},
            url=f"{_page(delivery)}#receipt",
            button=_("登记回单"),
            subject=_subject(delivery),
            climbs_to_id=_supervisor(delivery),
        )


def _supervisor(delivery: Delivery) -> int | None:
    team = delivery.coordinator.team
    return team.supervisor_id if team else None


def _evening(date: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(date, DAY_ENDS))
