"""登记巡查：一张单，或一趟许多单（第六条，A6.4a）。"""

from __future__ import annotations

from functools import cached_property, partial

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from orders.models import Order, State
from orders.selectors import visible_orders
from parties.http import StaffRequest
from production.models import Schedule, Visit
from production.rights import VISIT, visits
from production.selectors import with_parts
from production.services import VisitInput, visit_order, visit_orders
from production.sheet import Sheet, sheets_of
from production.tour import Stop, Tour
from workflow.views import Problem, act, refusal_page

PHRASES = ("换版完成", "人手不足", "等料", "设备停机")
SLOTS = range(1, 5)
MOST = 30


@login_required
@require_http_methods(["GET", "POST"])
def visit(request: StaffRequest, number: str) -> HttpResponse:
    """一张单的巡查单：累计完成、进度、质量、照片、说明（第六条）。"""
    order: Order = get_object_or_404(visible_orders(request.user).numbered(number))
    if refused := _refused(request, order):
        return refused
    typed = request.POST if request.method == "POST" else request.GET
    data = request.POST if request.method == "POST" else None
    corrects = _to_correct(order, typed.get("corrects", ""))
    sheet = Sheet(order, typed.get("process", "").strip()[:40], data, corrects=corrects)
    if data is None:
        return _page(request, sheet, part="#counts" if request.htmx else "")
    if not sheet.form.is_valid():
        return _page(request, sheet, status=400)
    given = sheet.form.given(photos=request.FILES.getlist("photos"))
    return act(
        request,
        partial(visit_order, order, given, actor=request.user),
        then=lambda made: reverse("production:visit_done", args=[made.pk]),
        refused=lambda problem: _page(request, sheet, problem, problem.status),
    )


def _refused(request: StaffRequest, order: Order) -> HttpResponse | None:
    """Why this person cannot visit this order at all."""
    if not visits(order, request.user):
        raise PermissionDenied(_("这张单不是您的，不能登记巡查"))
    if order.state == State.PRODUCING:
        return None
    words = _("现在是「%(state)s」，生产中的单才登记巡查") % {"state": order.get_state_display()}
    return refusal_page(request, Problem(409, words), back=reverse("orders:detail", args=[order.number]))


def _to_correct(order: Order, pk: str) -> Visit | None:
    """The visit that the page corrects; 404 for one that this order does not have."""
    if not pk:
        return None
    key = int(pk) if pk.isascii() and pk.isdecimal() and len(pk) < 19 else 0
    found: Visit = get_object_or_404(Visit.objects.prefetch_related("lines"), order=order, pk=key)
    return found


def _page(
    request: StaffRequest, sheet: Sheet, problem: Problem | None = None, status: int = 200, part: str = ""
) -> HttpResponse:
    context = {
        "order": sheet.order,
        "sheet": sheet,
        "form": sheet.form,
        "problem": problem,
        "phrases": PHRASES,
        "slots": SLOTS,
    }
    return render(request, f"production/visit.html{part}", context, status=status)


@login_required
@require_GET
def done(request: StaffRequest, pk: int) -> HttpResponse:
    """登记好了：系统已经做了什么，下一单是哪张（第六条）。"""
    rows = with_parts(Visit.objects.visible_to(request.user)).select_related(
        "order__customer", "order__team__supervisor"
    )
    made: Visit = get_object_or_404(rows, pk=pk)
    tour = Tour(request.user)
    context = {
        "visit": made,
        "order": made.order,
        "tour": tour,
        "next": tour.next_after(made.order),
        "first_here": not _earlier(made),
        "figures": made.lines.all(),
        "risky": made.schedule != Schedule.OK,
    }
    return render(request, "production/visit_done.html", context)


def _earlier(made: Visit) -> bool:
    same = Visit.objects.filter(order=made.order, step=made.step).standing()
    return bool(same.exclude(pk=made.pk).filter(at__lte=made.at).exists())


class Round:
    """一趟许多单的登记页：每张单一张巡查单，勾上的才登。"""

    def __init__(self, request: StaffRequest) -> None:
        self.request = request
        self.tour = Tour(request.user)

    @cached_property
    def ticked(self) -> set[str]:
        return set(self.request.POST.getlist("order"))

    @cached_property
    def sheets(self) -> list[tuple[Stop, Sheet, bool]]:
        """Every order of the round with its sheet; what was ticked is bound to what was typed."""
        stops = self.tour.waiting[:MOST]
        ticked = [stop.order.number in self.ticked for stop in stops]
        data = [self.request.POST if tick else None for tick in ticked]
        made = sheets_of([stop.order for stop in stops], data)
        return list(zip(stops, made, ticked, strict=True))

    @property
    def chosen(self) -> list[Sheet]:
        return [sheet for _stop, sheet, ticked in self.sheets if ticked]

    def entries(self) -> list[tuple[Order, VisitInput]]:
        return [(sheet.order, sheet.form.given()) for sheet in self.chosen]


@login_required
@require_http_methods(["GET", "POST"])
def visit_many(request: StaffRequest) -> HttpResponse:
    """一趟车间看许多单，一次登记（第六条）。"""
    if not request.user.may(VISIT):
        raise PermissionDenied(_("巡查不归您做"))
    page = Round(request)
    if request.method == "GET":
        return render(request, "production/visit_many.html", {"page": page, "tour": page.tour})
    if [sheet for sheet in page.chosen if not sheet.form.is_valid()]:
        return render(request, "production/visit_many.html", {"page": page, "tour": page.tour}, status=400)
    return act(
        request,
        lambda: visit_orders(page.entries(), actor=request.user),
        then=reverse("production:tour"),
        done=lambda made: _("%(n)d 单已登记。") % {"n": len(made)},
        refused=partial(_many_refused, request, page),
    )


def _many_refused(request: StaffRequest, page: Round, problem: Problem) -> HttpResponse:
    context = {"page": page, "tour": page.tour, "problem": problem}
    return render(request, "production/visit_many.html", context, status=problem.status)
