"""发票：列表、新开、一张发票、红字（第六章，开票）。"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ledger import document, services
from ledger.billing import left_to_take_back
from ledger.models import Invoice
from ledger.selectors import customers_to_invoice, visible_invoices
from ledger.sheet import InvoiceSheet, RedSheet
from ledger.views.seeing import customer_in, kept, known_only, may_look, order_in
from parties.http import StaffRequest
from parties.models import Customer
from workflow.machine import together
from workflow.paging import keyset
from workflow.views import Problem, act, as_seen

MOVES: dict[str, Callable[..., Invoice]] = {"issue": services.issue_invoice, "discard": services.discard_invoice}
DONE = {"issue": gettext_lazy("发票已开出，未开票随之减少。"), "discard": gettext_lazy("草稿已作废，号码可以再用。")}


@login_required
@require_GET
def invoices(request: StaffRequest) -> HttpResponse:
    """发票列表。"""
    may_look(request)
    known_only(request.GET, ("chip", "customer", "q"))
    rows = document.invoices_found(visible_invoices(request.user), request.GET)
    page = keyset(rows, request.GET, by="date")
    context = {
        "page": page,
        "totals": document.invoice_totals(page.rows),
        "chips": document.INVOICE_CHIPS,
        "here": request.GET.get("chip", ""),
        "kept": kept(request.GET, "chip"),
        "filtered": any(request.GET.get(name) for name in ("chip", "customer", "q")),
        "may_invoice": request.user.may("ledger.create_invoice"),
    }
    return render(request, "ledger/invoices.html", context)


def _may_invoice(request: StaffRequest) -> None:
    if not request.user.may("ledger.create_invoice"):
        raise PermissionDenied(_("只有财务能开发票"))


@login_required
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """开发票：选客户，勾已发未开票的行，金额由系统算（第六章，开票）。"""
    _may_invoice(request)
    order = order_in(request)
    customer = customer_in(request.POST if request.method == "POST" else request.GET, order)
    if customer is None:
        return render(request, "ledger/invoice_new.html", {"customers": customers_to_invoice()})
    if request.method == "GET":
        return _sheet(request, InvoiceSheet.shown(customer, order))
    sheet = InvoiceSheet.typed(customer, request.POST)
    if not sheet.is_valid():
        return _sheet(request, sheet, status=400)
    issues = "issue" in request.POST
    return act(
        request,
        lambda: _made(sheet, request, issues=issues),
        then=lambda invoice: reverse("ledger:invoice", args=[invoice.pk]),
        done=lambda invoice: (_("发票 %s 已开出。") if issues else _("发票 %s 的草稿存好了。")) % invoice.number,
        refused=lambda problem: _sheet(request, sheet, problem=problem),
    )


@together
def _made(sheet: InvoiceSheet, request: StaffRequest, *, issues: bool) -> Invoice:
    invoice = services.create_invoice(sheet.given, actor=request.user)
    return services.issue_invoice(invoice, actor=request.user) if issues else invoice


def _sheet(
    request: StaffRequest, sheet: InvoiceSheet, *, problem: Problem | None = None, status: int = 200
) -> HttpResponse:
    context = {"sheet": sheet, "problem": problem, "customers": customers_to_invoice()}
    return render(request, "ledger/invoice_new.html", context, status=problem.status if problem else status)


@login_required
@require_POST
def reckon(request: StaffRequest) -> HttpResponse:
    """勾选或数量变了：系统重新算每行金额与合计，什么也不存。"""
    _may_invoice(request)
    customer = get_object_or_404(Customer, code=request.POST.get("customer", "")[:40])
    sheet = InvoiceSheet.typed(customer, request.POST)
    return render(request, "ledger/invoice_new.html#lines", {"sheet": sheet})


def invoice_at(request: StaffRequest, pk: int) -> Invoice:
    """The invoice of the address, as far as this person may see it."""
    may_look(request)
    found: Invoice = as_seen(request, get_object_or_404(visible_invoices(request.user), pk=pk))
    return found


@login_required
@require_GET
def detail(request: StaffRequest, pk: int) -> HttpResponse:
    """一张发票：各行、收款、红字、按钮、时间线。"""
    return _page(request, invoice_at(request, pk))


def _page(request: StaffRequest, invoice: Any, problem: Problem | None = None) -> HttpResponse:
    context = document.invoice_page(invoice, request.user) | {"problem": problem}
    template = "ledger/invoice.html#doc" if request.htmx else "ledger/invoice.html"
    return render(request, template, context, status=problem.status if problem else 200)


@login_required
@require_POST
def move(request: StaffRequest, pk: int, verb: str) -> HttpResponse:
    """开出、作废草稿（第六章，开票）。"""
    invoice = invoice_at(request, pk)
    return act(
        request,
        lambda: MOVES[verb](invoice, actor=request.user),
        then=reverse("ledger:invoice", args=[pk]),
        done=str(DONE[verb]),
        refused=lambda problem: _page(request, get_object_or_404(visible_invoices(request.user), pk=pk), problem),
    )


@login_required
@require_http_methods(["GET", "POST"])
def red(request: StaffRequest, pk: int) -> HttpResponse:
    """开红字发票：冲哪几行、各多少、为什么（第六章，开票）。"""
    _may_invoice(request)
    original = invoice_at(request, pk)
    left = left_to_take_back(original)
    if request.method == "GET":
        return render(request, "ledger/invoice_red.html", {"sheet": RedSheet.of(original, left)})
    sheet = RedSheet.of(original, left, request.POST)
    if not sheet.is_valid():
        return render(request, "ledger/invoice_red.html", {"sheet": sheet}, status=400)
    return act(
        request,
        lambda: services.create_red_invoice(original, sheet.given, actor=request.user),
        then=lambda made: reverse("ledger:invoice", args=[made.pk]),
        done=lambda made: _("红字发票 %s 的草稿做好了，核对后开出。") % made.number,
        refused=lambda problem: render(
            request, "ledger/invoice_red.html", {"sheet": sheet, "problem": problem}, status=problem.status
        ),
    )
