"""启用备着的业务种类：缺什么部门一目了然，就地补齐（第五条、第十六条）。"""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from orders import services
from orders.kind_start import StartSheet
from orders.models import BusinessKind
from orders.services.kind import EDIT_KINDS
from parties.http import StaffRequest
from workflow.views import Problem, act, refusal_page, revision_seen


@login_required
@require_http_methods(["GET", "POST"])
def start(request: StaffRequest, code: str) -> HttpResponse:
    """配齐部门、启用一个种类（第五条）。"""
    if not request.user.may(EDIT_KINDS):
        raise PermissionDenied(_("业务种类由主任、总监或管理员来启用"))
    kind = get_object_or_404(BusinessKind, code=code)
    if kind.active:
        words = _("「%(kind)s」已经在用了") % {"kind": kind}
        return refusal_page(request, Problem(409, words), back=reverse("orders:kind", args=[code]))
    if request.method == "GET":
        return _page(request, StartSheet.of(kind, request.user))
    sheet = StartSheet.of(kind, request.user, request.POST)
    if not sheet.is_valid():
        return _page(request, sheet, status=400)
    return act(
        request,
        lambda: services.start_kind(kind, sheet.given(), expected=revision_seen(request) or 0, actor=request.user),
        then=lambda kept: reverse("orders:kind", args=[kept.code]),
        done=lambda kept: _("%(name)s启用了，登记业务单时可以选。") % {"name": kept.name},
        refused=lambda problem: _refused(request, sheet, problem),
    )


def _refused(request: StaffRequest, sheet: StartSheet, problem: Problem) -> HttpResponse:
    if isinstance(problem.error, ValidationError):
        left = sheet.blame(problem.error)
        return _page(request, sheet, status=400, problem=Problem(400, "；".join(left)) if left else None)
    return _page(request, sheet, status=problem.status, problem=problem)


def _page(
    request: StaffRequest, sheet: StartSheet, *, status: int = 200, problem: Problem | None = None
) -> HttpResponse:
    context = {"sheet": sheet, "kind": sheet.kind, "problem": problem}
    return render(request, "orders/kind_start.html", context, status=status)
