"""销售合同、订单确认书：出、发、签回（B1b）。"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from orders import services
from orders.models import Order, OrderContract
from orders.offer_forms import ContractForm, SendForm, SignBackForm
from orders.rights import works
from orders.selectors import visible_orders
from orders.services.contract import WHILE
from papers.services import attach, papers_of
from parties.http import StaffRequest
from workflow import clock
from workflow.forms import clean_words, filled
from workflow.machine import offers, together
from workflow.models import TransitionLog
from workflow.views import Problem, act, as_seen, buttons, refusal_page

FIRST = ("send", "sign_back")
ASKS = {"send": "ask-send", "sign_back": "ask-sign"}
TERMS = (
    "1. 供方按签样与所列质量标准交货；需方收货后 7 日内以书面提出异议，逾期视为合格。\n"
    "2. 数量以实际签收为准，溢短按上表；图文由需方提供并校对，签样后更改的费用由需方承担。\n"
    "3. 需方逾期付款的，供方可以顺延交货。\n"
    "4. 争议先协商，协商不成由供方所在地人民法院管辖。"
)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest, number: str) -> HttpResponse:
    """照业务单现在这一版出合同或确认书（B类 合同）。"""
    order: Order = get_object_or_404(visible_orders(request.user).numbered(number))
    if not (request.user.may("orders.contract") and works(order, request.user)):
        raise PermissionDenied(_("这张单不是您的，不能出合同"))
    if order.state not in WHILE:
        words = _("业务单现在是「%(state)s」，受理以后、结案以前才出合同") % {"state": order.get_state_display()}
        return refusal_page(request, Problem(409, words), back=reverse("orders:detail", args=[number]))
    form = ContractForm(
        request.POST if request.method == "POST" else None, initial={"form": "confirmation", "terms": TERMS}
    )
    if not form.is_bound or not form.is_valid():
        return _form(request, order, form, 400 if form.is_bound else 200)
    return act(
        request,
        lambda: services.make_contract(order, **form.cleaned_data, actor=request.user),
        then=lambda made: reverse("orders:contract", args=[made.number]),
        done=_("出好了，PDF 正在印；发给客户以后登记。"),
        refused=lambda problem: _form(request, order, form, problem.status, problem),
    )


def _form(
    request: StaffRequest, order: Order, form: ContractForm, status: int, problem: Problem | None = None
) -> HttpResponse:
    context = {"order": order, "form": form, "problem": problem}
    return render(request, "orders/contract_new.html", context, status=status)


def contract_at(request: StaffRequest, number: str) -> OrderContract:
    """The contract of the address, as far as this person may see it."""
    if not request.user.may("orders.view_money"):
        raise PermissionDenied(_("合同列有金额，您的岗位不能查看"))
    rows = OrderContract.objects.visible_to(request.user)
    parts = ("order__customer", "order__team", "order__coordinator", "made_by", "scan")
    found: OrderContract = get_object_or_404(rows.select_related(*parts).numbered(number))
    return as_seen(request, found)


@login_required
@require_GET
def contract(request: StaffRequest, number: str) -> HttpResponse:
    """一份合同或确认书：发没发、签没签回。"""
    return _page(request, contract_at(request, number))


def _page(
    request: StaffRequest, found: OrderContract, problem: Problem | None = None, bound: dict[str, Any] | None = None
) -> HttpResponse:
    address = reverse("orders:contract", args=[found.number])
    moves = [
        replace(button, opens=ASKS.get(button.name, ""))
        for button in buttons(offers(found, request.user), address, primary=FIRST)
    ]
    contact = found.order.customer.contacts.order_by("pk").first()
    log = TransitionLog.objects.filter(subject_type=found._meta.db_table, subject_id=found.pk)
    context: dict[str, Any] = {
        "contract": found,
        "order": found.order,
        "offers": moves,
        "version": found.revision,
        "paper": papers_of(found).first(),
        "log": log.order_by("-version")[:50],
        "send": SendForm(auto_id="send_%s", initial={"to": contact.name if contact else "", "how": _("邮件")}),
        "sign": SignBackForm(auto_id="sign_%s", initial={"signed_on": clock.today()}),
        "problem": problem,
        **(bound or {}),
    }
    return render(request, "orders/contract.html", context, status=problem.status if problem else 200)


def _acted(
    request: StaffRequest,
    number: str,
    do: Callable[[OrderContract], Any],
    done: str,
    bound: dict[str, Any] | None = None,
) -> HttpResponse:
    found = contract_at(request, number)
    return act(
        request,
        lambda: do(found),
        then=reverse("orders:contract", args=[found.number]),
        done=done,
        refused=lambda problem: _page(request, contract_at(request, number), problem, bound),
    )


@login_required
@require_POST
def send(request: StaffRequest, number: str) -> HttpResponse:
    """发给客户：给谁、怎么发的（B类 合同）。"""
    form = SendForm(request.POST, auto_id="send_%s")
    return _acted(
        request,
        number,
        lambda found: services.send_contract(found, **filled(form), actor=request.user),
        _("已登记发出，七天内催签回。"),
        {"send": form},
    )


@login_required
@require_POST
def sign_back(request: StaffRequest, number: str) -> HttpResponse:
    """登记签回，连同扫描件，要么都有，要么都没有（B类 合同）。"""
    form = SignBackForm(request.POST, auto_id="sign_%s")

    @together
    def do(found: OrderContract) -> OrderContract:
        data = filled(form)
        files = request.FILES.getlist("file")[:1]
        scan = attach(files[0], about=found, actor=request.user, kind="signed") if files else None
        return services.sign_back(found, **data, scan=scan, actor=request.user)

    return _acted(request, number, do, _("签回已登记，扫描件归档。"), {"sign": form})


@login_required
@require_POST
def void(request: StaffRequest, number: str) -> HttpResponse:
    """作废，可以重出（B类 合同）。"""
    reason = request.POST.get("reason", "")[:1000]
    return _acted(
        request,
        number,
        lambda found: services.void_contract(found, clean_words(reason, lines=True), actor=request.user),
        _("已作废，可以重出。"),
    )
