"""寄样的页面：备样、一次寄样、寄出、送到、答复（第五章，寄样）。"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from papers.services import papers_of
from parties.http import StaffRequest
from parties.models import User
from samples import services
from samples.forms import AnswerForm, ArriveForm, DispatchForm, ParcelForm, ReasonForm, SendForm
from samples.models import Sample, SampleDispatch
from samples.rights import DISPATCH, works
from samples.selectors import visible_dispatches, visible_samples
from samples.views.passes import pass_buttons
from workflow import clock
from workflow.forms import HouseForm, filled
from workflow.machine import offers
from workflow.models import TransitionLog
from workflow.views import Button, Problem, act, as_seen, buttons

FIRST = ("send", "answer_back", "arrive")
FORMS: dict[str, type[HouseForm]] = {"send": SendForm, "arrive": ArriveForm, "answer": AnswerForm, "cancel": ReasonForm}
DO: dict[str, tuple[Callable[..., Any], object]] = {
    "send": (services.send_dispatch, gettext_lazy("寄出了，样品寄送单已归档。")),
    "arrive": (services.arrive_dispatch, gettext_lazy("送到记下了，等对方答复。")),
    "answer": (services.answer_dispatch, gettext_lazy("对方的答复记下了。")),
    "cancel": (services.cancel_dispatch, gettext_lazy("不寄了，放行条作罢。")),
}
OPENS = {"send": "ask-send", "arrive": "ask-arrive", "answer_back": "ask-answer", "cancel": "ask-cancel"}
MOST, REPLY = 20, dt.timedelta(days=7)


# --- a new one --------------------------------------------------------------------------------------------------------
@login_required
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """从一件样品开始，同一张业务单、同一家客户的可以一起寄（第五章，寄样）。"""
    if not request.user.may(DISPATCH):
        raise PermissionDenied(_("寄样归跟单员"))
    typed = request.POST if request.method == "POST" else request.GET
    first: Sample = get_object_or_404(visible_samples(request.user).numbered(typed.get("sample", "")))
    if not works(first, request.user):
        raise PermissionDenied(_("这张单不是您的，不能寄它的样品"))
    if request.method == "GET":
        rows = [ParcelForm(sample=one, initial={"quantity": "1"} if one == first else {}) for one in _beside(first)]
        return _new_page(request, first, DispatchForm(initial=_blank(first)), rows)
    form, rows = DispatchForm(request.POST), [ParcelForm(request.POST, sample=one) for one in _beside(first)]
    if [one for one in (form, *rows) if not one.is_valid()]:
        return _new_page(request, first, form, rows, status=400)
    lines = [(row.sample, row.cleaned_data["quantity"]) for row in rows if row.cleaned_data["quantity"]]
    return act(
        request,
        lambda: services.prepare_dispatch(form.given(lines), actor=request.user),
        then=lambda made: reverse("samples:dispatch", args=[made.number]),
        done=_("备好了，放行条已送主任批。"),
        refused=lambda problem: _new_page(request, first, form, rows, problem, problem.status),
    )


def _beside(first: Sample) -> list[Sample]:
    """What may travel in the same parcel: of the same order and customer, and at hand."""
    rows = Sample.objects.filter(order=first.order_id, customer=first.customer_id, state=Sample.State.KEPT)
    if first.order_id is None:
        rows = rows.filter(made_by=first.made_by_id)
    found = [one for one in rows.with_balance().order_by("-pk")[:MOST] if one.balance.here > 0]
    return found if first in found or first.balance.here <= 0 else [first, *found]


def _blank(first: Sample) -> dict[str, Any]:
    customer = first.customer
    contact = customer.contacts.order_by("pk").first() if customer else None
    return {
        "sent_to": f"{contact.name} {contact.phone}".strip() if contact else "",
        "address": customer.address if customer else "",
        "feedback_due": clock.today() + REPLY,
        "mark": uuid.uuid4(),
    }


def _new_page(
    request: StaffRequest,
    first: Sample,
    form: DispatchForm,
    rows: list[ParcelForm],
    problem: Problem | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"sample": first, "form": form, "rows": rows, "problem": problem}
    return render(request, "samples/dispatch_new.html", context, status=status)


# --- one dispatch -----------------------------------------------------------------------------------------------------
def dispatch_at(request: StaffRequest, number: str) -> SampleDispatch:
    """The dispatch of the address, as far as this person may see it."""
    dispatch: SampleDispatch = get_object_or_404(visible_dispatches(request.user).numbered(number))
    return as_seen(request, dispatch)


@login_required
@require_GET
def dispatch(request: StaffRequest, number: str) -> HttpResponse:
    """一次寄样：寄了什么、走到哪一步、对方怎么说。"""
    return page(request, dispatch_at(request, number))


def page(
    request: StaffRequest, dispatch: SampleDispatch, problem: Problem | None = None, bound: Any = None
) -> HttpResponse:
    """Everything the page of a dispatch shows."""
    user = request.user
    passes = dispatch.passes.select_related("made_by", "decided_by").order_by("-pk")
    for one in passes:
        one.dispatch, one.order = dispatch, dispatch.order
    log = TransitionLog.objects.filter(subject_type="samples_sampledispatch", subject_id=dispatch.pk)
    context = {
        "dispatch": dispatch,
        "order": dispatch.order,
        "lines": dispatch.lines_now,
        "offers": _buttons(dispatch, user),
        "version": dispatch.revision,
        "passes": [(one, pass_buttons(one, None, user)) for one in passes],
        "papers": papers_of(dispatch.about) if dispatch.formal_number else [],
        "sees_money": user.may("orders.view_money"),
        "log": log.order_by("-version")[:50],
        "problem": problem,
        "send": SendForm(auto_id="send_%s", initial={"courier": dispatch.courier}),
        "arrive": ArriveForm(auto_id="arrive_%s"),
        "answer": AnswerForm(auto_id="answer_%s"),
        "cancel": ReasonForm(auto_id="cancel_%s"),
        **(bound or {}),
    }
    return render(request, "samples/dispatch.html", context, status=problem.status if problem else 200)


def _buttons(dispatch: SampleDispatch, user: User) -> list[Button]:
    """The moves, each with its dialog; a pass that was refused may be asked for again."""
    address = reverse("samples:dispatch", args=[dispatch.number])
    found = [replace(one, opens=OPENS[one.name]) for one in buttons(offers(dispatch, user), address, primary=FIRST)]
    waits = dispatch.state == SampleDispatch.State.PREPARED
    standing = dispatch.passes.filter(state__in=("asked", "approved")).exists()
    if waits and not standing and user.may(DISPATCH) and works(dispatch, user):
        again = Button("ask_pass", _("再申请放行"), f"{address}ask-pass/", "C类 客供料", (), needs_reason=False)
        found.append(again)
    return found


def acted(request: StaffRequest, number: str, do: Callable[[], Any], done: str, bound: Any = None) -> HttpResponse:
    """Do it; back to the page of the dispatch, or that page with the reasons why not and what was typed."""
    pk = dispatch_at(request, number).pk

    def then(_result: Any) -> str:
        return reverse("samples:dispatch", args=[SampleDispatch.objects.get(pk=pk).number])

    return act(
        request,
        do,
        then=then,
        done=done,
        refused=lambda problem: page(request, dispatch_at(request, number), problem, bound),
    )


@login_required
@require_POST
def move(request: StaffRequest, number: str, verb: str) -> HttpResponse:
    """寄出、送到、答复、不寄了（第五章，寄样）。"""
    found, form = dispatch_at(request, number), FORMS[verb](request.POST, auto_id=f"{verb}_%s")
    do, done = DO[verb]
    return acted(request, number, lambda: do(found, **filled(form), actor=request.user), str(done), {verb: form})


@login_required
@require_POST
def ask_pass(request: StaffRequest, number: str) -> HttpResponse:
    """再申请放行（C类 客供料）。"""
    found = dispatch_at(request, number)
    return acted(request, number, lambda: services.ask_dispatch_pass(found, actor=request.user), _("已送主任批。"))
