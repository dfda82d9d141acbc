"""送货单列表：快筛、找、翻页（第五章）。"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from parties.http import StaffRequest
from shipping.forms import FilterForm
from shipping.models import Delivery, Return
from shipping.models.delivery import State
from shipping.selectors import OPEN, at_hand, unconfirmed, visible_deliveries
from workflow.paging import keyset
from workflow.shown import COUNTED, Chip

Rows = QuerySet[Delivery]
PAGING = {"after", "before"}

CHIPS = (
    Chip("confirm", gettext_lazy("到货待确认"), lambda rows: unconfirmed(rows.filter(state__in=OPEN)), counted=True),
    Chip("send", gettext_lazy("待仓库发出"), lambda rows: rows.filter(state=State.NOTIFIED), counted=True),
    Chip("receipt", gettext_lazy("待回单"), lambda rows: rows.filter(state=State.DISPATCHED), counted=True),
    Chip("signed", gettext_lazy("已签收"), lambda rows: rows.filter(state=State.DELIVERED)),
)


@login_required
@require_GET
def deliveries(request: StaffRequest) -> HttpResponse:
    """送货单，新的在前（第三条：各看各的）。"""
    _right(request)
    if unknown := set(request.GET) - set(FilterForm.base_fields) - PAGING:
        raise BadRequest(_("网址里有不认识的条件：%(names)s") % {"names": "、".join(sorted(unknown))[:80]})
    form = FilterForm(request.GET)
    valid = form.is_valid()
    mine = visible_deliveries(request.user)
    page = keyset(_narrowed(mine, form.cleaned_data) if valid else mine.none(), request.GET)
    context = {
        "form": form,
        "page": page,
        "rows": at_hand(page.rows),
        "chips": [_counted(chip, mine) for chip in CHIPS],
        "here": form.cleaned_data.get("chip", ""),
        "kept": _kept(request),
        "filtered": any(request.GET.get(name) for name in FilterForm.base_fields),
        "may_create": request.user.may("shipping.create"),
    }
    return render(request, "shipping/list.html", context, status=200 if valid else 400)


@login_required
@require_GET
def returns(request: StaffRequest) -> HttpResponse:
    """退货单，新的在前；仓库在这里收货（第五章，退货）。"""
    _right(request)
    if unknown := set(request.GET) - PAGING:
        raise BadRequest(_("网址里有不认识的条件：%(names)s") % {"names": "、".join(sorted(unknown))[:80]})
    rows: Any = Return.objects.visible_to(request.user).select_related("delivery", "registered_by", "received_by")
    page = keyset(rows.prefetch_related("lines__order_line"), request.GET)
    context = {"page": page, "may_receive": request.user.may("shipping.receive_return")}
    return render(request, "shipping/returns.html", context)


def _right(request: StaffRequest) -> None:
    if not request.user.may("shipping.view"):
        raise PermissionDenied(_("发货不归您看"))


def _narrowed(rows: Rows, wanted: dict[str, Any]) -> Rows:
    chip = next((one for one in CHIPS if one.key == wanted.get("chip")), None)
    rows = chip.narrow(rows) if chip else rows
    if wanted.get("q"):
        rows = rows.searched(wanted["q"])  # type: ignore[union-attr]
    ends = {"since": "dispatched_on__gte", "until": "dispatched_on__lte"}
    return rows.filter(**{lookup: wanted[key] for key, lookup in ends.items() if wanted.get(key)})


def _counted(chip: Chip, rows: Rows) -> Chip:
    """The chip with its count, which stops at a hundred; what calls for no work is not counted."""
    if not chip.counted:
        return chip
    return replace(chip, count=chip.narrow(rows).order_by()[:COUNTED].count())


def _kept(request: StaffRequest) -> str:
    query = request.GET.copy()
    for name in ("chip", *PAGING):
        query.pop(name, None)
    return query.urlencode()
