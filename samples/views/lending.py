"""领用的动作：签收、收回、用完、遗失（第六条、第十条）；放行条的批与不批（C7）。"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from parties.http import StaffRequest
from samples import services
from samples.forms import LostLoanForm, ReasonForm
from samples.models import GatePass, Loan
from samples.selectors import visible_loans, visible_passes, visible_samples
from samples.views.detail import acted
from samples.views.sending import acted as acted_on_dispatch
from workflow.forms import HouseForm, filled
from workflow.views import act as do_act

Act = tuple[Callable[..., Any], type[HouseForm] | None, object]
LOAN_ACTS: dict[str, Act] = {
    "acknowledge": (services.acknowledge_loan, None, gettext_lazy("已签收。")),
    "take-back": (services.take_back, None, gettext_lazy("收回了。")),
    "use-up": (services.use_up_loan, ReasonForm, gettext_lazy("用完记下了。")),
    "lose": (services.lose_loan, LostLoanForm, gettext_lazy("遗失记下了。")),
}


@login_required
@require_GET
def loan(request: StaffRequest, number: str) -> HttpResponse:
    """一次领用在它的样品页上。"""
    return redirect("samples:detail", loan_at(request, number).sample.number)


@login_required
@require_POST
def act_on(request: StaffRequest, number: str, verb: str) -> HttpResponse:
    """一次领用的一个动作（第六条、第十条）。"""
    found = loan_at(request, number)
    do, shape, done = LOAN_ACTS[verb]

    def act() -> Any:
        given = filled(shape(request.POST)) if shape else {}
        return do(found, **given, actor=request.user)

    sample = get_object_or_404(visible_samples(request.user), pk=found.sample_id)
    return acted(request, sample, act, str(done))


def loan_at(request: StaffRequest, number: str) -> Loan:
    """The loan of the address, as far as this person may see it."""
    found: Loan = get_object_or_404(visible_loans(request.user).numbered(number))
    return found


@login_required
@require_GET
def gate_pass(request: StaffRequest, number: str) -> HttpResponse:
    """一张放行条在它的样品、寄样页上。"""
    return redirect(_page(pass_at(request, number)))


@login_required
@require_POST
def decide(request: StaffRequest, number: str, verb: str) -> HttpResponse:
    """主任批准放行，或不放行（C类 客供料）。"""
    found = pass_at(request, number)

    def act() -> GatePass:
        if verb == "approve":
            return services.approve_pass(found, actor=request.user)
        return services.refuse_pass(found, **filled(ReasonForm(request.POST)), actor=request.user)

    done = _("已批准，可以出厂。") if verb == "approve" else _("没有批，理由已告知。")
    if found.dispatch is not None:
        return acted_on_dispatch(request, found.dispatch.number, act, done)
    if found.basis:
        return do_act(request, act, then=_goods_page(found), done=done)
    sample = get_object_or_404(visible_samples(request.user), pk=found.sample_id)
    return acted(request, sample, act, done)


def pass_at(request: StaffRequest, number: str) -> GatePass:
    """The pass of the address, as far as this person may see it."""
    found: GatePass = get_object_or_404(visible_passes(request.user).numbered(number))
    return found


def _goods_page(found: GatePass) -> str:
    """Goods leave with a delivery, which a higher floor knows: its order's page leads there."""
    return reverse("orders:detail", args=[found.order.number]) + "?tab=shipping"  # type: ignore[union-attr]


def _page(found: GatePass) -> str:
    if found.dispatch is not None:
        return reverse("samples:dispatch", args=[found.dispatch.number])
    if found.basis:
        return _goods_page(found)
    return reverse("samples:detail", args=[found.sample.number])  # type: ignore[union-attr]
