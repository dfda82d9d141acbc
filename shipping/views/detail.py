"""一张送货单的页面与动作：确认、通知、发出、回单、取消、放行（第五章）。"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from parties.http import StaffRequest
from shipping import document, services
from shipping.forms import ConfirmForm, ReasonForm
from shipping.models import Delivery
from shipping.selectors import visible_deliveries
from workflow.forms import HouseForm, filled
from workflow.views import Problem, act, as_seen


def delivery_at(request: StaffRequest, number: str) -> Delivery:
    """The delivery of the address, as far as this person may see it; its page's revision goes with it."""
    rows: Any = visible_deliveries(request.user)
    delivery: Delivery = get_object_or_404(rows.numbered(number))
    return as_seen(request, delivery)


@login_required
@require_GET
def detail(request: StaffRequest, number: str) -> HttpResponse:
    """送货单：步骤、按钮、货、到货确认、发货条件、单据、回单、退货。"""
    return _page(request, delivery_at(request, number))


def _page(
    request: StaffRequest, delivery: Delivery, problem: Problem | None = None, form: HouseForm | None = None
) -> HttpResponse:
    """The page as it is now, with the reasons at its top; for htmx only the part that changes."""
    form = form or ConfirmForm(initial={"arrival_date": delivery.arrival_date, "how": "电话"})
    context = document.page(delivery, request.user) | {"problem": problem, "form": form}
    template = "shipping/detail.html#doc" if request.htmx else "shipping/detail.html"
    return render(request, template, context, status=problem.status if problem else 200)


def acted(
    request: StaffRequest, delivery: Delivery, do: Callable[[], Any], done: str, form: HouseForm | None = None
) -> HttpResponse:
    """Do it; back to the delivery's page, or that page with the reasons why not and what was typed."""

    def refused(problem: Problem) -> HttpResponse:
        return _page(request, delivery_at(request, delivery.number), problem, form)

    return act(request, do, then=lambda _result: _address(delivery.pk), done=done, refused=refused)


def _address(pk: int) -> str:
    return reverse("shipping:detail", args=[Delivery.objects.get(pk=pk).number])


@login_required
@require_POST
def confirm_arrival(request: StaffRequest, number: str) -> HttpResponse:
    """登记一次到货确认（第五章，到货确认）。"""
    delivery, form = delivery_at(request, number), ConfirmForm(request.POST)
    return acted(
        request,
        delivery,
        lambda: services.confirm_arrival(delivery, actor=request.user, **filled(form)),
        _("确认已登记。"),
        form,
    )


@login_required
@require_POST
def notify_warehouse(request: StaffRequest, number: str) -> HttpResponse:
    """通知仓库（第五章，发运）。"""
    delivery = delivery_at(request, number)
    done = _("单号已取，发货通知单交仓库了，仓库会收到待办。")
    return acted(request, delivery, lambda: services.notify_warehouse(delivery, actor=request.user), done)


@login_required
@require_POST
def ask_pass(request: StaffRequest, number: str) -> HttpResponse:
    """再申请放行（C类 客供料）。"""
    delivery = delivery_at(request, number)
    return acted(
        request, delivery, lambda: services.ask_gate_pass(delivery, actor=request.user), _("放行条已送主任批。")
    )


@login_required
@require_POST
def cancel(request: StaffRequest, number: str) -> HttpResponse:
    """取消送货单（第五章，发运）。"""
    delivery = delivery_at(request, number)
    return acted(request, delivery, lambda: services.cancel_delivery(delivery, actor=request.user), _("送货单已取消。"))


@login_required
@require_POST
def authorise_exception(request: StaffRequest, number: str) -> HttpResponse:
    """总监放行款项关口（第五章，付款条件）。"""
    delivery, form = delivery_at(request, number), ReasonForm(request.POST)
    return acted(
        request,
        delivery,
        lambda: services.authorise_exception(delivery, filled(form)["reason"], actor=request.user),
        _("已放行，理由已留存。"),
    )
