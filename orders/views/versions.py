"""一张业务单的各版对照（第二十二条、B7）。"""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from orders.comparing import compare, versions_of
from orders.models import Order, OrderVersion
from orders.selectors import visible_orders
from parties.http import StaffRequest

OLD, NEW, ALL = "old", "new", "all"


@login_required
@require_GET
def versions(request: StaffRequest, number: str) -> HttpResponse:
    """两版并排，改了的标出来；不写哪两版就是最近的两版。"""
    order: Order = get_object_or_404(visible_orders(request.user).numbered(number))
    if unknown := set(request.GET) - {OLD, NEW, ALL}:
        raise BadRequest(_("没有这个查询参数：%(name)s") % {"name": sorted(unknown)[0][:40]})
    kept = versions_of(order)
    new = _chosen(request, NEW, kept, kept[0] if kept else None)
    old = _chosen(request, OLD, kept, next((one for one in kept if new and one.version < new.version), new))
    cells = compare(old, new, money=request.user.may("orders.view_money")) if old and new else []
    shown = cells if request.GET.get(ALL) == "on" else [cell for cell in cells if cell.differs]
    context = {"order": order, "versions": kept, "old": old, "new": new, "cells": shown, "whole": len(cells)}
    return render(request, "orders/versions.html", context)


def _chosen(
    request: StaffRequest, name: str, kept: list[OrderVersion], usual: OrderVersion | None
) -> OrderVersion | None:
    text = request.GET.get(name, "")
    if not text:
        return usual
    found = next((one for one in kept if str(one.version) == text), None)
    if found is None:
        raise BadRequest(_("没有第 %(n)s 版") % {"n": text[:10]})
    return found
