"""报价单：列表、成交率、一张报价单的页面和它的动作（B1）。"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from orders import offers, services
from orders.models import Quotation
from orders.offer_forms import AnswerForm, SendForm
from orders.rights import quotes
from orders.services.quotation import UNSETTLED
from orders.services.winning import FALLEN
from orders.views.inquiries import may_look, wanted
from papers.services import papers_of
from parties.http import StaffRequest
from parties.models import User
from workflow import clock
from workflow.forms import DayField, HouseForm, clean_words, filled
from workflow.machine import offers as offers_of
from workflow.models import TransitionLog
from workflow.paging import keyset
from workflow.views import Button, Problem, act, as_seen, buttons

FIRST = ("accept", "send")
ASKS = {"send": "ask-send", "accept": "ask-accept"}
QUARTER = dt.timedelta(days=90)
ARTICLE = "B类 询报价"
GROUPS = [(key, label) for key, (label, _column) in offers.GROUPS.items()]


@login_required
@require_GET
def quotations(request: StaffRequest) -> HttpResponse:
    """报价单列表，连同近九十天的成交率（第三条：各看各的）。"""
    may_look(request)
    form, chip, words = wanted(request)
    rows = offers.narrowed(offers.visible_quotations(request.user), offers.QUOTATION_CHIPS, chip=chip, words=words)
    page = keyset(offers.with_lines(rows) if form.is_valid() else rows.none(), request.GET)
    context = {
        "page": page,
        "form": form,
        "chips": offers.QUOTATION_CHIPS,
        "here": chip,
        "filtered": bool(chip or words),
        "rate": offers.win_rate(request.user, clock.today() - QUARTER, clock.today()),
        "may_quote": request.user.may("orders.quote"),
    }
    return render(request, "orders/quotations.html", context, status=200 if form.is_valid() else 400)


class PeriodForm(HouseForm):
    """哪段时间、怎么分。"""

    since = DayField(label=gettext_lazy("从"), required=False)
    until = DayField(label=gettext_lazy("到"), required=False)
    by = forms.ChoiceField(
        label=gettext_lazy("分组"),
        required=False,
        choices=[(key, label) for key, (label, _by) in offers.GROUPS.items()],
    )


@login_required
@require_GET
def rates(request: StaffRequest) -> HttpResponse:
    """成交率：按经办人、客户或月份，现算（B1）。"""
    may_look(request)
    if unknown := set(request.GET) - set(PeriodForm.base_fields):
        raise BadRequest(_("网址里有不认识的条件：%(names)s") % {"names": "、".join(sorted(unknown))[:80]})
    form = PeriodForm(request.GET)
    data = form.cleaned_data if form.is_valid() else {}
    until = data.get("until") or clock.today()
    since, by = data.get("since") or until - QUARTER, data.get("by") or "person"
    context = {
        "form": form,
        "since": since,
        "until": until,
        "by": by,
        "groups": GROUPS,
        "rows": offers.win_rates(request.user, since, until, by=by),
        "whole": offers.win_rate(request.user, since, until),
    }
    return render(request, "orders/quotation_rates.html", context, status=200 if form.is_valid() else 400)


def quotation_at(request: StaffRequest, number: str) -> Quotation:
    """The quotation of the address, as far as this person may see it; its page's revision goes with it."""
    may_look(request)
    found: Quotation = get_object_or_404(offers.visible_quotations(request.user).numbered(number))
    return as_seen(request, found)


@login_required
@require_GET
def quotation(request: StaffRequest, number: str) -> HttpResponse:
    """一张报价单：各行各数量的价，走到哪一步，各版。"""
    return page_of(request, quotation_at(request, number))


def page_of(
    request: StaffRequest, found: Quotation, problem: Problem | None = None, bound: dict[str, Any] | None = None
) -> HttpResponse:
    """The page, with the reasons why not and what was typed, where an act was refused."""
    held = request.user.may("orders.quote") and quotes(found, request.user)
    forms_of = {"send": SendForm(auto_id="send_%s", initial={"to": found.contact}), "accept": AnswerForm()}
    versions = found.versions_now
    context: dict[str, Any] = {
        "quotation": found,
        "offers": list(_buttons(found, request.user)),
        "version": found.revision,
        "versions": versions if len(versions) > 1 else [],
        "paper": papers_of(found).first(),
        "may_edit": held and found.state == Quotation.State.DRAFT,
        "log": TransitionLog.objects.filter(chain=found.chain).order_by("-id")[:50],
        "problem": problem,
        **forms_of,
        **(bound or {}),
    }
    return render(request, "orders/quotation.html", context, status=problem.status if problem else 200)


def _buttons(found: Quotation, user: User) -> Iterator[Button]:
    """The moves; a new version and the order are acts beside the machine."""
    address = reverse("orders:quotation", args=[found.number])
    held = user.may("orders.quote") and quotes(found, user)
    if held and found.state in UNSETTLED:
        yield Button("revise", _("出新版"), f"{address}revise/", ARTICLE, (), needs_reason=False)
    for button in buttons(offers_of(found, user), address, primary=FIRST):
        yield replace(button, opens=ASKS.get(button.name, ""))
    unmade = found.order is None or found.order.state in FALLEN
    if held and user.may("orders.create") and found.state == Quotation.State.ACCEPTED and unmade:
        win = reverse("orders:win", args=[found.number])
        yield Button("win", _("成单：登记业务单"), win, ARTICLE, (), needs_reason=False, primary=True, link=True)


def _acted(
    request: StaffRequest, number: str, do: Callable[[Quotation], Any], done: str, bound: dict[str, Any] | None = None
) -> HttpResponse:
    found = quotation_at(request, number)
    return act(
        request,
        lambda: do(found),
        then=lambda made: reverse("orders:quotation", args=[made.number]),
        done=done,
        refused=lambda problem: page_of(request, quotation_at(request, number), problem, bound),
    )


@login_required
@require_POST
def send(request: StaffRequest, number: str) -> HttpResponse:
    """送给客户（B类 询报价）。"""
    form = SendForm(request.POST, auto_id="send_%s")
    return _acted(
        request,
        number,
        lambda found: services.send_quotation(found, **filled(form), actor=request.user),
        _("已送出，单号已取，PDF 正在印。"),
        {"send": form},
    )


@login_required
@require_POST
def accept(request: StaffRequest, number: str) -> HttpResponse:
    """客户接受（B类 询报价）。"""
    form = AnswerForm(request.POST)
    return _acted(
        request,
        number,
        lambda found: services.accept_quotation(found, filled(form)["answer"], actor=request.user),
        _("客户接受了，可以成单。"),
        {"accept": form},
    )


@login_required
@require_POST
def decline(request: StaffRequest, number: str) -> HttpResponse:
    """客户未接受，写明原因（B类 询报价）。"""
    reason = request.POST.get("reason", "")[:1000]
    return _acted(
        request,
        number,
        lambda found: services.decline_quotation(found, clean_words(reason, lines=True), actor=request.user),
        _("已登记，这张报价不再有效。"),
    )


@login_required
@require_POST
def discard(request: StaffRequest, number: str) -> HttpResponse:
    """草稿作废（B类 询报价）。"""
    return _acted(
        request, number, lambda found: services.discard_quotation(found, actor=request.user), _("草稿已作废。")
    )


@login_required
@require_POST
def revise(request: StaffRequest, number: str) -> HttpResponse:
    """出新版：照这一版开一张草稿（B类 询报价）。"""
    found = quotation_at(request, number)
    return act(
        request,
        lambda: services.revise_quotation(found, actor=request.user),
        then=lambda made: reverse("orders:edit_quotation", args=[made.number]),
        done=_("新版开好了，改好送出，旧版到那时作废。"),
        refused=lambda problem: page_of(request, quotation_at(request, number), problem),
    )
