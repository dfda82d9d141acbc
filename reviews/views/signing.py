"""总经理批量签发：只勾得上没有疑问的，其余的要单独打开（第二十条、第二十二条）。"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parties.http import StaffRequest
from reviews import services
from reviews.batch import sheets
from reviews.selectors import notices_of, signs_notices
from reviews.views.password import signed_with_password
from workflow.views import Problem, act

MOST = 100


@login_required
@require_http_methods(["GET", "POST"])
def sign_notices(request: StaffRequest) -> HttpResponse:
    """待签发的业务通知单，一次签几份（第二十条）。"""
    if not signs_notices(request.user):
        raise PermissionDenied(_("业务通知单由总经理或被授权的人签发"))
    if request.method == "GET":
        return _page(request)
    chosen = chosen_of(request)
    if not chosen:
        return _page(request, Problem(400, _("还没有勾选要签的通知单")), 400)

    def do(moment: dt.datetime) -> HttpResponse:
        return act(
            request,
            lambda: services.sign_notices(chosen, actor=request.user, auth_time=moment),
            then=reverse("reviews:sign_notices"),
            done=_("签发了 %(n)s 份，跟单员会发到各部门。") % {"n": len(chosen)},
            refused=lambda problem: _page(request, problem, problem.status),
        )

    return signed_with_password(request, _("签发 %(n)s 份") % {"n": len(chosen)}, request.path, do)


def chosen_of(request: StaffRequest) -> list[Any]:
    """The ticked notices; each with the fingerprint that stood on the page."""
    ids = {int(one) for one in request.POST.getlist("notice")[:MOST] if one.isascii() and one.isdecimal()}
    rows = notices_of(request.user).filter(pk__in=[one for one in ids if one < 2**63])
    return [(notice, request.POST.get(f"seen_{notice.pk}", "")) for notice in rows.order_by("order_id")]


def _page(request: StaffRequest, problem: Problem | None = None, status: int = 200) -> HttpResponse:
    waiting = sheets(request.user, limit=MOST)
    plain = [sheet for sheet in waiting if not sheet.refusals]
    context = {
        "sheets": waiting,
        "plain": plain,
        "problem": problem,
        "sees_money": request.user.may("orders.view_money"),
    }
    return render(request, "reviews/sign_notices.html", context, status=status)
