"""下单凭据、退货日、分颜色尺码（C3b、C5、C6）。"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import formset_factory
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from orders import services
from orders.kind_forms import RowSet
from orders.models import BusinessKind, OrderLine, ReleaseWord, ReturnDay
from orders.services.kind import EDIT_KINDS
from orders.services.release import MOST_CELLS
from orders.views.basis import done_with
from orders.views.drafting import order_to_edit
from orders.views.life import order_at
from parties.http import StaffRequest
from workflow.forms import DayField, FigureField, HouseForm, WordsField, filled
from workflow.views import Problem, act


class WordForm(HouseForm):
    """一项下单凭据。"""

    what = forms.ChoiceField(label=gettext_lazy("凭据"), choices=ReleaseWord.What.choices)
    who = WordsField(label=gettext_lazy("谁"), max_length=60)
    words = WordsField(label=gettext_lazy("内容"), max_length=500, lines=True)


class ReturnDayForm(HouseForm):
    """哪天是退货日。"""

    day = DayField(label=gettext_lazy("退货日"))


class WithdrawalForm(HouseForm):
    """为什么撤回。"""

    reason = WordsField(label=gettext_lazy("理由"), max_length=200)


class CellForm(HouseForm):
    """一个颜色、一个尺码多少。"""

    colour = WordsField(label=gettext_lazy("颜色"), max_length=40, required=False)
    size = WordsField(label=gettext_lazy("尺码"), max_length=40, required=False)
    quantity = FigureField(label=gettext_lazy("数量"), positive=True)


CellSet = formset_factory(
    CellForm, formset=RowSet, extra=1, max_num=MOST_CELLS, absolute_max=MOST_CELLS + 1, validate_max=True,
    can_delete=True,
)  # fmt: skip


@login_required
@require_POST
def release_word(request: StaffRequest, number: str) -> HttpResponse:
    """登记下单的凭据（C3b）。"""
    order = order_at(request, number)
    return done_with(
        request,
        order,
        WordForm,
        lambda data: services.record_release_word(order, **data, actor=request.user),
        _("凭据已登记。"),
    )


@login_required
@require_POST
def return_day(request: StaffRequest, code: str) -> HttpResponse:
    """确认一个退货日（C5）。"""
    if not request.user.may(EDIT_KINDS):
        raise PermissionDenied(_("退货日由主任、总监或管理员确认"))
    kind = get_object_or_404(BusinessKind, code=code)
    return act(
        request,
        lambda: services.confirm_return_day(kind, filled(ReturnDayForm(request.POST))["day"], actor=request.user),
        then=reverse("orders:kind", args=[code]),
        done=_("退货日已确认，业务员会提前收到待办。"),
    )


@login_required
@require_POST
def withdraw_return_day(request: StaffRequest, code: str, pk: int) -> HttpResponse:
    """撤回一个退货日（C5）。"""
    if not request.user.may(EDIT_KINDS):
        raise PermissionDenied(_("退货日由主任、总监或管理员撤回"))
    one = get_object_or_404(ReturnDay, pk=pk, kind__code=code)
    return act(
        request,
        lambda: services.withdraw_return_day(one, filled(WithdrawalForm(request.POST))["reason"], actor=request.user),
        then=reverse("orders:kind", args=[code]),
        done=_("退货日已撤回，那一天照常收单、下单。"),
    )


@login_required
@require_http_methods(["GET", "POST"])
def breakdown(request: StaffRequest, number: str, pk: int) -> HttpResponse:
    """一行分颜色、尺码（C6）。"""
    order = order_to_edit(request, number)
    line = get_object_or_404(order.lines.select_related("order"), pk=pk)
    if request.method == "GET":
        return _cells(request, line, CellSet(initial=line.breakdown, prefix="cells"))
    cells: Any = CellSet(request.POST, prefix="cells")
    if not cells.is_valid():
        return _cells(request, line, cells, status=400)
    return act(
        request,
        lambda: services.break_down(line, cells.values(), actor=request.user),
        then=reverse("orders:detail", args=[number]),
        done=_("颜色尺码存好了。"),
        refused=lambda problem: _cells(request, line, cells, status=problem.status, problem=_said(problem)),
    )


def _said(problem: Problem) -> Problem:
    words = "；".join(problem.error.messages) if isinstance(problem.error, ValidationError) else problem.words
    return Problem(problem.status, words, problem.refusals)


def _cells(
    request: StaffRequest, line: OrderLine, cells: Any, *, status: int = 200, problem: Problem | None = None
) -> HttpResponse:
    context = {"order": line.order, "line": line, "cells": cells, "problem": problem}
    return render(request, "orders/breakdown.html", context, status=status)
