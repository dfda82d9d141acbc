"""谁手里有什么、收发登记、批量签收、原件归档、随单交出标样的页面（第六条、第二十二条）。"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parties.http import StaffRequest
from parties.models import Department, User
from reviews import holdings, services
from reviews.models import NoticeCopy
from reviews.views.notices import acted, copy_buttons, notice_at
from reviews.views.signing import ticked
from samples.models import Sample
from workflow import clock
from workflow.forms import DayField, HouseForm, WordsField, clean_words, filled
from workflow.paging import keyset
from workflow.views import Button, Problem, act

PAGING = {"after", "before"}
MONTH, LONGEST, MANY = dt.timedelta(days=30), dt.timedelta(days=366), 200
CHIPS = (
    ("sign", gettext_lazy("待签收")),
    ("return", gettext_lazy("待收回")),
    ("reported", gettext_lazy("报失待核准")),
    ("lost", gettext_lazy("已遗失")),
)


class HoldingFilter(HouseForm):
    """What the page may be asked for in its address."""

    chip = forms.ChoiceField(required=False, choices=[("", ""), *CHIPS])
    department = forms.SlugField(required=False, max_length=40)


class RegisterFilter(HouseForm):
    """Which days, which department, which notice."""

    since = DayField(label=gettext_lazy("从"), required=False)
    until = DayField(label=gettext_lazy("到"), required=False)
    department = forms.SlugField(required=False, max_length=40)
    q = WordsField(required=False, max_length=80)


def _asked(request: StaffRequest, shape: type[HouseForm]) -> tuple[HouseForm, bool]:
    if unknown := set(request.GET) - set(shape.base_fields) - PAGING:
        raise BadRequest(_("网址里有不认识的条件：%(names)s") % {"names": "、".join(sorted(unknown))[:80]})
    form = shape(request.GET)
    return form, form.is_valid()


@login_required
@require_GET
def who_has_what(request: StaffRequest) -> HttpResponse:
    """哪个部门手里有哪一版的第几份，一眼看清（第六条）。"""
    form, valid = _asked(request, HoldingFilter)
    chip, department = form.cleaned_data.get("chip", ""), form.cleaned_data.get("department", "")
    rows = holdings.holdings(request.user, state=chip, department=department)
    page = keyset(rows if valid else rows.none(), request.GET)
    departments, grid = holdings.grid(page.rows)
    context = {
        "page": page,
        "departments": departments,
        "rows": grid,
        "tallies": holdings.tallies(request.user),
        "mine": [(copy, _plain(copy, request.user)) for copy in holdings.waiting_for(request.user)],
        "chips": CHIPS,
        "here": chip,
        "department": holdings.named(department),
        "acknowledges": request.user.department_id and request.user.may("reviews.acknowledge_copy"),
    }
    return render(request, "reviews/holdings.html", context, status=200 if valid else 400)


def _plain(copy: NoticeCopy, user: User) -> list[Button]:
    """What may be done with a copy; the page's one filled button stands in its head."""
    return [replace(button, primary=False) for button in copy_buttons(copy, copy.notice, user)]


@login_required
@require_GET
def register(request: StaffRequest) -> HttpResponse:
    """收发登记，可以打印（第六条）。"""
    form, valid = _asked(request, RegisterFilter)
    data = form.cleaned_data
    until = data.get("until") or clock.today()
    since = max(data.get("since") or until - MONTH, until - LONGEST)
    department, words = data.get("department", ""), data.get("q", "")
    rows = holdings.register(request.user, since=since, until=until, department=department, words=words)
    context = {
        "form": form,
        "page": keyset(rows if valid else rows.none(), request.GET, size=MANY),
        "since": since,
        "until": until,
        "department": department,
        "departments": Department.objects.order_by("pk"),
        "now": clock.now(),
    }
    return render(request, "reviews/copy_register.html", context, status=200 if valid else 400)


@login_required
@require_http_methods(["GET", "POST"])
def acknowledge_many(request: StaffRequest) -> HttpResponse:
    """本部门待签收的，一份一按，或勾上一次签收（第六条）。"""
    if not (request.user.may("reviews.acknowledge_copy") and request.user.department_id):
        raise PermissionDenied(_("通知单由领用的部门签收"))
    if request.method == "GET":
        return _queue(request)
    wanted = ticked(request, "one") or ticked(request, "copy")
    chosen = list(holdings.copies_seen(request.user).filter(pk__in=wanted))
    if len(chosen) != len(wanted):
        raise Http404
    return act(
        request,
        lambda: services.acknowledge_copies(chosen, actor=request.user),
        then=reverse("reviews:acknowledge_many"),
        done=lambda done: _("签收了 %(n)s 份。") % {"n": len(done)},
        refused=lambda problem: _queue(request, problem, problem.status),
    )


def _queue(request: StaffRequest, problem: Problem | None = None, status: int = 200) -> HttpResponse:
    rows = list(holdings.to_acknowledge(request.user)[:MANY])
    return render(request, "reviews/acknowledge.html", {"rows": rows, "problem": problem}, status=status)


@login_required
@require_POST
def archive(request: StaffRequest, number: str) -> HttpResponse:
    """签字原件归档营销中心（第六条）。"""
    notice = notice_at(request, number)
    notice.__dict__.pop("expected_revision", None)
    place = request.POST.get("place", "")[:200]

    def do() -> Any:
        words = clean_words(place)
        if len(words) > 60:
            raise ValidationError(_("最多 %(n)d 个字") % {"n": 60})
        return services.archive_original(notice, words, actor=request.user)

    return acted(request, notice, do, _("原件归档记下了。"))


class HandOutForm(HouseForm):
    """随单交出哪件标样，几时还。"""

    sample = forms.SlugField(label=gettext_lazy("标样"), max_length=20)
    due_back = DayField(label=gettext_lazy("几时还"))


@login_required
@require_POST
def hand_out(request: StaffRequest, number: str, department: str) -> HttpResponse:
    """随这一份把标样交给这个部门（第六条）。"""
    notice = notice_at(request, number)
    notice.__dict__.pop("expected_revision", None)
    copy: NoticeCopy | None = next((one for one in notice.copies_now if one.department.code == department), None)
    if copy is None:
        raise Http404
    copy.notice = notice
    form = HandOutForm(request.POST)

    def do() -> Any:
        data = filled(form)
        sample = get_object_or_404(Sample.objects.visible_to(request.user).numbered(data["sample"]))
        return services.hand_out_standard(copy, sample, data["due_back"], actor=request.user)

    return acted(request, notice, do, _("标样交出去了，等部门签收。"))
