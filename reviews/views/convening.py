"""组织评审：定形式、时间、地点（第十六条、第十九条）。"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from orders.models import Order
from orders.rights import leads
from orders.selectors import visible_orders
from parties.http import StaffRequest
from reviews import services
from reviews.answering import facts_of
from reviews.forms import ConveneForm
from reviews.selectors import reviewing_departments
from reviews.services.convene import ANSWER_BY, next_working_day_at
from workflow.views import Problem, act


@login_required
@require_http_methods(["GET", "POST"])
def open_round(request: StaffRequest, number: str) -> HttpResponse:
    """主任组织一轮评审（第十六条）。"""
    order: Order = get_object_or_404(visible_orders(request.user).numbered(number))
    if not (request.user.may("reviews.open_round") and leads(order, request.user)):
        raise PermissionDenied(_("评审由带这张单的主任组织"))
    if request.method == "GET":
        return _page(request, order, ConveneForm(initial={"answer_due": next_working_day_at(ANSWER_BY)}))
    form = ConveneForm(request.POST)
    if not form.is_valid():
        return _page(request, order, form, status=400)
    data = dict(form.cleaned_data)
    return act(
        request,
        lambda: services.open_round(order, data.pop("form"), actor=request.user, **data),
        then=lambda review: reverse("reviews:detail", args=[review.pk]),
        done=_("评审已送各部门。"),
        refused=lambda problem: _page(request, order, form, problem=problem, status=problem.status),
    )


def _page(
    request: StaffRequest, order: Order, form: ConveneForm, *, problem: Problem | None = None, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "order": order,
        "form": form,
        "problem": problem,
        "departments": reviewing_departments(order),
        "facts": facts_of(order),
        "earlier": order.rounds.order_by("-number"),
    }
    return render(request, "reviews/open_round.html", context, status=status)
