"""退货：从送货单登记，到仓库收下（第五章，退货）。"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from orders.timing import returns_closed
from parties.http import StaffRequest
from shipping import services, sheet
from shipping.forms import ReturnForm
from shipping.models import Delivery, Return
from shipping.models.standing import GONE
from shipping.services import ReturnInput
from shipping.views.detail import delivery_at
from workflow.views import Problem, act, refusal_page


@login_required
@require_http_methods(["GET", "POST"])
def register_return(request: StaffRequest, number: str) -> HttpResponse:
    """登记退货：哪几行、各多少、为什么、怎么处理（第五章，退货）。"""
    delivery = delivery_at(request, number)
    page = reverse("shipping:detail", args=[number])
    if delivery.state not in GONE:
        return refusal_page(request, Problem(409, _("货还没有发出，没有可退的")), back=page)
    data = request.POST if request.method == "POST" else None
    form, rows = ReturnForm(data, initial={"kind": Return.Kind.REPLACE}), sheet.back_rows(delivery, data)
    if data is None:
        closed = tuple(returns_closed(delivery.orders_now, [line.order_line for line in delivery.lines_now]))
        problem = Problem(200, _("现在不能登记退货，要总监放行"), closed) if closed else None
        return _page(request, delivery, form, rows, problem)
    if not (form.is_valid() & sheet.valid(rows)):
        return _page(request, delivery, form, rows, status=400)
    return act(
        request,
        lambda: services.register_return(_given(delivery, form, rows), actor=request.user),
        then=page,
        done=lambda document: _("退货 %(number)s 已登记，等仓库收货。") % {"number": document.number},
        refused=lambda problem: _page(request, delivery, form, rows, problem, problem.status),
    )


def _given(delivery: Delivery, form: ReturnForm, rows: list[sheet.BackRow]) -> ReturnInput:
    lines = [row.given for row in rows if row.given is not None]
    if not lines:
        raise ValidationError(_("还没有填退回的数量"))
    return ReturnInput(delivery, form.cleaned_data["kind"], form.cleaned_data["reason"], lines)


def _page(
    request: StaffRequest,
    delivery: Delivery,
    form: ReturnForm,
    rows: list[sheet.BackRow],
    problem: Problem | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"delivery": delivery, "form": form, "rows": rows, "problem": problem}
    return render(request, "shipping/return.html", context, status=status)


@login_required
@require_POST
def receive_return(request: StaffRequest, number: str) -> HttpResponse:
    """仓库收到退货（第五章，退货）。"""
    rows: Any = Return.objects.visible_to(request.user).select_related("delivery")
    document: Return = get_object_or_404(rows.numbered(number))
    return act(
        request,
        lambda: services.receive_return(document, actor=request.user),
        then=reverse("shipping:returns"),
        done=lambda done: _("退货 %(number)s 已收下。") % {"number": done.number},
    )
