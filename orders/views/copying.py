"""翻单：从列表找到旧单，照它开一张新草稿（第六条）。"""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from orders import listing
from orders.views.inquiries import wanted
from parties.http import StaffRequest
from workflow.paging import keyset


@login_required
@require_GET
def choose(request: StaffRequest) -> HttpResponse:
    """照哪张单翻：按单号、客户、品名找。"""
    if not request.user.may("orders.create"):
        raise PermissionDenied(_("您没有登记业务单的权限"))
    form, _chip, words = wanted(request)
    rows = listing.list_rows(request.user)
    rows = rows.searched(words) if words else rows  # type: ignore[attr-defined]
    page = keyset(rows if form.is_valid() else rows.none(), request.GET)
    context = {"page": page, "form": form, "filtered": bool(words)}
    return render(request, "orders/copy.html", context, status=200 if form.is_valid() else 400)
