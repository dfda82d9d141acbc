"""一张送货单的一生：通知仓库、发出、回单、取消（第五章）。"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from orders.models import OrderShare
from papers.models import Attachment, Paper
from papers.services import void_paper
from parties.models import Department, User
from parties.roles import Function
from samples.services import let_goods_out, withdraw_goods_pass
from shipping.events import GoodsDispatched, LineDispatched
from shipping.guards import needs_pass
from shipping.models import Delivery, StoreEntry
from shipping.papers import file_delivery, file_dispatch_notice
from shipping.services.arrival import enclose_papers
from shipping.services.gate import ask_gate_pass
from workflow import clock
from workflow.events import announce
from workflow.machine import perform, together
from workflow.outbox import post

DISPATCHED = "shipping.dispatched"
KEEPERS = (Function.WAREHOUSE, Function.MATERIAL)


@together
def notify_warehouse(delivery: Delivery, *, actor: User) -> Delivery:
    """取号，发货通知单交仓库，仓库从此看得见这些业务单（第五章，发运）。"""
    delivery = perform(delivery, "notify_warehouse", actor=actor)
    _share(delivery)
    if needs_pass(delivery):
        ask_gate_pass(delivery, actor=actor)
    file_dispatch_notice(delivery, actor=actor)
    return delivery


@together
def dispatch_delivery(
    delivery: Delivery,
    *,
    actor: User,
    waybill: str = "",
    vehicle: str = "",
    driver: str = "",
    enclosed: Sequence[str] | None = None,
) -> Delivery:
    """仓库发货：成品出库、送货单归档、告知业务员与台账，同在一个事务（第五章，发运）。"""
    if enclosed is not None and list(enclosed) != delivery.enclosed:
        delivery = enclose_papers(delivery, enclosed, actor=actor)
    data = {"waybill": waybill} if waybill else None
    given = {"waybill": waybill, "vehicle": vehicle, "driver": driver}
    delivery = perform(delivery, "dispatch", actor=actor, data=data, **given)
    if needs_pass(delivery):
        let_goods_out(delivery.about, actor=actor)
    _out_of_store(delivery, actor)
    file_delivery(delivery, actor=actor)
    _tell(delivery, actor)
    post(DISPATCHED, delivery.about, {"delivery": delivery.pk})
    return delivery


@together
def deliver_delivery(
    delivery: Delivery,
    *,
    actor: User,
    signed_by: str,
    signed_on: dt.date,
    reaction: str = "",
    receipt: Attachment | None = None,
) -> Delivery:
    """回单收回：谁签的、哪天签的、客户有什么话（第五章，发运）。"""
    errors = {}
    if not signed_by.strip():
        errors["signed_by"] = _("请写明谁签收的")
    if signed_on > clock.today() or (delivery.dispatched_on and signed_on < delivery.dispatched_on):
        errors["signed_on"] = _("签收日期要在发货那天到今天之间")
    if errors:
        raise ValidationError(errors)
    data: dict[str, Any] = {"signed_by": signed_by.strip(), "signed_on": signed_on}
    return perform(delivery, "deliver", actor=actor, data=data, **data, reaction=reaction, receipt=receipt)


@together
def cancel_delivery(delivery: Delivery, *, actor: User, reason: str = "") -> Delivery:
    """不发了：送货单取消，已发的发货通知单作废（第五章，发运）。"""
    delivery = perform(delivery, "cancel", actor=actor, reason=reason)
    if needs_pass(delivery):
        withdraw_goods_pass(delivery.about, actor=actor)
    for paper in Paper.objects.of(delivery.about).current():
        void_paper(paper, reason=reason or str(_("送货单取消")), actor=actor)
    return delivery


def _share(delivery: Delivery) -> None:
    """Whoever keeps and sends goods sees these orders."""
    keepers = Department.objects.filter(function__in=KEEPERS).values_list("pk", flat=True)
    rows = [
        OrderShare(order=order, department_id=pk, reason=OrderShare.Reason.NOTIFY)
        for pk in keepers
        for order in delivery.orders_now
    ]
    OrderShare.objects.bulk_create(rows, ignore_conflicts=True)


def _out_of_store(delivery: Delivery, actor: User) -> None:
    """Out by dispatch, spares too; by order line, as the database locks them (E7)."""
    StoreEntry.objects.bulk_create(
        StoreEntry(
            line=line.order_line,
            kind=StoreEntry.Kind.DISPATCHED,
            quantity=-(line.quantity + line.spare_quantity),
            day=delivery.dispatched_on or clock.today(),
            source=f"shipping_deliveryline:{line.pk}",
            note=delivery.number,
            by=actor,
        )
        for line in sorted(delivery.lines_now, key=lambda line: line.order_line_id)
    )


def _tell(delivery: Delivery, actor: User) -> None:
    """Every line on its own, then all at once for those who write rows."""
    on = delivery.dispatched_on or clock.today()
    facts = tuple(
        LineDispatched(
            order_id=line.order_id,
            order_line_id=line.order_line_id,
            delivery_line_id=line.pk,
            delivery_id=delivery.pk,
            quantity=line.quantity,
            spare=line.spare_quantity,
            on=on,
            replaces=line.replaces_id,
            actor_id=actor.pk,
        )
        for line in delivery.lines_now
    )
    for fact in facts:
        announce(fact)
    announce(GoodsDispatched(delivery_id=delivery.pk, on=on, lines=facts))
