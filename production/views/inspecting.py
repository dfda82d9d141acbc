"""检验放行：等检验的单、登记检验、最近的检验（第五章，品质放行）。"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Max, Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from orders.models import Order, OrderLine
from orders.selectors import visible_orders
from parties.http import StaffRequest
from production.forms import InspectionForm
from production.models import Inspection
from production.reminders import inspection_waiting
from production.rights import INSPECT, concerned
from production.selectors import inspections_of, passed_by_line
from production.services import inspect_lines
from production.services.inspection import OPEN_TO_INSPECTION
from reviews.selectors import current_notice
from workflow import clock
from workflow.duties import Scope
from workflow.paging import keyset
from workflow.views import Problem, act, refusal_page


@login_required
@require_GET
def inspections(request: StaffRequest) -> HttpResponse:
    """等检验的单，与最近的检验（第五章，品质放行）。"""
    waiting = list(inspection_waiting(Scope(clock.now(), request.user))) if request.user.may(INSPECT) else []
    rows = Inspection.objects.visible_to(request.user).select_related("order", "line", "by", "corrected_by")
    context = {"waiting": waiting, "page": keyset(rows, request.GET), "now": clock.now()}
    return render(request, "production/inspections.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def inspect(request: StaffRequest, number: str) -> HttpResponse:
    """一张单各行的检验：合格、让步、返工、拒收、报告号（第五章，品质放行）。"""
    order: Order = get_object_or_404(visible_orders(request.user).numbered(number))
    if not request.user.may(INSPECT):
        raise PermissionDenied(_("只有品质部门能登记检验"))
    if order.state not in OPEN_TO_INSPECTION:
        words = _("现在是「%(state)s」，投产以后才检验") % {"state": order.get_state_display()}
        return refusal_page(request, Problem(409, words), back=reverse("orders:detail", args=[order.number]))
    data = request.POST if request.method == "POST" else None
    bound = list(_forms(request, order, data))
    if data is None:
        return _page(request, order, bound)
    if [form for form in bound if not form.is_valid()]:
        return _page(request, order, bound, status=400)
    return act(
        request,
        lambda: inspect_lines(order, _rows(request, bound), actor=request.user),
        then=reverse("production:inspections"),
        done=lambda made: _("%(number)s 检验 %(n)d 行，已登记。") % {"number": order.number, "n": len(made)},
        refused=lambda problem: _page(request, order, bound, problem, problem.status),
    )


def _forms(request: StaffRequest, order: Order, data: QueryDict | None) -> Iterator[InspectionForm]:
    """A form for each line of this person's; for a correction only that line's, filled with what it corrects."""
    pk = (data or request.GET).get("corrects", "")
    wrong: Inspection | None = None
    if pk:
        key = int(pk) if pk.isascii() and pk.isdecimal() and len(pk) < 19 else 0
        wrong = get_object_or_404(Inspection, order=order, pk=key)
    for line in order.goods_now:
        if concerned(order, line, request.user) and (wrong is None or wrong.line_id == line.pk):
            yield InspectionForm(data, line=line, corrects=wrong)


def _rows(request: StaffRequest, bound: list[InspectionForm]) -> list[Any]:
    notice, entry = request.POST.get("notice", "")[:20], request.POST.get("entry", "")[:40]
    return [form.given(notice=notice, entry=entry) for form in bound if form.filled]


def _page(
    request: StaffRequest,
    order: Order,
    bound: list[InspectionForm],
    problem: Problem | None = None,
    status: int = 200,
) -> HttpResponse:
    passed, seen = passed_by_line(order.pk), _seen(order)
    notice = current_notice(order)
    context = {
        "order": order,
        "sheets": [
            {
                "form": form,
                "line": form.line,
                "passed": passed.get(form.line.pk, Decimal(0)),
                "seen": seen.get(form.line.pk),
            }
            for form in bound
        ],
        "notice": notice,
        "corrects": next((form.corrects for form in bound), None),
        "entry": request.POST.get("entry") or str(uuid.uuid4()),
        "earlier": inspections_of(order)[:50],
        "problem": problem,
    }
    return render(request, "production/inspect.html", context, status=status)


def _seen(order: Order) -> dict[int, Decimal | None]:
    """What the visits reported done, by line."""
    standing = Q(visit_lines__visit__corrected_by__isnull=True)
    lines = OrderLine.objects.goods().filter(order=order)
    return dict(lines.values_list("pk").annotate(done=Max("visit_lines__done_quantity", filter=standing)))
