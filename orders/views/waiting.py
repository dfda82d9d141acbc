"""接单的三张清单：待审核、原件待补、等答复的请示（第六条）。"""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from orders import waiting
from orders.models import OrderLine, State
from orders.selectors import visible_orders
from parties.http import StaffRequest
from parties.roles import MONEY_RIGHT
from workflow import clock
from workflow.paging import keyset


@login_required
@require_GET
def queue(request: StaffRequest) -> HttpResponse:
    """待审核：一行里有决定要的一切（第六条）。"""
    user = request.user
    if not user.may("orders.accept"):
        raise PermissionDenied(_("审核业务单不归您做"))
    lines = Prefetch("lines", OrderLine.objects.select_related("business_kind").order_by("position"))
    rows = visible_orders(user).filter(state=State.SUBMITTED).select_related("submitted_by")
    rows = rows.prefetch_related(lines)
    page = keyset(rows, request.GET, descending=False)
    for order in page.rows:
        order.__dict__["lines_now"] = list(order.lines.all())
    context = {"page": page, "rows": waiting.queue(page.rows, user), "sees_money": user.may(MONEY_RIGHT)}
    return render(request, "orders/queue.html", context)


@login_required
@require_GET
def originals(request: StaffRequest) -> HttpResponse:
    """原件待补：等了几天，过期没有，收到就在这里登记（第六条）。"""
    user = request.user
    if not user.may("orders.view"):
        raise PermissionDenied(_("业务单不归您看"))
    page = keyset(visible_orders(user).original_pending(), request.GET, descending=False)
    context = {
        "page": page,
        "rows": waiting.chased(page.rows),
        "may": user.may("orders.register_original"),
        "today": clock.today(),
    }
    return render(request, "orders/originals.html", context)


@login_required
@require_GET
def asked(request: StaffRequest) -> HttpResponse:
    """请示：等答复的，能答的在这里答（第六条）。"""
    user = request.user
    if not (user.may("orders.answer_instruction") or user.may("orders.ask_instruction")):
        raise PermissionDenied(_("请示不归您看"))
    return render(request, "orders/asked.html", {"asked": waiting.asked(user)})
