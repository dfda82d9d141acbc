"""编报价单、成单：一张表，一页（B1）。"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from orders import offers, services
from orders.models import Inquiry, Product, Quotation
from orders.offer_forms import (
    PREFIX,
    ChoiceRow,
    QuotationForm,
    QuotedLines,
    WinForm,
    initial_lines,
    initial_of,
    quotation_input,
)
from orders.rights import quotes
from orders.services import Choice, WinInput
from orders.services.winning import FALLEN
from orders.views.inquiries import OFFERED, may_quote
from orders.views.quotations import quotation_at
from parties.http import StaffRequest
from parties.models import Customer
from workflow import clock
from workflow.forms import figure
from workflow.views import Problem, act, beside, refusal_page

NOT_ORDERED = ""
VALID_FOR = dt.timedelta(days=30)
TERMS = (
    "1. 价格含常规包装，送货到贵司所在市内；\n"
    "2. 图文由贵司提供并校对，签样后印制；\n"
    "3. 数量允许溢短 3%，按实际签收结算。"
)


@dataclass
class QuoteSheet:
    """A quotation being filled in: its head, its lines, the inquiry that it answers."""

    form: QuotationForm
    lines: Any
    quotation: Quotation | None = None
    inquiry: Inquiry | None = None

    def is_valid(self) -> bool:
        return bool(self.form.is_valid() & self.lines.is_valid())

    @property
    def given(self) -> services.QuotationInput:
        """What the service is handed; what the form does not show stays as it was."""
        return quotation_input(self.form, self.lines, self.inquiry)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """编一张新报价单，可以从一次询盘来（B类 询报价）。"""
    may_quote(request)
    number = (request.POST if request.method == "POST" else request.GET).get("inquiry", "").strip()[:20]
    rows = offers.visible_inquiries(request.user)
    inquiry = get_object_or_404(rows.numbered(number)) if number else None
    if request.method == "GET":
        sheet = QuoteSheet(QuotationForm(initial=_blank(inquiry)), QuotedLines(prefix=PREFIX), inquiry=inquiry)
        return _page(request, sheet)
    sheet = QuoteSheet(QuotationForm(request.POST), QuotedLines(request.POST, prefix=PREFIX), inquiry=inquiry)
    return _save(request, sheet)


def _blank(inquiry: Inquiry | None) -> dict[str, Any]:
    head: dict[str, Any] = {"valid_until": clock.today() + VALID_FOR, "tax": "0.13+", "terms": TERMS}
    if inquiry is None:
        return head
    customer = inquiry.customer
    named = f"{customer.code} {customer.name}" if customer else inquiry.customer_name
    terms = {"payment_terms": customer.payment_terms} if customer else {}
    return head | terms | {"customer": named, "contact": inquiry.asked_by}


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, number: str) -> HttpResponse:
    """改草稿；送出的不改，另出新版（B类 询报价）。"""
    found = quotation_at(request, number)
    if not (request.user.may("orders.quote") and quotes(found, request.user)):
        raise PermissionDenied(_("这张报价不是您的，不能改"))
    if found.state != Quotation.State.DRAFT:
        words = _("现在是「%(state)s」，送出的报价不改，请出新版") % {"state": found.get_state_display()}
        return refusal_page(request, Problem(409, words), back=reverse("orders:quotation", args=[number]))
    if request.method == "GET":
        lines = QuotedLines(initial=initial_lines(found.lines_now), prefix=PREFIX)
        form = QuotationForm(initial=initial_of(found))
        return _page(request, QuoteSheet(form, lines, found, found.inquiry))
    form, lines = QuotationForm(request.POST), QuotedLines(request.POST, prefix=PREFIX)
    return _save(request, QuoteSheet(form, lines, found, found.inquiry))


def _save(request: StaffRequest, sheet: QuoteSheet) -> HttpResponse:
    if not sheet.is_valid():
        return _page(request, sheet, status=400)
    return act(
        request,
        lambda: _write(request, sheet),
        then=lambda made: reverse("orders:quotation", args=[made.number]),
        done=_("报价单存好了，核对以后送出。"),
        refused=lambda problem: _refused(request, sheet, problem),
    )


def _write(request: StaffRequest, sheet: QuoteSheet) -> Quotation:
    if sheet.quotation is None:
        return services.create_quotation(sheet.given, actor=request.user)
    return services.edit_quotation(sheet.quotation, sheet.given, actor=request.user)


def _refused(request: StaffRequest, sheet: QuoteSheet, problem: Problem) -> HttpResponse:
    left = beside(problem, sheet.form, {"steps": "q1"}, lines=sheet.lines.filled)
    return _page(request, sheet, left, problem.status)


def _page(request: StaffRequest, sheet: QuoteSheet, problem: Problem | None = None, status: int = 200) -> HttpResponse:
    found = sheet.quotation
    context = {
        "form": sheet.form,
        "lines": sheet.lines,
        "quotation": found,
        "inquiry": sheet.inquiry,
        "version": found.revision if found else "",
        "problem": problem,
        "action": reverse("orders:edit_quotation", args=[found.number]) if found else reverse("orders:new_quotation"),
        "customers": Customer.objects.filter(active=True)[:OFFERED],
        "products": Product.objects.filter(active=True)[:OFFERED],
    }
    return render(request, "orders/quotation_form.html", context, status=status)


# --- 成单 -------------------------------------------------------------------------------------------------------------
@login_required
@require_http_methods(["GET", "POST"])
def win(request: StaffRequest, number: str) -> HttpResponse:
    """成单：每行选一个数量，其余都从报价来（B类 询报价）。"""
    found = quotation_at(request, number)
    if not (request.user.may("orders.create") and quotes(found, request.user)):
        raise PermissionDenied(_("这张报价不归您登记业务单"))
    if words := _not_now(found):
        return refusal_page(request, Problem(409, words), back=reverse("orders:quotation", args=[number]))
    form = WinForm(request.POST if request.method == "POST" else None, initial={"basis": "written"})
    rows = _chosen(request, found)
    if not form.is_bound or not form.is_valid():
        return _win_page(request, found, form, rows, status=400 if form.is_bound else 200)
    return act(
        request,
        lambda: services.make_order(found, _win_input(form, rows), actor=request.user),
        then=lambda order: reverse("orders:edit", args=[order.number]),
        done=_("业务单草稿开好了，补上客户要求就可以提交。"),
        refused=lambda problem: _win_page(request, found, form, rows, beside(problem, form), problem.status),
    )


def _not_now(found: Quotation) -> str:
    if found.state != Quotation.State.ACCEPTED:
        return _("现在是「%(state)s」，客户接受了才成单") % {"state": found.get_state_display()}
    if found.order is not None and found.order.state not in FALLEN:
        return _("已经成单 %(number)s") % {"number": found.order.number}
    return ""


def _chosen(request: StaffRequest, found: Quotation) -> list[ChoiceRow]:
    """What the page chose for each line; at first nothing, where there is a choice."""
    lines = found.lines_now
    if request.method == "POST":
        given = [(request.POST.get(f"step{line.pk}"), request.POST.get(f"quantity{line.pk}", "")) for line in lines]
        free = {name for name in request.POST if name.startswith("free")}
        return [
            ChoiceRow(line, step, amount[:20], f"free{line.pk}" in free)
            for line, (step, amount) in zip(lines, given, strict=True)
        ]
    return [ChoiceRow(line, str(line.steps_now[0].pk) if len(line.steps_now) == 1 else None, "") for line in lines]


def _win_input(form: WinForm, rows: list[ChoiceRow]) -> WinInput:
    choices = [_choice(row) for row in rows if row.chosen != NOT_ORDERED]
    return WinInput(choices=choices, waived=[row.line.pk for row in rows if row.free], **form.cleaned_data)


def _choice(row: ChoiceRow) -> Choice:
    chosen = row.chosen or ""
    if not (chosen.isascii() and chosen.isdecimal() and len(chosen) < 19):
        raise ValidationError({"choices": _("第 %(n)s 行还没有选：订哪个数量，或者不订") % {"n": row.line.position}})
    typed: Decimal | None = figure(row.quantity, digits=14, places=3) if row.quantity.strip() else None
    return Choice(int(chosen), typed)


def _win_page(
    request: StaffRequest,
    found: Quotation,
    form: WinForm,
    rows: list[ChoiceRow],
    problem: Problem | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "quotation": found,
        "form": form,
        "rows": rows,
        "problem": problem,
        "customers": Customer.objects.filter(active=True)[:OFFERED],
    }
    return render(request, "orders/quotation_win.html", context, status=status)
