"""巡查的列表：这半日还要看哪些、看过哪些、找一张单（第六条，A6.4a）。"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from orders.models import Order
from orders.selectors import visible_orders
from parties.http import StaffRequest
from production.models import Quality, Schedule, Visit
from production.rights import VISIT
from production.selectors import with_parts
from production.tour import Tour
from reviews.models import Notice
from workflow.forms import DayField, HouseForm, WordsField
from workflow.paging import keyset

CHIPS: tuple[tuple[str, Any, dict[str, str]], ...] = (
    ("risk", gettext_lazy("有风险"), {"schedule": Schedule.RISK}),
    ("late", gettext_lazy("要延期"), {"schedule": Schedule.LATE}),
    ("problem", gettext_lazy("质量有问题"), {"quality": Quality.PROBLEM}),
)
PAGING = {"after", "before"}


class VisitFilter(HouseForm):
    """What the list of visits may be asked for."""

    chip = forms.SlugField(required=False, max_length=20)
    order = WordsField(required=False, max_length=20)
    since = DayField(required=False)


@login_required
@require_GET
def tour(request: StaffRequest) -> HttpResponse:
    """上午巡查、下午巡查：还剩几单（第六条）。"""
    if not request.user.may(VISIT):
        raise PermissionDenied(_("巡查不归您做"))
    return render(request, "production/tour.html", {"tour": Tour(request.user)})


@login_required
@require_GET
def visits(request: StaffRequest) -> HttpResponse:
    """巡查记录：谁、何时、看到什么（第六条）。"""
    if unknown := set(request.GET) - set(VisitFilter.base_fields) - PAGING:
        raise BadRequest(_("网址里有不认识的条件：%(names)s") % {"names": "、".join(sorted(unknown))[:80]})
    form = VisitFilter(request.GET)
    valid = form.is_valid()
    rows = _narrowed(request, form.cleaned_data) if valid else Visit.objects.none()
    context = {
        "form": form,
        "page": keyset(with_parts(rows), request.GET),
        "chips": CHIPS,
        "here": form.cleaned_data.get("chip", ""),
        "filtered": any(request.GET.get(name) for name in VisitFilter.base_fields),
        "tour": Tour(request.user) if request.user.may(VISIT) else None,
    }
    return render(request, "production/visits.html", context, status=200 if valid else 400)


def _narrowed(request: StaffRequest, wanted: dict[str, Any]) -> QuerySet[Visit]:
    rows: QuerySet[Visit] = Visit.objects.visible_to(request.user)
    for key, _label, look_up in CHIPS:
        rows = rows.filter(**look_up) if wanted["chip"] == key else rows
    if wanted["order"]:
        rows = rows.filter(order__in=Order.objects.searched(wanted["order"]))
    return rows.filter(day__gte=wanted["since"]) if wanted["since"] else rows


@login_required
@require_GET
def find(request: StaffRequest) -> HttpResponse:
    """扫通知单的二维码，或输单号，找到要巡查的单（第六条）。"""
    text = request.GET.get("number", "").strip().upper()[:20]
    if not text:
        return render(request, "production/find.html", {"text": ""})
    mine = visible_orders(request.user)
    order = mine.numbered(text).first()
    if order is None:
        notice = Notice.objects.filter(order__in=mine).numbered(text).select_related("order").first()
        order = notice.order if notice else None
    if order is None:
        return render(request, "production/find.html", {"text": text, "missing": True}, status=404)
    return redirect("production:visit", number=order.number)
