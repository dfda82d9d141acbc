"""业务通知单的页面：内容、签发、发放、各份的去向（第六条、第二十条）。"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from orders.selectors import visible_orders
from papers.models import Paper
from papers.services import papers_of
from parties.http import StaffRequest
from parties.models import User
from parties.reauth import Proof
from parties.views.proving import with_proof
from reviews import services
from reviews.answering import others
from reviews.batch import dates_of, stands_alone
from reviews.holdings import beside_copies
from reviews.impact import GRADES, preview
from reviews.models import Notice, NoticeCopy, Signature
from reviews.parts import papers_for
from reviews.rights import leads, of_department
from reviews.selectors import notices_of
from reviews.sight import heard_in, sees_whole
from reviews.verifying import broken_notice, mark_broken
from workflow.forms import clean_words
from workflow.machine import offers
from workflow.views import Button, Problem, act, as_seen, buttons

PRIMARY = ("sign", "issue")


def notice_at(request: StaffRequest, number: str) -> Notice:
    """The notice of the address, as far as this person may see it; its page's revision goes with it."""
    notice: Notice = get_object_or_404(notices_of(request.user).numbered(number))
    return as_seen(request, notice)


@login_required
@require_GET
def detail(request: StaffRequest, number: str) -> HttpResponse:
    """一张业务通知单（第六条）。"""
    return render(request, "reviews/notice.html", page(request.user, notice_at(request, number)))


def page(user: User, notice: Notice) -> dict[str, Any]:
    """Everything the notice's page shows."""
    notice.round.order = notice.order
    if notice.change is not None:
        notice.change.order = notice.order
    mark_broken(notice.round)
    signature = Signature.objects.filter(notice=notice).select_related("authorisation__grantor").first()
    promised, wanted = dates_of(notice)
    address = reverse("reviews:notice", args=[notice.number])
    moves = buttons(offers(notice, user), address, primary=PRIMARY)
    copies = [(copy, copy_buttons(copy, notice, user)) for copy in notice.copies_now]
    return {
        "notice": notice,
        "order": notice.order,
        "content": notice.content,
        "offers": moves,
        "version": notice.revision,
        "copies": copies,
        "received": sum(copy.state == NoticeCopy.State.ACKNOWLEDGED for copy, _moves in copies),
        "papers": _papers(notice, user) if notice.formal_number else [],
        "others": others(notice.round, None, heard=heard_in(notice.round, user)),
        "signature": signature,
        "broken": broken_notice(notice, signature),
        "delivery": promised,
        "wanted": wanted,
        "differs": promised != wanted,
        "late": max((promised - wanted).days, 0),
        "impact": preview(notice.change, user) if notice.change is not None else None,
        "grades": GRADES,
        "alone": list(stands_alone(notice)) if notice.state == Notice.State.DRAFT else [],
        "mine": any(moves for _copy, moves in copies),
        **beside_copies(notice, user),
    }


def _papers(notice: Notice, user: User) -> list[Paper]:
    """附件一与附件二；部门看到的附件二是自己的执行部分（第六条）。"""
    found = papers_of(*papers_for(notice, user))
    return [paper for paper in found if sees_whole(user) or paper.kind != "review"]


def copy_buttons(copy: NoticeCopy, notice: Notice, user: User) -> list[Button]:
    """What this person may do with one copy."""
    copy.notice = notice
    base = reverse("reviews:notice", args=[notice.number]) + f"copies/{copy.department.code}/"
    found = [move for move in buttons(offers(copy, user), base, primary=("acknowledge",)) if not move.refusals]
    holder = of_department(copy, user) and user.may("reviews.return_copy")
    if copy.state in NoticeCopy.OUT and not copy.lost_reason and (holder or leads(copy, user)):
        lost = Button(f"report_lost_{copy.pk}", _("报失"), f"{base}report-lost/", "第六条", (), needs_reason=True)
        found.append(lost)
    return found


def acted(request: StaffRequest, notice: Notice, do: Callable[[], Any], done: str) -> HttpResponse:
    """Do it; back to the notice's page, or that page with the reasons why not."""

    def refused(problem: Problem) -> HttpResponse:
        fresh = get_object_or_404(notices_of(request.user), pk=notice.pk)
        context = page(request.user, fresh) | {"problem": problem}
        template = "reviews/notice.html#doc" if request.htmx else "reviews/notice.html"
        return render(request, template, context, status=problem.status)

    def then(_result: Any) -> str:
        return reverse("reviews:notice", args=[Notice.objects.get(pk=notice.pk).number])

    return act(request, do, then=then, done=done, refused=refused)


@login_required
@require_POST
def create(request: StaffRequest, number: str) -> HttpResponse:
    """跟单员编制业务通知单（第二十条）。"""
    order = get_object_or_404(visible_orders(request.user).numbered(number))
    return act(
        request,
        lambda: services.create_notice(order, actor=request.user),
        then=lambda notice: reverse("reviews:notice", args=[notice.number] if notice else [number]),
        done=_("通知单编好了，已送总经理签发。"),
    )


@login_required
@require_POST
def sign(request: StaffRequest, number: str) -> HttpResponse:
    """总经理签发，取号（第二十条）。"""
    notice = notice_at(request, number)

    def do(proof: Proof) -> HttpResponse:
        return acted(
            request,
            notice,
            lambda: services.sign_notice(notice, actor=request.user, proof=proof),
            _("已签发，跟单员会发到各部门。"),
        )

    back = reverse("reviews:notice", args=[number])
    return with_proof(request, _("签发 %(order)s 的业务通知单") % {"order": notice.order}, back, do)


@login_required
@require_POST
def refuse(request: StaffRequest, number: str) -> HttpResponse:
    """总经理不签，写明理由（第二十条）。"""
    notice = notice_at(request, number)
    reason = request.POST.get("reason", "")
    return acted(
        request,
        notice,
        lambda: services.refuse_notice(notice, clean_words(reason, lines=True), actor=request.user),
        _("理由已留存，主任会退回协商。"),
    )


@login_required
@require_POST
def issue(request: StaffRequest, number: str) -> HttpResponse:
    """发到各部门（第六条）。"""
    notice = notice_at(request, number)
    return acted(
        request,
        notice,
        lambda: services.issue_notice(notice, actor=request.user),
        _("已发到各部门，业务单已下达。"),
    )
