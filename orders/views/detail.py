"""一张业务单的页面（B8：单上的一切都归在这里）。"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from orders import document
from orders.duplicates import same_po
from orders.models import Order, State
from orders.remarks import places, standing_return
from orders.rights import works
from orders.selectors import visible_orders
from orders.services.intake import EDITABLE
from orders.steps import steps
from parties.http import StaffRequest
from workflow.views import Problem

TAB, FULL = "tab", 200


@login_required
@require_GET
def detail(request: StaffRequest, number: str) -> HttpResponse:
    """业务单：步骤、按钮、数字、各章的标签页、时间线。"""
    order: Order = get_object_or_404(visible_orders(request.user).numbered(number))
    return render(request, "orders/detail.html", page(request, order, request.GET.get(TAB, "")))


def page(request: StaffRequest, order: Order, tab: str = "") -> dict[str, Any]:
    """Everything the page shows; only the chosen tab is drawn."""
    user = request.user
    tabs = document.tabs_of(order, user)
    here = next((one for one in tabs if one.key == tab), None)
    if here is None and tab:
        raise BadRequest(_("没有「%(tab)s」这一页") % {"tab": tab[:20]})
    here = here or tabs[0]
    acts = document.acts_of(order, user)
    early = order.state in {State.DRAFT, State.SUBMITTED}
    entries = document.history(order, user, FULL if here.key == "timeline" else document.SIDE_ENTRIES * 3)
    return {
        **here.context,
        "order": order,
        "tabs": tabs,
        "here": here,
        "steps": steps(order),
        "figures": document.strip(order, user),
        "offers": acts.head,
        "folded": acts.aside,
        "version": order.revision,
        "timeline": entries if here.key == "timeline" else entries[: document.SIDE_ENTRIES],
        "sees_money": user.may("orders.view_money"),
        "may_edit": order.state in EDITABLE and user.may("orders.edit") and works(order, user),
        "may_copy": user.may("orders.create"),
        "may_refuse": order.state == State.DRAFT and user.may("orders.raise_nonconformity") and works(order, user),
        "lacking": document.preparation_lacking(order),
        "ending": document.ending(order),
        "returned": standing_return(order),
        "places": places(order) if any(one.opens == "ask-return" for one in acts.head) else [],
        "same": same_po(order.customer_id, order.customer_po, apart_from=order.pk, user=user) if early else [],
        "first_line": next(iter(order.goods_now), None),
    }


def refused_page(request: StaffRequest, order: Order, problem: Problem) -> HttpResponse:
    """The page as it is now, with the reasons at its top; for htmx only the part that changes."""
    fresh = get_object_or_404(visible_orders(request.user), pk=order.pk)
    template = "orders/detail.html#doc" if request.htmx else "orders/detail.html"
    return render(request, template, page(request, fresh) | {"problem": problem}, status=problem.status)
