"""登记与修改业务单：表单、自动保存、翻单、选客户与产品。"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from orders import services
from orders.conflicts import changes_between, who_was_first
from orders.models import Order, Product, State
from orders.rights import works
from orders.selectors import visible_orders
from orders.services.drafting import draft_once
from orders.sheet import Sheet
from papers.services import attach, attachments_of
from parties.http import StaffRequest
from parties.models import Customer
from workflow import clock
from workflow.forms import clean_words
from workflow.guards import Stale
from workflow.machine import together
from workflow.views import Problem, act, refusal_page

EDITABLE = (State.DRAFT, State.ACCEPTED, State.NEGOTIATING)
OFFERED, MOST_FILES = 20, 10
TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")


def order_to_edit(request: StaffRequest, number: str) -> Order:
    """The order: visible, and this person's to work."""
    order: Order = get_object_or_404(visible_orders(request.user).numbered(number))
    if not (request.user.may("orders.edit") and works(order, request.user)):
        raise PermissionDenied(_("这张单不是您的，不能改"))
    return order


def _may_create(request: StaffRequest) -> None:
    if not request.user.may("orders.create"):
        raise PermissionDenied(_("您没有登记业务单的权限"))


@login_required
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """登记一张新业务单（第六条）。"""
    _may_create(request)
    if request.method == "GET":
        return page(request, Sheet.shown(None, request.GET.get("customer", "")))
    return _save(request, Sheet.typed(request.POST, None))


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, number: str) -> HttpResponse:
    """修改业务单：草稿、待评审、协商中（第六条、第二十条）。"""
    order = order_to_edit(request, number)
    if request.method == "POST":
        return _save(request, Sheet.typed(request.POST, order))
    if order.state not in EDITABLE:
        words = _("现在是「%(state)s」，内容只能经更改程序改") % {"state": order.get_state_display()}
        return refusal_page(request, Problem(409, words), back=reverse("orders:detail", args=[number]))
    return page(request, Sheet.shown(order))


def _save(request: StaffRequest, sheet: Sheet) -> HttpResponse:
    if not sheet.is_valid():
        return page(request, sheet, status=400)
    submits = "submit" in request.POST
    return act(
        request,
        lambda: _keep(request, sheet),
        then=lambda order: reverse("orders:detail" if submits else "orders:edit", args=[order.number]),
        done=lambda order: _told(order, submits=submits),
        tags=request.path,
        refused=lambda problem: _refused(request, sheet, problem),
    )


@together
def _keep(request: StaffRequest, sheet: Sheet) -> Order:
    """Save what was typed with the files chosen; with 提交 hand it to the supervisor: all of it or nothing."""
    order = _write(request, sheet)
    for file in request.FILES.getlist("attachments")[:MOST_FILES]:
        attach(file, about=order, actor=request.user, kind="basis")
    return services.submit_order(order, actor=request.user) if "submit" in request.POST else order


def _write(request: StaffRequest, sheet: Sheet) -> Order:
    order = sheet.order
    if order is None:
        token = request.POST.get("token", "")
        return draft_once(
            sheet.given, token if TOKEN.fullmatch(token) else secrets.token_urlsafe(18), actor=request.user
        )
    order.expected_revision = _revision(request)
    return services.edit_order(order, sheet.given, actor=request.user)


def _revision(request: StaffRequest) -> int:
    """The revision that the page showed; a page without one is as stale as can be."""
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _told(order: Order, *, submits: bool) -> str:
    if not submits:
        return _("%(number)s 存好了。") % {"number": order.number}
    supervisor = order.team.supervisor if order.team else None
    if supervisor is None:
        return _("%(number)s 已提交审核。") % {"number": order.number}
    return _("%(number)s 已提交审核，主任%(name)s会收到待办。") % {"number": order.number, "name": supervisor}


def _refused(request: StaffRequest, sheet: Sheet, problem: Problem) -> HttpResponse:
    """The form again with the words beside the fields, or the page that shows both versions."""
    if isinstance(problem.error, ValidationError):
        left = sheet.blame(problem.error)
        return page(request, sheet, status=400, problem=Problem(400, "；".join(left)) if left else None)
    if isinstance(problem.error, Stale) and sheet.order is not None:
        return _conflict(request, sheet)
    return page(request, sheet, status=problem.status, problem=problem)


def _conflict(request: StaffRequest, sheet: Sheet) -> HttpResponse:
    order = Order.objects.select_related("customer", "business_kind").get(pk=sheet.order.pk)  # type: ignore[union-attr]
    kept = [(name, value) for name, values in request.POST.lists() for value in values if name not in UNKEPT]
    address = reverse("orders:edit", args=[order.number])
    return refusal_page(
        request,
        Problem(409, who_was_first(order)),
        back=address,
        retry=address,
        kept=[*kept, ("revision", order.revision)],
        changes=changes_between(order, sheet.given),
    )


UNKEPT = ("csrfmiddlewaretoken", "revision", "submit")


def page(request: StaffRequest, sheet: Sheet, *, status: int = 200, problem: Problem | None = None) -> HttpResponse:
    """The form, as it is filled in now."""
    return render(request, "orders/form.html", _context(request, sheet) | {"problem": problem}, status=status)


def _context(request: StaffRequest, sheet: Sheet) -> dict[str, Any]:
    order = sheet.order
    return {
        "form": sheet.form,
        "lines": sheet.lines,
        "order": order,
        "draft": order is None or order.state == State.DRAFT,
        "revision": order.revision if order else "",
        "token": request.POST.get("token") or secrets.token_urlsafe(18),
        "standing": sheet.standing(request.user),
        "musts": _musts(sheet),
        "files": attachments_of(order) if order else [],
        "instructions": order.instructions.select_related("asked_by", "answered_by") if order else [],
        "action": reverse("orders:edit", args=[order.number]) if order else reverse("orders:new"),
        "customers": Customer.objects.filter(active=True)[:OFFERED],
        "products": Product.objects.filter(active=True)[:OFFERED],
    }


def _musts(sheet: Sheet) -> set[str]:
    """The fields that the kind asks for, to be starred."""
    kind = sheet.kind
    return {*kind.required_order, *(f"line.{key}" for key in kind.required_line)} if kind else set()


@login_required
@require_POST
def autosave(request: StaffRequest, number: str = "") -> HttpResponse:
    """草稿自己存：填得够就存上，不够就说缺什么；回的是页面上要换的那几块。"""
    order = order_to_edit(request, number) if number else None
    _may_create(request)
    sheet = Sheet.typed(request.POST, order)
    if not sheet.is_valid() or not sheet.lines.filled:
        return _parts(request, sheet, status=422)
    if order is not None and order.state != State.DRAFT:
        return _parts(request, sheet, status=409)
    return act(
        request,
        lambda: _write(request, sheet),
        then="",
        refused=lambda problem: _parts(request, sheet, status=problem.status, problem=problem),
        answer=lambda order: _autosaved(request, sheet, order),
    )


def _autosaved(request: StaffRequest, sheet: Sheet, order: Order) -> HttpResponse:
    response = _parts(request, sheet, status=200)
    ids = [line.pk for line in Order.objects.get(pk=order.pk).lines_now]
    names = [form.add_prefix("id") for form in sheet.lines.filled]
    response["X-Draft-Saved"] = f"{timezone.localtime(clock.now()):%H:%M:%S}"
    response["X-Draft-Revision"] = str(order.revision)
    response["X-Draft-Lines"] = json.dumps(list(zip(names, ids, strict=False)))
    if sheet.order is None:
        response["X-Draft-Url"] = reverse("orders:edit", args=[order.number])
    return response


def _parts(request: StaffRequest, sheet: Sheet, *, status: int, problem: Problem | None = None) -> HttpResponse:
    words = _("还没填完，先存在本机") if status == 422 else problem.words if problem else ""
    context = {"standing": sheet.standing(request.user), "draft": True, "problem": problem}
    response = render(request, "orders/_missing.html", context, status=status)
    response["X-Draft-Words"] = quote(words)
    return response


@login_required
@require_POST
def copy(request: StaffRequest, number: str) -> HttpResponse:
    """翻单：照旧单开一张新草稿（第六条）。"""
    order: Order = get_object_or_404(visible_orders(request.user).numbered(number))
    return act(
        request,
        lambda: services.copy_order(order, actor=request.user),
        then=lambda order: reverse("orders:edit", args=[order.number]),
        done=_("已照旧单开了新草稿，请核对交期和依据。"),
    )


def _options(request: StaffRequest, template: str, find: Callable[[str], Any]) -> HttpResponse:
    try:
        words = clean_words(request.GET.get("q", "")[:80])
    except ValidationError:
        words = ""
    return render(request, template, {"found": find(words)})


@login_required
@require_GET
def customers(request: StaffRequest) -> HttpResponse:
    """选客户：编号、名称、简称里有这几个字的。"""
    _may_create(request)
    known = Customer.objects.filter(active=True)
    return _options(
        request,
        "orders/form.html#customers",
        lambda words: known.filter(
            Q(code__icontains=words) | Q(name__icontains=words) | Q(short_name__icontains=words)
        )[:OFFERED],
    )


@login_required
@require_GET
def products(request: StaffRequest) -> HttpResponse:
    """选产品：编号、品名里有这几个字的。"""
    _may_create(request)
    known = Product.objects.filter(active=True)
    return _options(
        request,
        "orders/form.html#products",
        lambda words: known.filter(Q(code__icontains=words) | Q(name__icontains=words))[:OFFERED],
    )
