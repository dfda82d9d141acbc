"""一张业务单的动作：一个动作一个地址，规则都在服务里（第六条、第二十条）。"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from orders import services
from orders.models import Order
from orders.moves import ALONE, WITH_REASON
from orders.selectors import visible_orders
from orders.views.detail import refused_page
from parties.http import StaffRequest
from workflow.forms import clean_words
from workflow.views import act, as_seen

RETURN = "return-to-coordinator"
# The lists from which an act may be done: there it leads back.
LISTS = {"originals": "orders:originals", "asked": "orders:asked", "home": "reports:home"}

DONE = {
    "submit": _("已提交审核，主任会收到待办。"),
    "withdraw": _("已撤回，可以接着改。"),
    "discard": _("草稿已作废。"),
    "accept": _("审核通过，单号已取，可以组织评审了。"),
    "start-production": _("已投产，每半天巡查一次。"),
    "finish-production": _("生产完成，转入发货。"),
    "finish-shipping": _("发货完成，转入收款。"),
    "complete": _("已结案。"),
    "return-to-coordinator": _("已退回，跟单员会收到待办。"),
    "reject": _("已拒绝，理由留在单上。"),
    "reopen-review": _("已退回协商。"),
    "cancel": _("业务单已取消。"),
}


def order_at(request: StaffRequest, number: str, *, seen_as: str = "version") -> Order:
    """The order of the address, as far as this person may see it; its page's revision goes with it."""
    order: Order = get_object_or_404(visible_orders(request.user).numbered(number))
    return as_seen(request, order, field=seen_as)


def acted(request: StaffRequest, order: Order, do: Callable[[], Any], done: str) -> HttpResponse:
    """Do it; back to the order's page or the list it was done from, or the order's page with the reasons why not."""
    back = LISTS.get(request.POST.get("back", ""))
    return act(
        request,
        do,
        then=lambda _result: (
            reverse(back) if back else reverse("orders:detail", args=[Order.objects.get(pk=order.pk).number])
        ),
        done=done,
        refused=lambda problem: refused_page(request, order, problem),
    )


@login_required
@require_POST
def move(request: StaffRequest, number: str, verb: str) -> HttpResponse:
    """一个动作：提交、撤回、审核、投产……（DESIGN §5）。"""
    order = order_at(request, number)
    if verb in ALONE:
        return acted(request, order, partial(ALONE[verb], order, actor=request.user), str(DONE[verb]))
    reason = request.POST.get("reason", "")
    do = partial(services.return_to_coordinator, remarks=_remarks(request)) if verb == RETURN else WITH_REASON[verb]
    return acted(
        request, order, lambda: do(order, clean_words(reason, lines=True), actor=request.user), str(DONE[verb])
    )


def _remarks(request: StaffRequest) -> dict[str, str]:
    """What was written beside the fields: pairs of a field and its words; empty pairs do not count."""
    pairs = zip(request.POST.getlist("remark_field"), request.POST.getlist("remark"), strict=False)
    remarks: dict[str, str] = {}
    for field, words in pairs:
        if field.strip() and words.strip():
            remarks[field] = f"{remarks[field]}；{words}" if field in remarks else words
    return remarks
