"""一张加工单的页面与动作（第四章，A41）。"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from outsourcing import services
from outsourcing.forms import MaterialForm, MaterialReturnForm, ReasonForm, ReceiptForm, ReconcileForm, SettleForm
from outsourcing.models import OutsourcingOrder
from outsourcing.rights import MOVE_MATERIAL, RECEIVE, VIEW
from outsourcing.selectors import materials_of, receipts_of, visible_outsourcing
from outsourcing.services.life import earned_by
from parties.http import StaffRequest
from parties.models import User
from workflow.forms import HouseForm, filled
from workflow.machine import offers
from workflow.models import TransitionLog
from workflow.views import Button, Problem, act, as_seen, buttons

FIRST = ("approve", "send", "finish_receiving", "reconcile", "settle")
PLAIN: dict[str, Callable[..., OutsourcingOrder]] = {
    "approve": services.approve_outsourcing,
    "send": services.send_outsourcing,
}
ASKS = {"finish_receiving": "ask-finish", "reconcile": "ask-reconcile", "settle": "ask-settle", "cancel": "ask-cancel"}
Bound = dict[str, HouseForm]


def document_at(request: StaffRequest, number: str) -> OutsourcingOrder:
    """The outsourcing order of the address, as far as this person may see it."""
    if not request.user.may(VIEW):
        raise PermissionDenied(_("外协不归您看"))
    document: OutsourcingOrder = get_object_or_404(visible_outsourcing(request.user).numbered(number))
    return as_seen(request, document)


@login_required
@require_GET
def detail(request: StaffRequest, number: str) -> HttpResponse:
    """加工单：各行收了多少、料发了多少、走到哪一步。"""
    return _page(request, document_at(request, number))


def _page(
    request: StaffRequest, document: OutsourcingOrder, problem: Problem | None = None, bound: Bound | None = None
) -> HttpResponse:
    user, at_work = request.user, document.state == OutsourcingOrder.State.SENT
    materials, bound = materials_of(document), bound or {}
    address = reverse("outsourcing:detail", args=[document.number])
    log = TransitionLog.objects.filter(subject_type=document._meta.db_table, subject_id=document.pk)
    context: dict[str, Any] = {
        "document": document,
        "order": document.order,
        "materials": materials,
        "receipts": receipts_of(document)[:100],
        "offers": list(_buttons(document, user, address)),
        "version": document.revision,
        "log": log.order_by("-version")[:50],
        "earned": earned_by(document) if user.may("orders.view_money") else None,
        "sees_money": user.may("orders.view_money"),
        "problem": problem,
        "finish": bound.get("finish", ReasonForm(auto_id="finish_%s")),
        "reconcile": bound.get("reconcile", ReconcileForm(auto_id="reconcile_%s")),
        "settle": bound.get("settle", SettleForm(auto_id="settle_%s")),
    }
    if at_work and user.may(MOVE_MATERIAL):
        context["issue_form"] = bound.get("issue", MaterialForm(document=document))
        context["return_form"] = bound.get("return", MaterialReturnForm(rows=materials)) if materials else None
    if at_work and user.may(RECEIVE):
        context["receipt_form"] = bound.get("receipt", ReceiptForm(document=document))
    return render(request, "outsourcing/detail.html", context, status=problem.status if problem else 200)


def _buttons(document: OutsourcingOrder, user: User, address: str) -> Iterator[Button]:
    """The moves; those that ask something open their dialog, and a shortage may be explained."""
    for button in buttons(offers(document, user), address, primary=FIRST):
        opens = ASKS.get(button.name, "")
        if button.name == "finish_receiving" and button.refusals:
            yield Button("short", _("短收完成"), address, button.article, (), needs_reason=False, opens=opens)
        yield replace(button, opens=opens)


def _acted(
    request: StaffRequest, document: OutsourcingOrder, do: Callable[[], Any], done: str, bound: Bound | None = None
) -> HttpResponse:
    """Do it; back to the page, or the page with the reasons why not and what was typed."""
    number = document.number
    return act(
        request,
        do,
        then=lambda _result: reverse("outsourcing:detail", args=[number]),
        done=done,
        refused=lambda problem: _page(request, document_at(request, number), problem, bound),
    )


@login_required
@require_POST
def move(request: StaffRequest, number: str, verb: str) -> HttpResponse:
    """批准、发出（第四章，加工单）。"""
    document = document_at(request, number)
    return _acted(request, document, lambda: PLAIN[verb](document, actor=request.user), _("做好了。"))


@login_required
@require_POST
def finish_receiving(request: StaffRequest, number: str) -> HttpResponse:
    """收货完成；短收的写明原因（第四章，收货）。"""
    document, form = document_at(request, number), ReasonForm(request.POST, auto_id="finish_%s")
    return _acted(
        request,
        document,
        lambda: services.finish_receiving(document, **filled(form), actor=request.user),
        _("收货完成，等对账。"),
        {"finish": form},
    )


@login_required
@require_POST
def reconcile(request: StaffRequest, number: str) -> HttpResponse:
    """对账：扣多少、应付多少（第四章，对账）。"""
    document, form = document_at(request, number), ReconcileForm(request.POST, auto_id="reconcile_%s")

    def do() -> OutsourcingOrder:
        data = filled(form)
        deduction = data["deduction"] or Decimal(0)
        return services.reconcile_outsourcing(document, deduction=deduction, reason=data["reason"], actor=request.user)

    return _acted(request, document, do, _("已对账，等财务结算。"), {"reconcile": form})


@login_required
@require_POST
def settle(request: StaffRequest, number: str) -> HttpResponse:
    """财务付清（第四章，结算）。"""
    document, form = document_at(request, number), SettleForm(request.POST, auto_id="settle_%s")
    return _acted(
        request,
        document,
        lambda: services.settle_outsourcing(document, **filled(form), actor=request.user),
        _("已结算。"),
        {"settle": form},
    )


@login_required
@require_POST
def cancel(request: StaffRequest, number: str) -> HttpResponse:
    """不外发了（第四章，加工单）。"""
    document, form = document_at(request, number), ReasonForm(request.POST)
    return _acted(
        request,
        document,
        lambda: services.cancel_outsourcing(document, **filled(form), actor=request.user),
        _("加工单已取消。"),
    )


@login_required
@require_POST
def issue_material(request: StaffRequest, number: str) -> HttpResponse:
    """发料（第四章，材料）。"""
    document = document_at(request, number)
    form = MaterialForm(request.POST, document=document)

    def do() -> Any:
        filled(form)
        return services.issue_material(document, form.given(), actor=request.user)

    return _acted(request, document, do, _("发料已登记。"), {"issue": form})


@login_required
@require_POST
def return_material(request: StaffRequest, number: str) -> HttpResponse:
    """退料（第四章，材料）。"""
    document = document_at(request, number)
    form = MaterialReturnForm(request.POST, rows=materials_of(document))

    def do() -> Any:
        data = filled(form)
        return services.return_material(document, int(data["issue"]), data["quantity"], actor=request.user)

    return _acted(request, document, do, _("退料已登记。"), {"return": form})


@login_required
@require_POST
def receive(request: StaffRequest, number: str) -> HttpResponse:
    """收货（第四章，收货）。"""
    document = document_at(request, number)
    form = ReceiptForm(request.POST, document=document)

    def do() -> Any:
        filled(form)
        return services.receive_goods(document, form.given(), actor=request.user)

    return _acted(request, document, do, _("收货已登记。"), {"receipt": form})
