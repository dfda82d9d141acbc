"""业务种类：一览、编订、每一版改了什么（第五条）。"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from orders import services
from orders.kind_departments import Part, parts_of
from orders.kind_sheet import FIELDS, KindSheet, known_departments
from orders.kind_words import differences
from orders.models import BusinessKind, KindVersion, ReturnDay
from orders.services.kind import EDIT_KINDS
from parties.http import StaffRequest
from parties.models import Department
from workflow import clock
from workflow.views import Problem, act, beside, revision_seen

MOST_VERSIONS = 50


def _may_edit(request: StaffRequest) -> None:
    if not request.user.may(EDIT_KINDS):
        raise PermissionDenied(_("业务种类由主任、总监或管理员来改"))


@login_required
@require_GET
def kinds(request: StaffRequest) -> HttpResponse:
    """业务种类一览：在用的、备着的，各是第几版（第五条）。"""
    _may_edit(request)
    rows = list(BusinessKind.objects.order_by("-active", "pk"))
    names = known_departments(*rows)
    there = {one.code: one for one in Department.objects.all()}
    shown = [
        (kind, [names[code] for code in kind.departments], [part for part in parts_of(kind, there) if _open(part)])
        for kind in rows
    ]
    return render(request, "orders/kinds.html", {"kinds": shown})


def _open(part: Part) -> bool:
    return part.missing or part.headless


@login_required
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """新的业务种类（第五条）。"""
    _may_edit(request)
    return _form(request, None)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, code: str) -> HttpResponse:
    """编订一个业务种类：先看对新单改了什么，再存成新的一版（第五条）。"""
    _may_edit(request)
    return _form(request, get_object_or_404(BusinessKind, code=code))


def _form(request: StaffRequest, kind: BusinessKind | None) -> HttpResponse:
    if request.method == "GET":
        return _page(request, KindSheet.of(kind))
    sheet = KindSheet.of(kind, request.POST)
    if not sheet.is_valid():
        return _page(request, sheet, status=400)
    if "preview" in request.POST:
        return _page(request, sheet, changes=sheet.changes())
    return act(
        request,
        lambda: _keep(request, sheet),
        then=lambda kept: reverse("orders:kind", args=[kept.code]),
        done=lambda kept: (
            _("%(name)s存好了，第 %(n)d 版；已有的业务单不跟着变。") % {"name": kept.name, "n": kept.version}
        ),
        refused=lambda problem: _refused(request, sheet, problem),
    )


def _keep(request: StaffRequest, sheet: KindSheet) -> BusinessKind:
    content, active = sheet.content, sheet.form.cleaned_data["active"]
    if sheet.kind is None:
        return services.create_kind(content["code"], content, active=active, actor=request.user)
    seen = revision_seen(request) or 0  # a page without one is as stale as can be
    return services.edit_kind(sheet.kind, content, active=active, expected=seen, actor=request.user)


def _refused(request: StaffRequest, sheet: KindSheet, problem: Problem) -> HttpResponse:
    """The form again, with the words beside the fields; after somebody else's edit, with what would change now."""
    if isinstance(problem.error, ValidationError):
        rows = {name: one.filled for name, one in sheet.rows.items()}
        return _page(request, sheet, status=400, problem=beside(problem, sheet.form, FIELDS, **rows))
    return _page(request, sheet, status=problem.status, problem=problem, changes=sheet.changes())


def _page(request: StaffRequest, sheet: KindSheet, *, status: int = 200, **more: Any) -> HttpResponse:
    kind = sheet.kind
    context = {"sheet": sheet, "form": sheet.form, "kind": kind, "history": _history(kind, sheet) if kind else []}
    if kind and kind.rules.return_days:
        ahead = ReturnDay.objects.filter(kind=kind, day__gte=clock.today())
        context["return_days"] = ahead.select_related("by", "withdrawal__by").order_by("day", "turn")
    return render(request, "orders/kind.html", context | more, status=status)


def _history(kind: BusinessKind, sheet: KindSheet) -> list[tuple[KindVersion, list[Any]]]:
    """Each version with what it changed against the one before, newest first."""
    rows = list(KindVersion.objects.filter(kind=kind).order_by("-number")[: MOST_VERSIONS + 1])
    pairs = zip(rows, [*rows[1:], None], strict=True)
    told = [
        (now, differences(was.content, now.content, sheet.departments) if was is not None else []) for now, was in pairs
    ]
    return told[:MOST_VERSIONS]
