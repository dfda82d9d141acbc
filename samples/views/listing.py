"""样品登记簿与寄样的列表（第十条、第五章，寄样）。"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from parties.http import StaffRequest
from samples.models import Loan, Sample, SampleDispatch
from samples.rights import DISPATCH, KEEP
from samples.selectors import visible_dispatches, visible_samples
from workflow import clock
from workflow.forms import HouseForm, WordsField
from workflow.paging import keyset
from workflow.shown import COUNTED, Chip

Rows = QuerySet[Any]
PAGING = {"after", "before"}
State = SampleDispatch.State


def _out(rows: Rows) -> Rows:
    return rows.filter(Exists(Loan.objects.filter(sample=OuterRef("pk"), state=Loan.State.OUT)))


def _overdue(rows: Rows) -> Rows:
    return rows.filter(Exists(Loan.objects.overdue(clock.today()).filter(sample=OuterRef("pk"))))


CHIPS = (
    Chip("out", gettext_lazy("在外"), _out),
    Chip("overdue", gettext_lazy("逾期"), _overdue, counted=True),
    Chip("material", gettext_lazy("客供料"), lambda rows: rows.filter(kind=Sample.Kind.MATERIAL)),
    Chip("expiring", gettext_lazy("留样到期"), lambda rows: rows.expiring(clock.today()), counted=True),
    Chip("closed", gettext_lazy("已注销"), lambda rows: rows.filter(state=Sample.State.CLOSED)),
)
DISPATCH_CHIPS = (
    Chip("prepared", gettext_lazy("待寄出"), lambda rows: rows.filter(state=State.PREPARED), counted=True),
    Chip("sent", gettext_lazy("在路上"), lambda rows: rows.filter(state=State.SENT)),
    Chip(
        "waiting",
        gettext_lazy("等答复"),
        lambda rows: rows.filter(state__in=(State.SENT, State.ARRIVED), feedback_due__lte=clock.today()),
        counted=True,
    ),
    Chip("answered", gettext_lazy("已答复"), lambda rows: rows.filter(state=State.ANSWERED)),
)


class SampleFilter(HouseForm):
    """What the register may be asked for in its address."""

    chip = forms.SlugField(required=False, max_length=20)
    q = WordsField(required=False, max_length=80)


class DispatchFilter(HouseForm):
    """What the list of dispatches may be asked for."""

    chip = forms.SlugField(required=False, max_length=20)


@login_required
@require_GET
def samples(request: StaffRequest) -> HttpResponse:
    """登记簿：什么东西、谁的、放在哪里、在谁手里、留到何时。"""
    form = _filter(request, SampleFilter)
    valid, mine = form.is_valid(), visible_samples(request.user)
    words = form.cleaned_data.get("q", "")
    context = _listed(request, mine.searched(words) if words else mine, mine, CHIPS, form)
    context |= {"may_register": request.user.may(KEEP)}
    return render(request, "samples/list.html", context, status=200 if valid else 400)


@login_required
@require_GET
def dispatches(request: StaffRequest) -> HttpResponse:
    """寄样：寄了什么、给谁、到了没有、对方怎么说。"""
    form = _filter(request, DispatchFilter)
    valid, mine = form.is_valid(), visible_dispatches(request.user)
    context = _listed(request, mine, mine, DISPATCH_CHIPS, form)
    context |= {"may_send": request.user.may(DISPATCH), "sees_money": request.user.may("orders.view_money")}
    return render(request, "samples/dispatches.html", context, status=200 if valid else 400)


def _filter(request: StaffRequest, shape: type[HouseForm]) -> HouseForm:
    if unknown := set(request.GET) - set(shape.base_fields) - PAGING:
        raise BadRequest(_("网址里有不认识的条件：%(names)s") % {"names": "、".join(sorted(unknown))[:80]})
    return shape(request.GET)


def _listed(request: StaffRequest, rows: Rows, mine: Rows, chips: tuple[Chip, ...], form: HouseForm) -> dict[str, Any]:
    """The page, its chips with their counts; what an address does not know narrows nothing."""
    here = form.cleaned_data.get("chip", "")
    chip = next((one for one in chips if one.key == here), None)
    if not form.is_valid():
        rows = rows.none()
    kept = request.GET.copy()
    for name in ("chip", *PAGING):
        kept.pop(name, None)
    return {
        "form": form,
        "page": keyset(chip.narrow(rows) if chip else rows, request.GET),
        "chips": [_counted(one, mine) for one in chips],
        "here": here,
        "kept": kept.urlencode(),
        "filtered": any(request.GET.get(name) for name in form.fields),
    }


def _counted(chip: Chip, rows: Rows) -> Chip:
    """The chip with its count, which stops at a hundred; what calls for no work is not counted."""
    if not chip.counted:
        return chip
    found = chip.narrow(rows.model.objects.filter(pk__in=rows.order_by().values("pk")))
    return replace(chip, count=found[:COUNTED].count())
