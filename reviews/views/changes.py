"""更改申请的页面：写、看影响、提交、评审、编通知单、收回旧单（第二十二条）。"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from orders.models import Order
from orders.rights import leads, works
from orders.selectors import visible_orders
from orders.services.changing import CHANGEABLE
from parties.http import StaffRequest
from reviews import services
from reviews.change_forms import AgreeForm
from reviews.change_page import page
from reviews.change_sheet import ChangeSheet
from reviews.models import ChangeRequest
from reviews.selectors import changes_of, reviewing_departments
from reviews.views.convening import convene
from workflow.forms import clean_words
from workflow.views import Problem, act, as_seen, beside, refusal_page


def change_at(request: StaffRequest, pk: int) -> ChangeRequest:
    """The change of the address, as far as this person may see it; its page's revision goes with it."""
    change: ChangeRequest = get_object_or_404(changes_of(request.user), pk=pk)
    return as_seen(request, change)


def address(change: ChangeRequest) -> str:
    """The change's own page."""
    return reverse("reviews:change", args=[change.pk])


@login_required
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest, number: str) -> HttpResponse:
    """从业务单申请更改（第二十二条）。"""
    order: Order = get_object_or_404(visible_orders(request.user).numbered(number))
    if not (request.user.may("reviews.request_change") and works(order, request.user)):
        raise PermissionDenied(_("这张单不是您的，不能申请更改"))
    if request.method == "GET":
        if order.state not in CHANGEABLE:
            words = _("业务单现在是「%(state)s」，不能走更改程序") % {"state": order.get_state_display()}
            return refusal_page(request, Problem(409, words), back=reverse("orders:detail", args=[number]))
        return _form(request, order, ChangeSheet.shown(order))
    sheet = ChangeSheet.typed(request.POST, order)
    return _saved(
        request, order, sheet, lambda: services.request_change(order, sheet.given, actor=request.user), status=400
    )


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """改草稿；提交以后不能再改（第二十二条）。"""
    change = change_at(request, pk)
    if not (request.user.may("reviews.request_change") and works(change.order, request.user)):
        raise PermissionDenied(_("这张单不是您的，不能申请更改"))
    if request.method == "GET":
        return _form(request, change.order, ChangeSheet.shown(change.order, change), change)
    sheet = ChangeSheet.typed(request.POST, change.order, change)
    return _saved(
        request,
        change.order,
        sheet,
        lambda: services.edit_change(change, sheet.given, actor=request.user),
        status=400,
        change=change,
    )


def _saved(
    request: StaffRequest,
    order: Order,
    sheet: ChangeSheet,
    do: Callable[[], ChangeRequest],
    *,
    status: int,
    change: ChangeRequest | None = None,
) -> HttpResponse:
    if not sheet.is_valid():
        return _form(request, order, sheet, change, status=status)

    def refused(problem: Problem) -> HttpResponse:
        left = beside(problem, sheet.form, lines=list(sheet.counted))
        left = left or Problem(400, _("有几处要改，见下面标出的地方"))
        return _form(request, order, sheet, change, status=problem.status, problem=left)

    return act(request, do, then=address, done=_("存好了。先看影响，再提交。"), refused=refused)


def _form(
    request: StaffRequest,
    order: Order,
    sheet: ChangeSheet,
    change: ChangeRequest | None = None,
    *,
    status: int = 200,
    problem: Problem | None = None,
) -> HttpResponse:
    context = {"order": order, "sheet": sheet, "change": change, "problem": problem}
    return render(request, "reviews/change_form.html", context, status=status)


@login_required
@require_GET
def detail(request: StaffRequest, pk: int) -> HttpResponse:
    """一份更改申请：改什么、影响什么、走到哪一步、旧单在谁手里（第二十二条）。"""
    return render(request, "reviews/change.html", page(request.user, change_at(request, pk)))


def acted(request: StaffRequest, change: ChangeRequest, do: Callable[[], Any], done: str, **shown: Any) -> HttpResponse:
    """Do it; back to the change's page, or that page with the reasons why not."""

    def refused(problem: Problem) -> HttpResponse:
        fresh = get_object_or_404(changes_of(request.user), pk=change.pk)
        context = page(request.user, fresh) | {"problem": problem, **shown}
        template = "reviews/change.html#doc" if request.htmx else "reviews/change.html"
        return render(request, template, context, status=problem.status)

    return act(request, do, then=address(change), done=done, refused=refused)


@login_required
@require_POST
def submit(request: StaffRequest, pk: int) -> HttpResponse:
    """提交，取号（第二十二条）。"""
    change = change_at(request, pk)
    return acted(
        request,
        change,
        lambda: services.submit_change(change, actor=request.user),
        _("已提交，主任会收到组织评审的待办。"),
    )


@login_required
@require_POST
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """撤回（第二十二条）。"""
    change = change_at(request, pk)
    reason = request.POST.get("reason", "")

    def do() -> ChangeRequest:
        return services.withdraw_change(change, actor=request.user, reason=clean_words(reason[:2000], lines=True))

    return acted(request, change, do, _("已撤回，业务单照旧。"))


@login_required
@require_POST
def refuse(request: StaffRequest, pk: int) -> HttpResponse:
    """主任：不能改（第二十二条）。"""
    change = change_at(request, pk)
    reason = request.POST.get("reason", "")
    return acted(
        request,
        change,
        lambda: services.refuse_change(change, clean_words(reason[:2000], lines=True), actor=request.user),
        _("已答复不能改，业务单照旧。"),
    )


@login_required
@require_POST
def agree_without_review(request: StaffRequest, pk: int) -> HttpResponse:
    """主任：只改单价，不用评审，同意（第二十二条）。"""
    change = change_at(request, pk)
    reason = clean_words(request.POST.get("reason", "")[:2000], lines=True)
    return acted(
        request,
        change,
        lambda: services.agree_without_review(change, reason, actor=request.user),
        _("已同意，跟单员会收到编制通知单的待办。"),
    )


@login_required
@require_POST
def agree(request: StaffRequest, pk: int) -> HttpResponse:
    """客户同意评审结果（第二十条）。"""
    change = change_at(request, pk)
    form = AgreeForm(request.POST)
    if not form.is_valid():
        context = page(request.user, change) | {"agree_form": form}
        return render(request, "reviews/change.html", context, status=400)
    return acted(
        request,
        change,
        lambda: services.agree_to_change(change, actor=request.user, **form.cleaned_data),
        _("客户的答复已记下，可以编制通知单了。"),
        agree_form=form,
    )


@login_required
@require_http_methods(["GET", "POST"])
def open_round(request: StaffRequest, pk: int) -> HttpResponse:
    """主任组织更改的评审（第二十二条）。"""
    change = change_at(request, pk)
    if not (request.user.may("reviews.open_round") and leads(change.order, request.user)):
        raise PermissionDenied(_("评审由带这张单的主任组织"))
    return convene(
        request,
        change.changed_order,
        list(change.departments.select_related("head")),
        lambda form, data: services.open_change_round(change, form, actor=request.user, **data),
        choices=reviewing_departments(change.changed_order),
        change=change,
    )


@login_required
@require_POST
def create_notice(request: StaffRequest, pk: int) -> HttpResponse:
    """跟单员编制通知单（更改）（第二十二条）。"""
    change = change_at(request, pk)

    def refused(problem: Problem) -> HttpResponse:
        fresh = get_object_or_404(changes_of(request.user), pk=change.pk)
        context = page(request.user, fresh) | {"problem": problem}
        return render(request, "reviews/change.html", context, status=problem.status)

    return act(
        request,
        lambda: services.create_change_notice(change, actor=request.user),
        then=lambda notice: reverse("reviews:notice", args=[notice.number]),
        done=_("通知单（更改）编好了，已送总经理签发。"),
        refused=refused,
    )
