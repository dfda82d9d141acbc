"""新建加工单：从一张业务单的各行里选外发的（第四章，A23.2）。"""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from orders.models import Order
from orders.rights import works
from orders.selectors import visible_orders
from outsourcing.forms import LineForm, OutsourcingForm
from outsourcing.rights import CREATE
from outsourcing.services import create_outsourcing
from outsourcing.services.making import WHILE
from parties.http import StaffRequest
from reviews.selectors import current_notice
from workflow.templatetags.wording import plain
from workflow.views import Problem, act, refusal_page


@login_required
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """填加工商、交回日期、各行工序与单价，交主任批准（第四章，加工单）。"""
    number = (request.POST if request.method == "POST" else request.GET).get("order", "").strip()[:20]
    if not number:
        return _choose(request)
    order: Order = get_object_or_404(visible_orders(request.user).numbered(number))
    if not (request.user.may(CREATE) and works(order, request.user)):
        raise PermissionDenied(_("这张单不是您的，不能开加工单"))
    if order.state not in WHILE:
        words = _("业务单现在是「%(state)s」，下单以后、生产完成以前才外发") % {"state": order.get_state_display()}
        return refusal_page(request, Problem(409, words), back=reverse("orders:detail", args=[order.number]))
    if request.method == "GET":
        blank = [LineForm(line=line, initial={"quantity": plain(line.quantity)}) for line in order.goods_now]
        return _page(request, order, _blank(order), blank)
    form = OutsourcingForm(request.POST)
    lines = [LineForm(request.POST, line=line) for line in order.goods_now]
    bad = [one for one in (form, *lines) if not one.is_valid()]
    if bad:
        return _page(request, order, form, lines, status=400)
    given = form.given([line.given() for line in lines if line.sent_out])
    return act(
        request,
        lambda: create_outsourcing(order, given, actor=request.user),
        then=lambda document: reverse("outsourcing:detail", args=[document.number]),
        done=_("加工单开好了，等主任批准。"),
        refused=lambda problem: _page(request, order, form, lines, problem, problem.status),
    )


def _blank(order: Order) -> OutsourcingForm:
    notice = current_notice(order)
    return OutsourcingForm(initial={"notice": notice.number if notice else "", "mark": uuid.uuid4()})


def _choose(request: StaffRequest) -> HttpResponse:
    """Which order: those of this person that may still send work out."""
    if not request.user.may(CREATE):
        raise PermissionDenied(_("您没有开加工单的权限"))
    rows = visible_orders(request.user).filter(state__in=WHILE).order_by("-id")[:50]
    return render(request, "outsourcing/choose.html", {"orders": rows})


def _page(
    request: StaffRequest,
    order: Order,
    form: OutsourcingForm,
    lines: list[LineForm],
    problem: Problem | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"order": order, "form": form, "lines": lines, "problem": problem}
    return render(request, "outsourcing/new.html", context, status=status)
