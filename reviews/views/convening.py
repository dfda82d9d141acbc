"""组织评审：定形式、时间、地点（第十六条、第十九条）。"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from orders.models import Order
from orders.rights import organises
from orders.selectors import visible_orders
from parties.http import StaffRequest
from parties.models import Department
from reviews import services
from reviews.answering import facts_of
from reviews.differences import asked
from reviews.meeting_forms import ConveneForm
from reviews.models import Round
from reviews.selectors import reviewing_departments
from reviews.services.convene import ANSWER_BY, next_working_day_at
from reviews.short import short_departments, why_not_short
from workflow.views import Problem, act, beside


@login_required
@require_http_methods(["GET", "POST"])
def open_round(request: StaffRequest, number: str) -> HttpResponse:
    """主任组织一轮评审（第十六条）。"""
    order: Order = get_object_or_404(visible_orders(request.user).numbered(number))
    if not (request.user.may("reviews.open_round") and organises(order, request.user)):
        raise PermissionDenied(_("评审由带这张单的主任，或种类定的部门组织"))
    return convene(
        request,
        order,
        reviewing_departments(order),
        lambda form, data: services.open_round(order, form, actor=request.user, **data),
        short=() if why_not_short(order) else short_departments(order),
    )


def convene(
    request: StaffRequest,
    order: Order,
    departments: list[Department],
    do: Callable[[str, dict[str, Any]], Round],
    *,
    short: Sequence[Department] = (),
    choices: Sequence[Department] | None = None,
    **shown: Any,
) -> HttpResponse:
    """The form of a new round: shown, sent in, refused; the same for an order and for a change of it.

    With `choices` whoever convenes it says which of them are asked; `departments` are ticked beforehand.
    """
    shown |= {"order": order, "departments": departments, "short": short}
    asks: dict[str, Any] = {"short": bool(short), "departments": choices}
    if request.method == "GET":
        ticked = [each.code for each in departments]
        known = {"answer_due": next_working_day_at(ANSWER_BY), "departments": ticked}
        return _page(request, ConveneForm(initial=known, **asks), shown)
    form = ConveneForm(request.POST, **asks)
    if not form.is_valid():
        return _page(request, form, shown, status=400)
    return act(
        request,
        lambda: do(form.cleaned_data["form"], form.given()),
        then=lambda review: reverse("reviews:detail", args=[review.pk]),
        done=_("评审已送各部门。"),
        refused=lambda problem: _page(request, form, shown, problem=beside(problem, form), status=problem.status),
    )


def _page(
    request: StaffRequest,
    form: ConveneForm,
    shown: dict[str, Any],
    *,
    problem: Problem | None = None,
    status: int = 200,
) -> HttpResponse:
    order: Order = shown["order"]
    context = {
        **shown,
        "form": form,
        "problem": problem,
        "facts": facts_of(order),
        "earlier": order.rounds.order_by("-number"),
        "rows": asked(shown["change"], money=request.user.may("orders.view_money")) if "change" in shown else [],
    }
    return render(request, "reviews/open_round.html", context, status=status)
