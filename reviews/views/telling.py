"""结果告知，与各轮对照的页面（第二十条）。"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from orders.selectors import visible_orders
from parties.http import StaffRequest
from reviews import services
from reviews.comparing import compare_rounds
from reviews.forms import ToldForm
from reviews.services import ToldInput
from reviews.views.rounds import done_with, round_at


@login_required
@require_POST
def told(request: StaffRequest, pk: int) -> HttpResponse:
    """记下谁、何时、怎么把结果告诉了业务员或客户（第二十条）。"""
    review = round_at(request, pk)
    form = ToldForm(request.POST, prefix="t")

    def do(data: dict[str, Any]) -> Any:
        return services.record_told(review, ToldInput(**data), actor=request.user)

    return done_with(request, review, form, do, _("已记下告知。"), told_form=form)


@login_required
@require_GET
def compare(request: StaffRequest, number: str) -> HttpResponse:
    """一张单的各轮评审并排（第二十条）。"""
    order = get_object_or_404(visible_orders(request.user).numbered(number))
    return render(request, "reviews/compare.html", {"order": order, "table": compare_rounds(order)})
