"""What shipping shows on an order's page and in the lists of orders (DESIGN §4)."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from orders.events import (
    ChangeImpact,
    Impact,
    OrderAct,
    OrderActs,
    OrderChains,
    OrderFigures,
    OrderFilter,
    OrderFilters,
    OrderSteps,
    OrderTab,
    OrderTabs,
)
from orders.models import Order, State
from orders.rights import works
from papers.registry import sees
from parties.models import User
from shipping.changes import impacts_of
from shipping.models import Delivery, Return
from shipping.selectors import deliveries_of, order_shipping, shipping_status, standings_by_order
from workflow.events import contributes
from workflow.templatetags.wording import day

SHIPS = (State.PRODUCING, State.SHIPPING)
PLACE = 50


@contributes(OrderFigures)
def shipping_figures(request: OrderFigures) -> dict[int, dict[str, Any]]:
    """发货状态与发齐的行数，整页一次查。"""
    return {
        pk: {"shipping_status": shipping_status(lines), "shipped_lines": sum(line.complete for line in lines)}
        for pk, lines in standings_by_order(request.order_ids).items()
    }


@contributes(OrderTabs)
def shipping_tab(request: OrderTabs) -> list[OrderTab]:
    """发货：每行发到哪里，有哪些送货单与退货。"""
    if not request.user.may("shipping.view"):
        return []
    count = deliveries_of(request.order.pk).count()
    context = {"shipping": partial(order_shipping, request.order, request.user)}
    return [OrderTab("shipping", _("发货"), str(count or ""), "shipping/_order_tab.html", context, PLACE)]


@contributes(OrderSteps)
def shipping_step(request: OrderSteps) -> dict[str, str]:
    """步骤条上「发货」下面的一句。"""
    latest = deliveries_of(request.order.pk).filter(dispatched_on__isnull=False).order_by("-dispatched_on").first()
    return {"shipping": _("%(day)s 发出") % {"day": day(latest.dispatched_on)}} if latest else {}


@contributes(OrderActs)
def shipping_acts(request: OrderActs) -> list[OrderAct]:
    """该做的发货动作：新建送货单，或去还没确认够的那一张。"""
    order, user = request.order, request.user
    if order.state not in SHIPS or not (user.may("shipping.create") and works(order, user)):
        return []
    new = OrderAct("new_delivery", _("新建送货单"), f"{reverse('shipping:new')}?order={order.number}", 45)
    waiting = deliveries_of(order.pk).filter(state__in=(Delivery.State.DRAFT, Delivery.State.NOTIFIED)).first()
    if waiting is None:
        due = order.state == State.SHIPPING and shipping_status(standings_by_order([order.pk])[order.pk]) != "full"
        return [OrderAct(new.name, new.label, new.url, 30 if due else 45)]
    url = reverse("shipping:detail", args=[waiting.number])
    return [OrderAct("confirm_arrival", _("登记到货确认"), f"{url}#confirm", 30), new]


@contributes(OrderChains)
def shipping_chains(request: OrderChains) -> list[str]:
    """几张业务单合一张送货单时，送货单自成一链。"""
    shared = deliveries_of(request.order_id).filter(order__isnull=True)
    return [f"shipping_delivery:{pk}" for pk in shared.values_list("pk", flat=True)]


@contributes(OrderFilters)
def shipping_filters(request: OrderFilters) -> list[OrderFilter]:
    """列表快筛：待发货。"""
    return [OrderFilter("to_ship", _("待发货"), _to_ship)] if request.user.may("shipping.view") else []


def _to_ship(orders: QuerySet[Order]) -> QuerySet[Order]:
    return orders.filter(state=State.SHIPPING)


@sees("shipping_delivery")
def delivery_is_visible(user: User, pk: int) -> bool:
    """看得见送货单的人，才看得见它的单据与回单（B7）。"""
    return bool(Delivery.objects.visible_to(user).filter(pk=pk).exists())


@sees("shipping_return")
def return_is_visible(user: User, pk: int) -> bool:
    """看得见送货单的人，才看得见它的退货单（B7）。"""
    return bool(Return.objects.visible_to(user).filter(pk=pk).exists())


@contributes(ChangeImpact)
def goods_on_their_way(request: ChangeImpact) -> list[Impact]:
    """更改碰到的发货：已发的、备好了还没发的（第二十二条）。"""
    return list(impacts_of(request.order, request.changes))
