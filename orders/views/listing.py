"""业务单列表：快筛、筛选、视图、列、批量审核。"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from orders import listing, services
from orders import rows as rows_of
from orders.models import Order
from orders.selectors import visible_orders
from orders.views.life import order_at
from parties.http import StaffRequest
from parties.models import ListColumns, SavedView
from workflow.forms import clean_words
from workflow.guards import Refusal
from workflow.paging import keyset
from workflow.views import Problem, act, refusal_page

PAGE = "orders"
CHANGED = 409


def _right(request: StaffRequest) -> None:
    if not request.user.may("orders.view"):
        raise PermissionDenied(_("业务单不归您看"))


def _wanted(request: StaffRequest) -> listing.FilterForm:
    """The filters of the address; names that the list does not know are refused."""
    known = set(listing.FilterForm.base_fields) | listing.PAGING
    if unknown := set(request.GET) - known:
        raise BadRequest(_("网址里有不认识的条件：%(names)s") % {"names": "、".join(sorted(unknown))[:80]})
    return listing.FilterForm(request.GET, user=request.user)


@login_required
@require_GET
def orders(request: StaffRequest) -> HttpResponse:
    """业务单列表（第三条：各看各的）。"""
    _right(request)
    form = _wanted(request)
    valid = form.is_valid()
    chips = listing.chips_for(request.user)
    mine = visible_orders(request.user)
    rows = listing.narrowed(listing.list_rows(request.user), form.cleaned_data, chips) if valid else mine.none()
    by_due = form.cleaned_data.get("sort") == "due"
    page = keyset(rows, request.GET, by="due" if by_due else "pk", descending=not by_due)
    shown = rows_of.page_rows(page.rows, request.user)
    context = {
        "form": form,
        "page": page,
        "rows": shown,
        "totals": rows_of.page_totals(shown),
        "chips": listing.counted(chips, mine),
        "here": form.cleaned_data.get("chip", ""),
        "filtered": any(request.GET.get(name) for name in listing.FilterForm.base_fields),
        **_frame(request),
    }
    return render(request, "orders/list.html", context, status=200 if valid else 400)


def _frame(request: StaffRequest) -> dict[str, Any]:
    """Columns and views as this person keeps them."""
    user = request.user
    allowed = [column for column in listing.COLUMNS if not column.money or user.may("orders.view_money")]
    chosen = ListColumns.objects.chosen_by(user, PAGE)
    shown = [one for one in allowed if one.fixed or (one.key in chosen if chosen else one.default)]
    query = request.GET.copy()
    for name in ("after", "before", "view"):
        query.pop(name, None)
    kept = query.copy()
    kept.pop("chip", None)
    first = next((place for place, column in enumerate(shown) if column.money), len(shown))
    money = [column.key for column in shown if column.money]
    views = list(SavedView.objects.offered_to(user, PAGE))
    return {
        "columns": shown,
        "keys": {column.key for column in shown},
        "choices": [(column, column in shown) for column in allowed],
        "views": views,
        "view": next((view for view in views if str(view.pk) == request.GET.get("view")), None),
        "kept": kept.urlencode(),
        "query": query.urlencode(),
        "lead_span": first,
        "rest_span": len(shown) - first,
        "tail_span": len(shown) - first - len(money),
        "money": money,
        "batch": user.may("orders.accept"),
        "may_create": user.may("orders.create"),
    }


@login_required
@require_GET
def totals(request: StaffRequest) -> HttpResponse:
    """全部合计：列表打开以后再算，不拖慢列表。"""
    _right(request)
    form = _wanted(request)
    if not form.is_valid():
        raise BadRequest(_("筛选条件不对"))
    rows = listing.narrowed(visible_orders(request.user), form.cleaned_data, listing.chips_for(request.user))
    return render(request, "orders/list.html#all", {"all": listing.all_totals(rows), **_frame(request)})


@login_required
@require_POST
def columns(request: StaffRequest) -> HttpResponse:
    """列设置：按人保存。"""
    _right(request)
    known = {column.key for column in listing.COLUMNS}
    chosen = [key for key in request.POST.getlist("column") if key in known]
    ListColumns.objects.choose(request.user, PAGE, [] if "reset" in request.POST else chosen)
    return redirect(_back(request))


def _back(request: StaffRequest) -> str:
    if request.POST.get("back") == "queue":
        return reverse("orders:queue")
    query = request.POST.get("query", "")[:1000]
    return reverse("orders:list") + (f"?{query}" if query else "")


@login_required
@require_POST
def save_view(request: StaffRequest) -> HttpResponse:
    """把现在的筛选存成视图；主任的可以共享给本组。"""
    _right(request)

    def keep() -> SavedView:
        name = clean_words(request.POST.get("name", "")[:30]) or _("没有名字的视图")
        shared = "shared" in request.POST and request.user.may("orders.accept")
        view: SavedView = SavedView.objects.keep(
            request.user, PAGE, name, request.POST.get("query", "")[:1000], shared=shared
        )
        return view

    return act(
        request,
        keep,
        then=lambda view: f"{reverse('orders:list')}?{view.query}&view={view.pk}",
        done=lambda view: _("视图「%(name)s」存好了") % {"name": view.name},
    )


@login_required
@require_POST
def drop_view(request: StaffRequest, pk: int) -> HttpResponse:
    """删掉自己的一个视图。"""
    view = get_object_or_404(SavedView, pk=pk, owner=request.user, page=PAGE)
    view.delete()
    messages.success(request, _("视图「%(name)s」删掉了") % {"name": view.name})
    return redirect("orders:list")


@login_required
@require_POST
def accept_many(request: StaffRequest) -> HttpResponse:
    """批量审核通过：能过的都过，过不了的留下，一次说清哪张为什么（第六条）。"""
    if not request.user.may("orders.accept"):
        raise PermissionDenied(_("审核业务单不归您做"))
    found = [order_at(request, number, seen_as=f"seen-{number}") for number in request.POST.getlist("number")[:100]]
    if not found:
        return refusal_page(request, Problem(400, _("还没有选业务单")), back=_back(request))
    done: list[str] = []
    left: list[tuple[str, int]] = []
    for order in found:
        act(
            request,
            partial(services.accept_order, order, actor=request.user),
            then="",
            answer=partial(_accepted, done),
            refused=partial(_left, left, order),
        )
    if not done:
        refusals = tuple(Refusal(words, "第六条", "A6.1e") for words, _status in left)
        status = 409 if all(status == CHANGED for _words, status in left) else 422
        return refusal_page(request, Problem(status, _("一张都没有通过"), refusals), back=_back(request))
    messages.success(request, _("审核通过 %(n)d 单：%(names)s") % {"n": len(done), "names": "、".join(done)})
    for words, _status in left:
        messages.warning(request, words)
    return redirect(_back(request))


def _accepted(done: list[str], order: Order) -> HttpResponse:
    done.append(f"{order.number} {order.customer_name}")
    return HttpResponse()


def _left(left: list[tuple[str, int]], order: Order, problem: Problem) -> HttpResponse:
    why = "；".join(refusal.words for refusal in problem.refusals) or problem.words
    words = _("%(number)s %(name)s没有通过，留在待审核：%(why)s")
    left.append((words % {"number": order.number, "name": order.customer_name, "why": why}, problem.status))
    return HttpResponse(status=problem.status)
