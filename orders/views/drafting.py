"""登记与修改业务单：表单、自动保存、翻单、选客户与产品。"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from orders import services
from orders.conflicts import changes_between, who_was_first
from orders.duplicates import same_po
from orders.models import Order, State
from orders.rights import works
from orders.selectors import visible_orders
from orders.services.drafting import draft_once
from orders.services.files import BASIS
from orders.services.intake import EDITABLE
from orders.sheet import FIELDS, TOKEN, Sheet
from orders.views.files import uploaded
from orders.views.finding import OFFERED, known_customers, known_products, may_create
from papers.models import WaitingFile
from papers.services import attachments_of
from parties.http import StaffRequest
from parties.roles import MONEY_RIGHT
from workflow import clock
from workflow.guards import Stale
from workflow.machine import together
from workflow.views import Problem, act, beside, refusal_page, revision_seen


def order_to_edit(request: StaffRequest, number: str) -> Order:
    """The order: visible, and this person's to work."""
    order: Order = get_object_or_404(visible_orders(request.user).numbered(number))
    if not (request.user.may("orders.edit") and works(order, request.user)):
        raise PermissionDenied(_("这张单不是您的，不能改"))
    return order


@login_required
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """登记一张新业务单（第六条）。"""
    may_create(request)
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
    return act(
        request,
        lambda: _receive(request, sheet),
        then="",
        answer=lambda _files: _store(request, sheet),
        refused=lambda problem: page(request, sheet, status=problem.status, problem=problem),
    )


def _receive(request: StaffRequest, sheet: Sheet) -> list[WaitingFile]:
    """The files come first: whatever is wrong with the words, they are kept."""
    files = request.FILES.getlist("attachments")
    return services.file_on_sheet(files, sheet.token, actor=request.user) if files else []


def _store(request: StaffRequest, sheet: Sheet) -> HttpResponse:
    if not sheet.is_valid():
        return page(request, sheet, status=400)
    submits = "submit" in request.POST
    return act(
        request,
        lambda: _keep(request, sheet),
        then=lambda order: reverse("orders:detail" if submits else "orders:edit", args=[order.number]),
        done=lambda order: _told(request, sheet, order, submits=submits),
        tags=request.path,
        refused=lambda problem: _refused(request, sheet, problem),
    )


@together
def _keep(request: StaffRequest, sheet: Sheet) -> Order:
    """Save what was typed with the files that came; with 提交 hand it to the supervisor: all of it or nothing."""
    order = _write(request, sheet)
    return services.submit_order(order, actor=request.user) if "submit" in request.POST else order


@together
def _write(request: StaffRequest, sheet: Sheet) -> Order:
    order = sheet.order
    if order is None:
        order = draft_once(sheet.given, sheet.token, actor=request.user)
    else:
        order.expected_revision = revision_seen(request, "revision") or 0  # a page without one is stale
        order = services.edit_order(order, sheet.given, actor=request.user)
    services.take_over(order, sheet.token, actor=request.user)
    return order


def _told(request: StaffRequest, sheet: Sheet, order: Order, *, submits: bool) -> str:
    if sheet.order is None and (gone := services.cleared_of_sheet(sheet.token, request.user)):
        words = _("表单放了一周没有存，先传的文件已经清掉，请在这张单上重新传：%(names)s")
        messages.warning(request, words % {"names": "、".join(gone)})
    for same in same_po(order.customer_id, order.customer_po, apart_from=order.pk, user=request.user):
        link = format_html(' <a class="u" href="{}">{}</a>', same.url, _("去看")) if same.url else ""
        messages.warning(request, format_html("{}{}", same.words, link))
    if not submits:
        return _("%(number)s 存好了。") % {"number": order.number}
    supervisor = order.team.supervisor if order.team else None
    if supervisor is None:
        return _("%(number)s 已提交审核。") % {"number": order.number}
    return _("%(number)s 已提交审核，主任%(name)s会收到待办。") % {"number": order.number, "name": supervisor}


def _refused(request: StaffRequest, sheet: Sheet, problem: Problem) -> HttpResponse:
    """The form again with the words beside the fields, or the page that shows both versions."""
    if isinstance(problem.error, Stale) and sheet.order is not None:
        return _conflict(request, sheet)
    left = beside(problem, sheet.form, FIELDS, lines=sheet.lines.filled)
    return page(request, sheet, status=problem.status, problem=left)


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
        "token": sheet.token,
        **_side(request, sheet),
        "instructions": order.instructions.select_related("asked_by", "answered_by") if order else [],
        "action": reverse("orders:edit", args=[order.number]) if order else reverse("orders:new"),
        "customers": known_customers()[:OFFERED],
        "products": known_products()[:OFFERED],
        "sees_money": request.user.may(MONEY_RIGHT),
    }


def _side(request: StaffRequest, sheet: Sheet) -> dict[str, Any]:
    """What is drawn again while somebody types: the files, and what is missing."""
    filed = list(attachments_of(sheet.order))[::-1] if sheet.order else []
    names = {(file.sha256, file.name) for file in filed}
    waiting = [one for one in services.files_of_sheet(sheet.token, request.user) if (one.sha256, one.name) not in names]
    files = [*filed, *waiting]
    standing = sheet.standing(request.user, sum(file.kind == BASIS for file in files))
    return {"files": files, "standing": standing, "musts": standing.musts}


@login_required
@require_POST
def autosave(request: StaffRequest, number: str = "") -> HttpResponse:
    """草稿自己存：填得够就存上，不够就说缺什么；回的是页面上要换的那几块。"""
    order = order_to_edit(request, number) if number else None
    may_create(request)
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


@login_required
@require_POST
def check(request: StaffRequest, number: str = "") -> HttpResponse:
    """边填边看还缺什么；什么都不存（第六条）。"""
    order = order_to_edit(request, number) if number else None
    may_create(request)
    return _parts(request, Sheet.typed(request.POST, order), status=200)


@login_required
@require_POST
def new_files(request: StaffRequest) -> HttpResponse:
    """单还没存，文件先收下（第六条）。"""
    may_create(request)
    token = request.POST.get("token", "")

    def keep() -> list[WaitingFile]:
        if not TOKEN.fullmatch(token):
            raise ValidationError(_("这一页放得太久了，请刷新后再传"))
        return services.file_on_sheet(request.FILES.getlist("file"), token, actor=request.user)

    return uploaded(request, keep)


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
    draft = sheet.order is None or sheet.order.state == State.DRAFT
    context = {**_side(request, sheet), "draft": draft, "problem": problem}
    response = render(request, "orders/_parts.html", context, status=status)
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
