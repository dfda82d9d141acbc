"""总经理批量签发：只勾得上没有疑问的，其余的要单独打开（第二十条、第二十二条）。"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parties import reauth
from parties.http import StaffRequest
from parties.reauth import Proof
from parties.views.proving import with_proof
from reviews import services
from reviews.authority import headed_by
from reviews.batch import sheets
from reviews.countersigning import waiting
from reviews.models import Answer, Round
from reviews.selectors import notices_of, signs_notices
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

    def do(proof: Proof) -> HttpResponse:
        return act(
            request,
            lambda: services.sign_notices(chosen, actor=request.user, proof=proof),
            then=reverse("reviews:sign_notices"),
            done=_("签发了 %(n)s 份，跟单员会发到各部门。") % {"n": len(chosen)},
            refused=lambda problem: _page(request, problem, problem.status),
        )

    return with_proof(request, _("签发 %(n)s 份") % {"n": len(chosen)}, request.path, do)


@login_required
@require_http_methods(["GET", "POST"])
def countersign_answers(request: StaffRequest) -> HttpResponse:
    """等这位负责人补签的，先代签的在前，一次补几份（第十九条）。"""
    if not headed_by(request.user).exists():
        raise PermissionDenied(_("补签由部门第一负责人来做"))
    if request.method == "GET":
        return _queue(request)
    chosen = [(one, request.POST.get(f"seen_{one.pk}", "")[:64]) for one in _proxies(request)]
    if not chosen:
        return _queue(request, Problem(400, _("还没有勾选要补签的")), 400)

    def do(proof: Proof) -> HttpResponse:
        return act(
            request,
            lambda: services.countersign_all(chosen, actor=request.user, proof=proof),
            then=reverse("reviews:countersign_answers"),
            done=_("补签了 %(n)s 份。") % {"n": len(chosen)},
            refused=lambda problem: _queue(request, problem, problem.status),
        )

    return with_proof(request, _("补签 %(n)s 份") % {"n": len(chosen)}, request.path, do)


def _proxies(request: StaffRequest) -> list[Answer]:
    """The ticked answers of a round that this person sees; whether they may countersign is the machine's to say."""
    rows = Answer.objects.filter(pk__in=ticked(request, "answer"), round__in=Round.objects.visible_to(request.user))
    return list(rows.select_related("round__order", "department"))


def _queue(request: StaffRequest, problem: Problem | None = None, status: int = 200) -> HttpResponse:
    context = {"rows": waiting(request.user, limit=MOST), "problem": problem, "asks": reauth.proved_at(request) is None}
    return render(request, "reviews/countersign.html", context, status=status)


def ticked(request: StaffRequest, name: str) -> set[int]:
    """The keys that were ticked on the page; what is no key is none."""
    ids = {int(one) for one in request.POST.getlist(name)[:MOST] if one.isascii() and one.isdecimal()}
    return {one for one in ids if one < 2**63}


def chosen_of(request: StaffRequest) -> list[Any]:
    """The ticked notices; each with the fingerprint that stood on the page."""
    rows = notices_of(request.user).filter(pk__in=ticked(request, "notice"))
    return [(notice, request.POST.get(f"seen_{notice.pk}", "")) for notice in rows.order_by("order_id")]


def _page(request: StaffRequest, problem: Problem | None = None, status: int = 200) -> HttpResponse:
    waiting = sheets(request.user, limit=MOST)
    plain = [sheet for sheet in waiting if not sheet.refusals]
    context = {
        "sheets": waiting,
        "plain": plain,
        "problem": problem,
        "asks": reauth.proved_at(request) is None,
        "sees_money": request.user.may("orders.view_money"),
    }
    return render(request, "reviews/sign_notices.html", context, status=status)
