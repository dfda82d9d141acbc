"""新建送货单：从一张或几张业务单，预填在库可发的（第五章，发运）。"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from orders.models import Order
from orders.rights import works
from orders.selectors import visible_orders
from parties.http import StaffRequest
from parties.models import User
from shipping import services, sheet
from shipping.forms import HeadForm
from shipping.guards import SHIPS_FROM
from shipping.services import DeliveryInput
from workflow.views import Problem, act

MOST_ORDERS = 20
MOST_CHOICES = 50


@login_required
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """一张新送货单；没说哪张业务单，就先选（第五章，发运）。"""
    if not request.user.may("shipping.create"):
        raise PermissionDenied(_("您没有开送货单的权限"))
    given = request.POST if request.method == "POST" else request.GET
    orders = _orders(request.user, given.getlist("order"))
    if not orders:
        return render(request, "shipping/choose.html", {"orders": _ready(request.user)[:MOST_CHOICES]})
    data = request.POST if request.method == "POST" else None
    head, rows = _head(orders[0], data), sheet.rows(orders, data)
    if data is None:
        return _page(request, orders, head, rows)
    if not (head.is_valid() & sheet.valid(rows)):
        return _page(request, orders, head, rows, status=400)
    return act(
        request,
        lambda: services.create_delivery(_given(orders, head, rows), actor=request.user),
        then=lambda delivery: reverse("shipping:detail", args=[delivery.number]),
        done=_("送货单开好了，下一步跟客户确认到货日期，要两次。"),
        refused=lambda problem: _page(request, orders, head, rows, problem, problem.status),
    )


def _orders(user: User, numbers: list[str]) -> list[Order]:
    """The named orders, each seen by this person, all of one customer."""
    if len(numbers) > MOST_ORDERS:
        raise BadRequest(_("一张送货单最多 %(n)d 张业务单") % {"n": MOST_ORDERS})
    found: list[Order] = [get_object_or_404(visible_orders(user).numbered(number)) for number in numbers]
    if len({order.customer_id for order in found}) > 1:
        raise BadRequest(_("一张送货单只发一个客户的货"))
    return list({order.pk: order for order in found}.values())


def _ready(user: User) -> Any:
    """Orders from which something may be sent, the nearest date first."""
    return visible_orders(user).filter(state__in=SHIPS_FROM).order_by("promised_date", "pk")


def _head(order: Order, data: Any) -> HeadForm:
    contact = order.customer.contacts.order_by("pk").first()
    initial = {"address": order.customer.address}
    if contact:
        initial |= {"contact": contact.name, "phone": contact.phone}
    return HeadForm(data, initial=initial)


def _given(orders: list[Order], head: HeadForm, rows: list[sheet.Row]) -> DeliveryInput:
    lines = [row.given for row in rows if row.given is not None]
    if not lines:
        raise ValidationError(_("还没有填要发的数量"))
    return DeliveryInput(customer=orders[0].customer, lines=lines, **head.cleaned_data)


def _page(
    request: StaffRequest,
    orders: list[Order],
    head: HeadForm,
    rows: list[sheet.Row],
    problem: Problem | None = None,
    status: int = 200,
) -> HttpResponse:
    others = _ready(request.user).filter(customer=orders[0].customer_id)
    others = others.exclude(pk__in=[order.pk for order in orders])[:MOST_ORDERS]
    query = "&".join(f"order={order.number}" for order in orders)
    context = {
        "orders": orders,
        "customer": orders[0].customer,
        "form": head,
        "rows": rows,
        "others": [(order, f"?{query}&order={order.number}") for order in others if works(order, request.user)],
        "problem": problem,
    }
    return render(request, "shipping/new.html", context, status=status)
