"""Reads of the shipping floor: how far lines and orders are shipped, what a person sees, what is left to send."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum

from orders.models import Order, OrderLine
from orders.rights import works
from parties.models import User
from shipping.guards import SHIPS_FROM
from shipping.models import Confirmation, Delivery, DeliveryLine, Return, ReturnLine
from shipping.models.standing import GONE, Standing, standings

OPEN = ("draft", "notified")
TO_REPLACE = (Return.Kind.REPLACE, Return.Kind.REWORK)

__all__ = [
    "GONE",
    "OPEN",
    "Sendable",
    "Standing",
    "at_hand",
    "deliveries_of",
    "net_shipped",
    "order_shipping",
    "sendable",
    "shipping_status",
    "standings",
    "standings_by_order",
    "to_replace",
    "unconfirmed",
    "visible_deliveries",
]


def net_shipped(lines: QuerySet[OrderLine] | Iterable[OrderLine | int]) -> Mapping[int, Standing]:
    """实物与商务净发货，按业务单行，一次查齐（A62）：`.physical`、`.commercial`、`.shipped`、`.returned`…"""
    if isinstance(lines, QuerySet):
        return standings(lines)
    return standings([line if isinstance(line, int) else line.pk for line in lines])


def shipping_status(lines: Iterable[Standing]) -> str:
    """一张单发到哪里了：没发、发了一部分、发齐了（算出来的，不存）。"""
    found = list(lines)
    if found and all(line.complete for line in found):
        return "full"
    return "partial" if any(line.fulfilled > 0 for line in found) else "none"


def standings_by_order(order_ids: Iterable[int]) -> dict[int, list[Standing]]:
    """各单各行的净发货，一次查齐（列表与数字条）。"""
    found: dict[int, list[Standing]] = {pk: [] for pk in order_ids}
    for standing in standings(OrderLine.objects.goods().filter(order__in=list(found))).values():
        found[standing.order_id].append(standing)
    return found


def deliveries_of(order_id: int) -> QuerySet[Delivery]:
    """一张业务单的送货单，新的在前；几单合一张的也在内。"""
    lines = DeliveryLine.objects.filter(delivery=OuterRef("pk"), order=order_id)
    rows: QuerySet[Delivery] = Delivery.objects.filter(Exists(lines)).order_by("-pk")
    return rows


def visible_deliveries(user: User) -> QuerySet[Delivery]:
    """这个人看得见的送货单，连同列表要用的关系。"""
    rows: QuerySet[Delivery] = Delivery.objects.visible_to(user).select_related(
        "customer", "carrier", "coordinator", "order"
    )
    return rows


def unconfirmed(rows: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """还没有两次确认同一到货日期的（A52）。"""
    told = Confirmation.objects.filter(delivery=OuterRef("pk")).order_by("-pk").values("arrival_date")
    rows = rows.annotate(latest=Subquery(told[:1]), before=Subquery(told[1:2]))
    return rows.filter(Q(before__isnull=True) | ~Q(latest=F("before")))


def at_hand(deliveries: Iterable[Delivery]) -> list[Delivery]:
    """Many deliveries with their orders, lines and confirmations: one query each, whatever their number."""
    found = {delivery.pk: delivery for delivery in deliveries}
    for delivery in found.values():
        delivery.orders_now, delivery.lines_now, delivery.confirmations_now = [], [], []
    lines = DeliveryLine.objects.filter(delivery__in=found).select_related("order", "order_line", "notice")
    for line in lines.defer("notice__content").order_by("delivery", "position"):
        whole = found[line.delivery_id]
        whole.lines_now.append(line)
        if line.order_id not in {order.pk for order in whole.orders_now}:
            whole.orders_now.append(line.order)
    for one in Confirmation.objects.filter(delivery__in=found).select_related("by").order_by("pk"):
        found[one.delivery_id].confirmations_now.append(one)
    return list(found.values())


@dataclass(frozen=True)
class Sendable:
    """一行还能发多少：在库、欠发，及已经开在别的送货单草稿里的。"""

    line: OrderLine
    standing: Standing
    planned: Decimal

    @property
    def suggested(self) -> Decimal:
        """建议这次发的数量：在库的、还欠的，扣掉已开单未发的。"""
        free = min(self.standing.stored, self.standing.still_due)
        return max(min(free, self.standing.still_due - self.planned), Decimal(0))


def sendable(orders: Iterable[Order]) -> list[Sendable]:
    """这些业务单的各行还能发多少，两次查齐（新建送货单预填）。"""
    lines = list(
        OrderLine.objects.goods().filter(order__in=orders).select_related("order").order_by("order", "position")
    )
    where = standings([line.pk for line in lines])
    planned: dict[int, Decimal] = {}
    rows = DeliveryLine.objects.filter(order_line__in=lines, delivery__state__in=OPEN, replaces__isnull=True)
    for pk, quantity in rows.values_list("order_line_id", "quantity"):
        planned[pk] = planned.get(pk, Decimal(0)) + quantity
    return [Sendable(line, where[line.pk], planned.get(line.pk, Decimal(0))) for line in lines]


def to_replace(orders: Iterable[Order]) -> list[tuple[ReturnLine, Decimal]]:
    """退回、要补给客户而还没补够的行，各还要补多少（A56）。"""
    rows = ReturnLine.objects.filter(
        order_line__order__in=orders, document__state=Return.State.RECEIVED, document__kind__in=TO_REPLACE
    ).select_related("order_line__order", "document")
    sent = Q(replacements__delivery__state__in=(*OPEN, *GONE))
    sums = rows.annotate(sent=Sum("replacements__quantity", filter=sent)).order_by("pk")
    left = [(row, row.quantity - (row.sent or Decimal(0))) for row in sums]
    return [(row, quantity) for row, quantity in left if quantity > 0]


@dataclass(frozen=True)
class OrderShipping:
    """业务单页上「发货」一页：各行、送货单、退货。"""

    lines: list[tuple[OrderLine, Standing]]
    deliveries: list[Delivery]
    returns: list[Return]
    may_create: bool


def order_shipping(order: Order, user: User) -> OrderShipping:
    """一张业务单发到哪里了（A54）；页面打开这一页时才查。"""
    where = standings([line.pk for line in order.goods_now])
    deliveries = at_hand(deliveries_of(order.pk).select_related("customer", "carrier", "coordinator"))
    slips = Return.objects.filter(Exists(ReturnLine.objects.filter(document=OuterRef("pk"), order_line__order=order)))
    returns = slips.select_related("delivery").prefetch_related("lines__order_line").order_by("-pk")
    return OrderShipping(
        [(line, where[line.pk]) for line in order.goods_now],
        deliveries,
        list(returns),
        order.state in SHIPS_FROM and user.may("shipping.create") and works(order, user),
    )
