"""询盘：列表、登记、一次询盘的页面、关闭（B1）。"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from orders import offers, services
from orders.conflicts import Change, who_was_first
from orders.models import Inquiry
from orders.offer_forms import InquiryForm
from orders.rights import handles_inquiry
from parties.http import StaffRequest
from parties.models import Customer, User
from workflow import clock
from workflow.forms import HouseForm, WordsField, clean_words
from workflow.guards import Stale
from workflow.machine import offers as offers_of
from workflow.models import TransitionLog
from workflow.paging import keyset
from workflow.views import Problem, act, as_seen, beside, buttons, refusal_page

OFFERED = 20


class FindForm(HouseForm):
    """What a list may be asked for in its address."""

    q = WordsField(required=False, max_length=80)
    chip = WordsField(required=False, max_length=20)


KNOWN = {"q", "chip", "after", "before"}


def may_look(request: StaffRequest) -> None:
    """Inquiries and quotations are for marketing alone (B7)."""
    if not request.user.may("orders.view_quotations"):
        raise PermissionDenied(_("询盘和报价不归您看"))


def may_quote(request: StaffRequest) -> None:
    """Who quotes."""
    if not request.user.may("orders.quote"):
        raise PermissionDenied(_("您没有报价的权限"))


def wanted(request: StaffRequest) -> tuple[FindForm, str, str]:
    """The filters of the address; names that the list does not know are refused."""
    if unknown := set(request.GET) - KNOWN:
        raise BadRequest(_("网址里有不认识的条件：%(names)s") % {"names": "、".join(sorted(unknown))[:80]})
    form = FindForm(request.GET)
    data = form.cleaned_data if form.is_valid() else {}
    return form, data.get("chip", ""), data.get("q", "")


@login_required
@require_GET
def inquiries(request: StaffRequest) -> HttpResponse:
    """询盘列表（第三条：各看各的）。"""
    may_look(request)
    form, chip, words = wanted(request)
    rows = offers.narrowed(offers.visible_inquiries(request.user), offers.INQUIRY_CHIPS, chip=chip, words=words)
    page = keyset(rows if form.is_valid() else rows.none(), request.GET)
    context = {
        "page": page,
        "form": form,
        "chips": offers.INQUIRY_CHIPS,
        "here": chip,
        "filtered": bool(chip or words),
        "may_quote": request.user.may("orders.quote"),
    }
    return render(request, "orders/inquiries.html", context, status=200 if form.is_valid() else 400)


def inquiry_at(request: StaffRequest, number: str) -> Inquiry:
    """The inquiry of the address, as far as this person may see it."""
    may_look(request)
    inquiry: Inquiry = get_object_or_404(offers.visible_inquiries(request.user).numbered(number))
    return inquiry


@login_required
@require_GET
def inquiry(request: StaffRequest, number: str) -> HttpResponse:
    """一次询盘：问了什么、报了哪几张。"""
    return _page(request, inquiry_at(request, number))


def _page(request: StaffRequest, found: Inquiry, problem: Problem | None = None) -> HttpResponse:
    address = reverse("orders:inquiry", args=[found.number])
    log = TransitionLog.objects.filter(chain=found.chain).order_by("-id")[:50]
    open_one = found.state != Inquiry.State.CLOSED
    context: dict[str, Any] = {
        "inquiry": found,
        "offers": buttons(offers_of(found, request.user), address),
        "version": found.revision,
        "quotations": offers.visible_quotations(request.user).filter(inquiry=found).order_by("-id"),
        "may_edit": found.state == Inquiry.State.OPEN and may_edit(found, request.user),
        "may_quote": open_one and request.user.may("orders.quote"),
        "log": log,
        "problem": problem,
    }
    return render(request, "orders/inquiry.html", context, status=problem.status if problem else 200)


@login_required
@require_http_methods(["GET", "POST"])
def new_inquiry(request: StaffRequest) -> HttpResponse:
    """登记一次询盘（B类 询报价）。"""
    may_quote(request)
    form = InquiryForm(request.POST if request.method == "POST" else None, initial={"received_at": clock.now()})
    if not form.is_bound or not form.is_valid():
        return _form(request, form, 400 if form.is_bound else 200)
    return act(
        request,
        lambda: services.register_inquiry(form.given(), actor=request.user),
        then=lambda made: reverse("orders:inquiry", args=[made.number]),
        done=_("询盘已登记，到期以前会催着答复。"),
        refused=lambda problem: _form(request, form, problem.status, beside(problem, form)),
    )


@login_required
@require_http_methods(["GET", "POST"])
def edit_inquiry(request: StaffRequest, number: str) -> HttpResponse:
    """改还没答复的询盘（B类 询报价）；别人先改了，就把两边摆出来。"""
    found = inquiry_at(request, number)
    if not may_edit(found, request.user):
        raise PermissionDenied(_("这次询盘不是您的，不能改"))
    address = reverse("orders:inquiry", args=[found.number])
    if found.state != Inquiry.State.OPEN:
        words = _("现在是「%(state)s」，不能再改") % {"state": found.get_state_display()}
        return refusal_page(request, Problem(409, words), back=address)
    form = InquiryForm(request.POST) if request.method == "POST" else InquiryForm.shown(found)
    if not form.is_bound or not form.is_valid():
        return _form(request, form, 400 if form.is_bound else 200, inquiry=found)
    return act(
        request,
        lambda: services.edit_inquiry(
            as_seen(request, found), replace(form.given(), holder=found.holder), actor=request.user
        ),
        then=address,
        done=_("询盘改好了。"),
        refused=lambda problem: _not_edited(request, form, found, problem),
    )


def may_edit(found: Inquiry, user: User) -> bool:
    """Whether the inquiry is this person's to handle."""
    return user.may("orders.quote") and handles_inquiry(found, user)


def _not_edited(request: StaffRequest, form: InquiryForm, found: Inquiry, problem: Problem) -> HttpResponse:
    """The form again with the words beside the fields, or the page that shows both versions."""
    if not isinstance(problem.error, Stale):
        return _form(request, form, problem.status, beside(problem, form), inquiry=found)
    now = inquiry_at(request, found.number)
    address = reverse("orders:edit_inquiry", args=[now.number])
    kept = [(name, value) for name, value in request.POST.items() if name not in {"csrfmiddlewaretoken", "version"}]
    return refusal_page(
        request,
        Problem(409, who_was_first(now)),
        back=address,
        retry=address,
        kept=[*kept, ("version", now.revision)],
        changes=_differences(now, form),
    )


def _differences(now: Inquiry, form: InquiryForm) -> list[Change]:
    """Field by field what stands and what was typed."""
    shown, channel = InquiryForm.shown(now), dict(Inquiry.Channel.choices)
    pairs = [(name, shown.initial[name], form.cleaned_data[name]) for name in form.fields]
    said = [
        Change(str(form.fields[name].label), str(channel.get(old, old)), str(channel.get(new, new)))
        for name, old, new in pairs
        if name != "received_at"
    ]
    return [one for one in said if one.now != one.mine]


def _form(
    request: StaffRequest,
    form: InquiryForm,
    status: int,
    problem: Problem | None = None,
    inquiry: Inquiry | None = None,
) -> HttpResponse:
    customers = Customer.objects.filter(active=True)[:OFFERED]
    context = {"form": form, "problem": problem, "customers": customers, "inquiry": inquiry}
    return render(request, "orders/inquiry_new.html", context, status=status)


@login_required
@require_POST
def close_inquiry(request: StaffRequest, number: str) -> HttpResponse:
    """不报价，写明原因关闭（B类 询报价）。"""
    found = as_seen(request, inquiry_at(request, number))
    reason = request.POST.get("reason", "")[:1000]
    return act(
        request,
        lambda: services.close_inquiry(found, clean_words(reason, lines=True), actor=request.user),
        then=reverse("orders:inquiry", args=[found.number]),
        done=_("询盘已关闭。"),
        refused=lambda problem: _page(request, inquiry_at(request, number), problem),
    )
