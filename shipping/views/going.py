"""在手机上发货、登记回单：一页一件事（第五章，发运）。"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from papers.services import attach
from parties.http import StaffRequest
from shipping import document, services
from shipping.forms import DeliverForm, DispatchForm
from shipping.guards import papers_are_enclosed
from shipping.models import Delivery
from shipping.models.delivery import State
from shipping.views.detail import delivery_at
from workflow import clock
from workflow.machine import together
from workflow.views import Problem, act, refusal_page

PHRASES = (
    gettext_lazy("包装完好"),
    gettext_lazy("数量无误"),
    gettext_lazy("外箱有破损"),
    gettext_lazy("数量短少"),
    gettext_lazy("客户满意"),
)


@login_required
@require_http_methods(["GET", "POST"])
def dispatch(request: StaffRequest, number: str) -> HttpResponse:
    """发出：点货、核对随货资料、填运单（第五章，发运）。"""
    delivery = delivery_at(request, number)
    if delivery.state != State.NOTIFIED:
        return _not_now(request, delivery, _("发出"))
    data = request.POST if request.method == "POST" else None
    initial = {name: getattr(delivery, name) for name in ("waybill", "vehicle", "driver", "enclosed")}
    form = DispatchForm(data, initial=initial, wanted=list(delivery.customer.accompanying_papers))
    if data is None or not form.is_valid():
        return _dispatch_page(request, delivery, form, status=200 if data is None else 400)
    return act(
        request,
        lambda: services.dispatch_delivery(delivery, actor=request.user, **form.cleaned_data),
        then=reverse("shipping:detail", args=[number]),
        done=_("已发出：成品出库，送货单归档，业务员会收到通知。"),
        refused=lambda problem: _dispatch_page(
            request, delivery_at(request, number), form, problem, status=problem.status
        ),
    )


def _dispatch_page(
    request: StaffRequest, delivery: Delivery, form: DispatchForm, problem: Problem | None = None, status: int = 200
) -> HttpResponse:
    lacking = [
        refusal
        for condition in document.conditions(delivery, request.user)
        for refusal in condition.refusals
        if refusal not in papers_are_enclosed.refusals(delivery)
    ]
    context = {
        "delivery": delivery,
        "form": form,
        "rows": [(line, delivery.standings[line.order_line_id]) for line in delivery.lines_now],
        "lacking": lacking,
        "may": request.user.may("shipping.dispatch"),
        "problem": problem,
    }
    return render(request, "shipping/dispatch.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def deliver(request: StaffRequest, number: str) -> HttpResponse:
    """登记回单：拍下签收的那一联（第五章，发运）。"""
    delivery = delivery_at(request, number)
    if delivery.state != State.DISPATCHED:
        return _not_now(request, delivery, _("登记回单"))
    form = DeliverForm(request.POST if request.method == "POST" else None, initial={"signed_on": clock.today()})
    if not form.is_bound or not form.is_valid():
        return _deliver_page(request, delivery, form, status=400 if form.is_bound else 200)
    return act(
        request,
        lambda: _sign(request, delivery, form.cleaned_data),
        then=reverse("shipping:detail", args=[number]),
        done=_("回单已登记。"),
        refused=lambda problem: _deliver_page(request, delivery, form, problem, status=problem.status),
    )


@together
def _sign(request: StaffRequest, delivery: Delivery, data: dict[str, Any]) -> Delivery:
    """The receipt with its picture, both or neither."""
    scans = [
        attach(file, about=delivery, actor=request.user, kind="receipt")
        for file in request.FILES.getlist("receipt")[:4]
    ]
    receipt = scans[0] if scans else None
    return services.deliver_delivery(delivery, actor=request.user, receipt=receipt, **data)


def _deliver_page(
    request: StaffRequest, delivery: Delivery, form: DeliverForm, problem: Problem | None = None, status: int = 200
) -> HttpResponse:
    context = {"delivery": delivery, "form": form, "phrases": PHRASES, "slots": range(1, 4), "problem": problem}
    return render(request, "shipping/deliver.html", context, status=status)


def _not_now(request: StaffRequest, delivery: Delivery, words: str) -> HttpResponse:
    said = _("现在是「%(state)s」，不能「%(move)s」") % {"state": delivery.get_state_display(), "move": words}
    return refusal_page(request, Problem(409, said), back=reverse("shipping:detail", args=[delivery.number]))
