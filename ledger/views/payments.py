"""收款：列表、登记、一笔收款、分配、冲销；应收调整（第六章，收款）。"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ledger import credit, document, services
from ledger.forms import AdjustmentForm, AmountForm, ReasonForm
from ledger.models import Adjustment, Payment
from ledger.selectors import open_invoices, visible_payments
from ledger.sheet import PaymentSheet, Target, allocations
from ledger.views.seeing import customer_in, kept, known_only, may_look, order_in
from orders.models import OrderLine
from orders.selectors import visible_orders
from parties.http import StaffRequest
from parties.models import Customer
from workflow.forms import filled
from workflow.machine import together
from workflow.paging import keyset
from workflow.views import Problem, act, as_seen

MOVES: dict[str, Callable[..., Payment]] = {"confirm": services.confirm_payment, "discard": services.discard_payment}
DONE = {
    "confirm": gettext_lazy("已确认到账，应收随之减少。"),
    "discard": gettext_lazy("已作废。"),
    "reverse": gettext_lazy("已冲销，原来的记录留着。"),
}


@login_required
@require_GET
def payments(request: StaffRequest) -> HttpResponse:
    """收款列表。"""
    may_look(request)
    known_only(request.GET, ("chip", "customer", "q"))
    rows = document.payments_found(visible_payments(request.user), request.GET)
    page = keyset(rows, request.GET, by="date")
    context = {
        "page": page,
        "totals": document.payment_totals(page.rows),
        "chips": document.PAYMENT_CHIPS,
        "here": request.GET.get("chip", ""),
        "kept": kept(request.GET, "chip"),
        "filtered": any(request.GET.get(name) for name in ("chip", "customer", "q")),
        "may_register": request.user.may("ledger.register_payment"),
    }
    return render(request, "ledger/payments.html", context)


def _may_register(request: StaffRequest) -> None:
    if not request.user.may("ledger.register_payment"):
        raise PermissionDenied(_("只有财务能登记收款"))


@login_required
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """登记收款：选客户，填金额，分到还没收齐的发票，先开的先冲，可改（第六章，收款）。"""
    _may_register(request)
    order = order_in(request)
    customer = customer_in(request.POST if request.method == "POST" else request.GET, order)
    if customer is None:
        return render(request, "ledger/payment_new.html", {"customers": _customers()})
    if request.method == "GET":
        return _sheet(request, PaymentSheet.shown(customer, order, request.user))
    sheet = PaymentSheet.typed(customer, request.POST, request.user)
    if "spread" in request.POST:
        return _sheet(request, sheet.filled_oldest_first())
    if not sheet.is_valid():
        return _sheet(request, sheet, status=400)
    confirms = "confirm" in request.POST
    return act(
        request,
        lambda: _made(sheet, request, confirms=confirms),
        then=lambda payment: reverse("ledger:payment", args=[payment.pk]),
        done=lambda payment: (_("%s 已登记并确认到账。") if confirms else _("%s 已登记，等确认。")) % payment.number,
        refused=lambda problem: _sheet(request, sheet, problem=problem),
    )


@together
def _made(sheet: PaymentSheet, request: StaffRequest, *, confirms: bool) -> Payment:
    payment = services.register_payment(sheet.given, actor=request.user)
    return services.confirm_payment(payment, actor=request.user) if confirms else payment


def _customers() -> Any:
    return Customer.objects.filter(active=True).order_by("code")


def _sheet(
    request: StaffRequest, sheet: PaymentSheet, *, problem: Problem | None = None, status: int = 200
) -> HttpResponse:
    context = {"sheet": sheet, "problem": problem, "customers": _customers()}
    return render(request, "ledger/payment_new.html", context, status=problem.status if problem else status)


@login_required
@require_POST
def reckon(request: StaffRequest) -> HttpResponse:
    """金额变了：从先开的发票起重新分；分配改了：重新合计。什么也不存。"""
    _may_register(request)
    customer = get_object_or_404(Customer, code=request.POST.get("customer", "")[:40])
    sheet = PaymentSheet.typed(customer, request.POST, request.user)
    sheet = sheet.filled_oldest_first() if "spread" in request.GET else sheet
    return render(request, "ledger/payment_new.html#targets", {"sheet": sheet})


def payment_at(request: StaffRequest, pk: int) -> Payment:
    """The payment of the address, as far as this person may see it."""
    may_look(request)
    found: Payment = as_seen(request, get_object_or_404(visible_payments(request.user), pk=pk))
    return found


@login_required
@require_GET
def detail(request: StaffRequest, pk: int) -> HttpResponse:
    """一笔收款：分到哪里、还剩多少、按钮、时间线。"""
    return _page(request, payment_at(request, pk))


def _page(
    request: StaffRequest, payment: Any, problem: Problem | None = None, targets: list[Target] | None = None
) -> HttpResponse:
    context = document.payment_page(payment, request.user, targets) | {"problem": problem}
    template = "ledger/payment.html#doc" if request.htmx else "ledger/payment.html"
    return render(request, template, context, status=problem.status if problem else 200)


def _acted(
    request: StaffRequest, pk: int, do: Callable[[], Any], done: str, targets: list[Target] | None = None
) -> HttpResponse:
    def refused(problem: Problem) -> HttpResponse:
        return _page(request, get_object_or_404(visible_payments(request.user), pk=pk), problem, targets)

    return act(request, do, then=reverse("ledger:payment", args=[pk]), done=done, refused=refused)


@login_required
@require_POST
def move(request: StaffRequest, pk: int, verb: str) -> HttpResponse:
    """确认到账、作废（第六章，收款）。"""
    payment = payment_at(request, pk)
    return _acted(request, pk, lambda: MOVES[verb](payment, actor=request.user), str(DONE[verb]))


@login_required
@require_POST
def reverse_(request: StaffRequest, pk: int) -> HttpResponse:
    """冲销一笔确认错了的收款，写明理由（第六章，收款）。"""
    payment = payment_at(request, pk)
    form = ReasonForm(request.POST)

    def do() -> Payment:
        return services.reverse_payment(payment, filled(form)["reason"], actor=request.user)

    return _acted(request, pk, do, str(DONE["reverse"]))


@login_required
@require_POST
def allocate(request: StaffRequest, pk: int) -> HttpResponse:
    """把没分配的分到还没收齐的发票（第六章，收款）。"""
    payment = payment_at(request, pk)
    targets = [Target(one, AmountForm(request.POST, prefix=str(one.pk))) for one in open_invoices(payment.customer)]
    wrong = [target.error for target in targets if target.error]
    if wrong:
        return _page(request, payment, Problem(400, "；".join(wrong)), targets)
    do = partial(services.allocate_payment, payment, list(allocations(targets)), actor=request.user)
    return _acted(request, pk, do, str(_("已分配。")), targets)


# --- adjustments: on the order's own page -----------------------------------------------------------------------------
@login_required
@require_POST
def propose(request: StaffRequest, number: str) -> HttpResponse:
    """提出应收调整，等总监批准（第六章，调整）。"""
    order = get_object_or_404(visible_orders(request.user).numbered(number))

    def do() -> Adjustment:
        data = filled(AdjustmentForm(request.POST))
        line = get_object_or_404(OrderLine.objects.select_related("order"), pk=data["line"], order=order)
        amount = data["amount"] if data["direction"] == "+" else -data["amount"]
        return services.propose_adjustment(line, Decimal(amount), data["kind"], data["reason"], actor=request.user)

    return act(request, do, then=credit.ledger_tab(order), done=_("已提出，等总监批准。"))


@login_required
@require_POST
def decide(request: StaffRequest, pk: int, verb: str) -> HttpResponse:
    """总监批准或不批准（第六章，调整）。"""
    rows = Adjustment.objects.filter(order__in=visible_orders(request.user)).select_related("order")
    adjustment = get_object_or_404(rows, pk=pk)

    def do() -> Adjustment:
        if verb == "approve":
            return services.approve_adjustment(adjustment, actor=request.user)
        return services.refuse_adjustment(adjustment, filled(ReasonForm(request.POST))["reason"], actor=request.user)

    done = _("已批准，应收随之加减。") if verb == "approve" else _("没有批准，应收不动。")
    return act(request, do, then=credit.ledger_tab(adjustment.order), done=done)
