"""与客户协商的一页：谈过的都在，再记一次（第二十条）。"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from orders import services
from orders.events import ReviewedDate
from orders.models import Negotiation, Order, State
from orders.rights import negotiates
from orders.services import NegotiationInput
from orders.views.life import order_at
from parties.http import StaffRequest
from parties.models import User
from workflow.events import collect
from workflow.forms import DayField, HouseForm, MomentField, WordsField
from workflow.views import Problem, act

HOWS = (gettext_lazy("电话"), gettext_lazy("微信"), gettext_lazy("邮件"), gettext_lazy("当面"))


class NegotiationForm(HouseForm):
    """一次协商。"""

    who = WordsField(label=gettext_lazy("跟客户的谁"), max_length=60)
    how = WordsField(label=gettext_lazy("怎么联系"), max_length=40)
    at = MomentField(label=gettext_lazy("什么时候"), required=False)
    said = WordsField(label=gettext_lazy("说了什么"), max_length=500, lines=True)
    outcome = forms.ChoiceField(
        label=gettext_lazy("谈成没有"),
        choices=Negotiation.Outcome.choices,
        widget=forms.RadioSelect,
        initial=Negotiation.Outcome.OPEN,
    )
    agreed_date = DayField(label=gettext_lazy("谈定的交期"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["how"].widget.attrs |= {"list": "hows", "autocomplete": "off"}


@login_required
@require_http_methods(["GET", "POST"])
def negotiations(request: StaffRequest, number: str) -> HttpResponse:
    """协商记录；POST 再记一次（第二十条）。"""
    order = order_at(request, number)
    if not (request.user.may("orders.negotiate") and negotiates(order, request.user)):
        raise PermissionDenied(_("与客户协商由这张单的跟单员、主任或业务员来记"))
    if request.method == "GET":
        return _page(request, order, NegotiationForm())
    form = NegotiationForm(request.POST)
    if not form.is_valid():
        return _page(request, order, form, status=400)
    return act(
        request,
        lambda: services.record_negotiation(order, NegotiationInput(**form.cleaned_data), actor=request.user),
        then=reverse("orders:negotiations", args=[order.number]),
        done=_("已记下。"),
        refused=lambda problem: _page(request, order, form, problem=problem, status=problem.status),
    )


def _page(
    request: StaffRequest, order: Order, form: NegotiationForm, *, problem: Problem | None = None, status: int = 200
) -> HttpResponse:
    entries = list(order.negotiations.order_by("-pk"))
    context = {
        "order": order,
        "entries": entries,
        "form": form if order.state == State.NEGOTIATING else None,
        "hows": HOWS,
        "problem": problem,
        "reviewed": next((day for day in collect(ReviewedDate(order.pk)) if day is not None), None),
        "next": _next(order, request.user, entries),
    }
    return render(request, "orders/negotiate.html", context, status=status)


def _next(order: Order, user: User, entries: list[Negotiation]) -> str:
    """What follows from the last word: agree, review again, or nothing yet."""
    if order.state != State.NEGOTIATING or not entries or not user.may("orders.agree_as_reviewed"):
        return ""
    latest = entries[0].outcome
    return "" if latest == Negotiation.Outcome.OPEN else str(latest)
