"""登记一件样品，手机上也能拍照（第十条）。"""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from orders.models import Order
from orders.selectors import visible_orders
from parties.http import StaffRequest
from parties.models import Customer
from samples.forms import SampleForm
from samples.models import Sample
from samples.rights import KEEP, is_store
from samples.services import register_sample
from workflow import clock
from workflow.views import Problem, act, beside

SLOTS = range(1, 5)
OFFERED = 200


@login_required
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """是什么、谁的、放在哪里、留到何时（第十条）。"""
    if not request.user.may(KEEP):
        raise PermissionDenied(_("登记样品归跟单员；客供料还有物控与仓库"))
    typed = request.POST if request.method == "POST" else request.GET
    order = _order(request, typed.get("order", ""))
    if request.method == "GET":
        return _page(request, order, SampleForm(initial=_blank(request, order), order=order))
    form = SampleForm(request.POST, order=order)
    if not form.is_valid():
        return _page(request, order, form, status=400)
    given = form.given(request.FILES.getlist("photos"))
    return act(
        request,
        lambda: register_sample(given, actor=request.user),
        then=lambda sample: reverse("samples:detail", args=[sample.number]),
        done=lambda sample: _("%(number)s 登记好了。") % {"number": sample.number},
        refused=lambda problem: _page(request, order, form, beside(problem, form), problem.status),
    )


def _order(request: StaffRequest, number: str) -> Order | None:
    """The order it belongs to, if one is named; 404 for one that is not there or not yours."""
    number = number.strip()[:20]
    if not number:
        return None
    order: Order = get_object_or_404(visible_orders(request.user).numbered(number))
    return order


def _blank(request: StaffRequest, order: Order | None) -> dict[str, Any]:
    material = is_store(request.user)
    kind = request.GET.get("kind", "")
    first: dict[str, Any] = {
        "kind": kind if kind in Sample.Kind.values else Sample.Kind.MATERIAL if material else Sample.Kind.STANDARD,
        "owner": Sample.Owner.CUSTOMER if material else Sample.Owner.OURS,
        "quantity": "1",
        "unit": _("件"),
        "received_on": clock.today(),
        "mark": uuid.uuid4(),
    }
    first["of_proof"] = first["kind"] == Sample.Kind.RETAINED and request.GET.get("proof") == "1"
    lines = order.goods_now if order else []
    if line := next((one for one in lines if str(one.pk) == request.GET.get("line", "")), None):
        first |= {"line": line.pk, "name": line.product_name, "specification": line.specification, "unit": line.unit}
    return first


def _page(
    request: StaffRequest, order: Order | None, form: SampleForm, problem: Problem | None = None, status: int = 200
) -> HttpResponse:
    customers = Customer.objects.filter(active=True)[:OFFERED] if order is None else []
    context = {"order": order, "form": form, "problem": problem, "slots": SLOTS, "customers": customers}
    return render(request, "samples/new.html", context, status=status)
