"""Goods walked from the press to the customer, by the services and the people who do it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from orders.models import Order, OrderLine
from shipping import services
from shipping.models import Carrier, Delivery, DeliveryLine, Return
from shipping.services import BackInput, DeliveryInput, LineInput, ReturnInput
from tests.cast import Cast
from tests.cast_production import inspected, shipping_ready
from workflow import clock

Amounts = Iterable[tuple[int, str]]


def in_store(cast: Cast, order: Order, *amounts: tuple[int, str]) -> Order:
    """品质检验合格，按行号与数量，入了成品库。"""
    for position, quantity in amounts:
        inspected(cast, order, line_of(order, position), quantity, report_no=f"J{position}-{quantity}")
    return again(order)


def drafted(cast: Cast, order: Order, amounts: Amounts = ((1, "1000"), (2, "500")), **changes: Any) -> Delivery:
    """送货单草稿，按行号与数量。"""
    lines = [LineInput(order_line=line_of(order, n), quantity=Decimal(quantity)) for n, quantity in amounts]
    given: dict[str, Any] = {"customer": order.customer, "lines": lines} | changes
    return services.create_delivery(DeliveryInput(**given), actor=cast.xiaoli)


def confirmed(cast: Cast, delivery: Delivery, *, times: int = 2, after: int = 1) -> Delivery:
    """到货日期确认过了（两次）。"""
    for how in ("电话", "邮件")[:times]:
        services.confirm_arrival(delivery, day(after), "刘婷", how, actor=cast.xiaoli)
    return afresh(delivery)


def notified(cast: Cast, order: Order | None = None, *, times: int = 2, **changes: Any) -> Delivery:
    """确认了两次、通知了仓库，等仓库发。"""
    delivery = drafted(cast, order or shipping_ready(cast), **changes)
    return services.notify_warehouse(confirmed(cast, delivery, times=times), actor=cast.xiaoli)


def dispatched(cast: Cast, order: Order | None = None, **changes: Any) -> Delivery:
    """货已发出，回单还没有收回。"""
    delivery = notified(cast, order, **changes)
    return services.dispatch_delivery(delivery, actor=cast.warehouse, waybill="SF0001")


def delivered(cast: Cast, order: Order | None = None, **changes: Any) -> Delivery:
    """客户签收，回单收回。"""
    delivery = dispatched(cast, order, **changes)
    return services.deliver_delivery(delivery, actor=cast.xiaoli, signed_by="客户仓库", signed_on=clock.today())


def returned(cast: Cast, delivery: Delivery, quantity: str = "100", kind: str = "replace", n: int = 1) -> Return:
    """退货登记了，等仓库收。"""
    line = DeliveryLine.objects.get(delivery=delivery, position=n)
    lines = [BackInput(line, Decimal(quantity), "划伤")]
    return services.register_return(ReturnInput(delivery, kind, "外观不良", lines), actor=cast.xiaoli)


def received(cast: Cast, delivery: Delivery, quantity: str = "100", kind: str = "replace", n: int = 1) -> Return:
    """退货到了仓库。"""
    return services.receive_return(returned(cast, delivery, quantity, kind, n), actor=cast.warehouse)


def carrier(code: str = "L001") -> Carrier:
    """一家承运商。"""
    return Carrier.objects.get_or_create(code=code, defaults={"name": "顺途物流"})[0]


def line_of(order: Order, position: int) -> OrderLine:
    """业务单的第几行，重新读。"""
    return OrderLine.objects.select_related("order").get(order=order, position=position)


def again(order: Order) -> Order:
    """业务单，重新读。"""
    found: Order = Order.objects.select_related("business_kind", "team", "customer").get(pk=order.pk)
    return found


def afresh(delivery: Delivery) -> Delivery:
    """送货单，重新读。"""
    found: Delivery = Delivery.objects.select_related("customer", "carrier", "coordinator").get(pk=delivery.pk)
    return found


def only_order(delivery: Delivery) -> Order:
    """送货单上唯一的业务单，重新读。"""
    assert delivery.order is not None
    return again(delivery.order)


def day(after: int) -> dt.date:
    """今天往后几天。"""
    return clock.today() + dt.timedelta(days=after)
