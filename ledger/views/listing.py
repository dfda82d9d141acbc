"""发出商品台账：列表、按客户、导出、印出附件5。"""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ledger import listing
from ledger.export import write_ledger
from ledger.forms import LedgerFilter
from ledger.papers import export_ledger, print_ledger
from ledger.rows import rows_of
from ledger.views.seeing import kept, known_only, may_look
from parties.http import StaffRequest
from workflow.paging import keyset
from workflow.views import act

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_GET
def ledger(request: StaffRequest) -> HttpResponse:
    """发出商品台账（附件5）：筛选在网址里，本页合计，期间发生与期末。"""
    may_look(request)
    known_only(request.GET, LedgerFilter.base_fields)
    form = LedgerFilter(request.GET, user=request.user)
    context = _page(request, form) if form.is_valid() else {}
    shared = {
        "form": form,
        "here": request.GET.get("chip", ""),
        "kept": kept(request.GET, "chip"),
        "query": kept(request.GET),
        "filtered": any(request.GET.get(name) for name in LedgerFilter.base_fields),
        "may_invoice": request.user.may("ledger.create_invoice"),
    }
    return render(request, "ledger/list.html", shared | context, status=200 if context else 400)


def _page(request: StaffRequest, form: LedgerFilter) -> dict[str, Any]:
    figures = listing.figures_of(form.where)
    context: dict[str, Any] = {"figures": listing.strip(figures, form), "all": figures.sums, "first": form.first}
    if form.cleaned_data.get("group"):
        groups = listing.groups_of(form)
        rows = [row for group in groups for row in group.rows]
        return context | {"groups": groups, "rows": rows, "totals": listing.page_totals(rows)}
    page = keyset(listing.entries_of(form), request.GET, by="day")
    rows = rows_of(page.rows, form.where.last)
    return context | {"page": page, "rows": rows, "totals": listing.page_totals(rows)}


def _asked(request: StaffRequest) -> LedgerFilter:
    known_only(request.GET, LedgerFilter.base_fields)
    form = LedgerFilter(request.GET, user=request.user)
    if not form.is_valid():
        raise BadRequest(_("筛选条件不对"))
    return form


@login_required
@require_POST
def export(request: StaffRequest) -> HttpResponseBase:
    """导出看到的台账为 Excel：逐行写，登记谁导了多少行（B7）。"""
    may_look(request)
    form = _asked(request)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "ledger.xlsx"
        write = partial(write_ledger, target, listing.entries_of(form), form.where.last)
        return act(
            request,
            lambda: export_ledger(form, write, actor=request.user),
            then=reverse("ledger:list"),
            answer=lambda extract: _attached(target, f"{_('发出商品台账')} {extract.number}.xlsx"),
        )


def _attached(target: Path, name: str) -> HttpResponse:
    """The file's bytes behind an open handle; its folder may go."""
    answer = FileResponse(target.open("rb"), as_attachment=True, filename=name, content_type=SHEET)
    answer["Cache-Control"] = "private, no-store"
    return answer  # type: ignore[return-value]


@login_required
@require_POST
def print_out(request: StaffRequest) -> HttpResponse:
    """印出附件5：内容一次写定归档，随后印成 PDF（第六章）。"""
    may_look(request)
    form = _asked(request)
    return act(
        request,
        lambda: print_ledger(form, actor=request.user),
        then=lambda paper: reverse("papers:pdf", args=[paper.pk]),
    )
