"""评审会议的页面：召集、改安排、到会与纪要（第十九条、第二十条）。"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from papers.services import papers_of
from parties.http import StaffRequest
from parties.models import User
from reviews import services
from reviews.meeting_forms import MinutesForm, PlanForm
from reviews.models import ReviewMeeting, Round
from reviews.rights import balances, leads, works
from reviews.selectors import meetings_of
from workflow.machine import offers
from workflow.views import Problem, act


def meeting_at(request: StaffRequest, pk: int) -> ReviewMeeting:
    """The meeting of a round, for those who attend it or read the whole review."""
    meeting: ReviewMeeting = get_object_or_404(meetings_of(request.user), round=pk)
    return meeting


@login_required
@require_http_methods(["GET", "POST"])
def meeting(request: StaffRequest, pk: int) -> HttpResponse:
    """会议的一页；POST 是登记到会与纪要（第十九条）。"""
    here = meeting_at(request, pk)
    if request.method == "GET":
        return render(request, "reviews/meeting.html", page(request.user, here))
    form = MinutesForm(request.POST, meeting=here, dates=sets_dates(request.user, here))
    if not form.is_valid():
        return render(request, "reviews/meeting.html", page(request.user, here, form=form), status=400)
    return act(
        request,
        lambda: services.hold_meeting(here, form.minutes(), actor=request.user),
        then=reverse("reviews:meeting", args=[pk]),
        done=_("纪要已存，《评审会议纪要》随后印成。改了日期的部门要重签。"),
        refused=lambda problem: _again(request, pk, problem, form=form),
    )


@login_required
@require_POST
def change(request: StaffRequest, pk: int) -> HttpResponse:
    """改会议的时间、地点、议题，再请人（第十九条）。"""
    here = meeting_at(request, pk)
    form = PlanForm(request.POST, prefix="p")
    if not form.is_valid():
        return render(request, "reviews/meeting.html", page(request.user, here, plan=form), status=400)
    return act(
        request,
        lambda: services.change_meeting(here, form.plan(), actor=request.user),
        then=reverse("reviews:meeting", args=[pk]),
        done=_("安排已改，参加人会再收到通知。"),
        refused=lambda problem: _again(request, pk, problem, plan=form),
    )


def _again(request: StaffRequest, pk: int, problem: Problem, **forms: Any) -> HttpResponse:
    context = page(request.user, meeting_at(request, pk), **forms) | {"problem": problem}
    return render(request, "reviews/meeting.html", context, status=problem.status)


def page(
    user: User, here: ReviewMeeting, *, form: MinutesForm | None = None, plan: PlanForm | None = None
) -> dict[str, Any]:
    """Everything the meeting's page shows."""
    review = here.round
    hold = next((offer for offer in offers(here, user) if offer.name == "hold"), None)
    if form is None and hold is not None and not hold.refusals:
        form = MinutesForm(meeting=here, dates=sets_dates(user, here), initial=_known(here))
    return {
        "meeting": here,
        "review": review,
        "order": review.order,
        "people": here.attendees_now,
        "present": sum(bool(one.present) for one in here.attendees_now),
        "form": form,
        "waits": hold.refusals if hold else (),
        "plan": plan or (_plan(here) if arranges(user, here) else None),
        "papers": papers_of(here.about),
    }


def _known(here: ReviewMeeting) -> dict[str, Any]:
    return {"decisions": here.decisions, "held_at": here.held_at}


def _plan(here: ReviewMeeting) -> PlanForm:
    review = here.round
    known = {"meeting_at": review.meeting_at, "meeting_place": review.meeting_place, "agenda": here.agenda}
    return PlanForm(prefix="p", initial=known)


def arranges(user: User, here: ReviewMeeting) -> bool:
    """Whether this person may still change when and where."""
    waiting = here.state == ReviewMeeting.State.CALLED and here.round.state == Round.State.OPEN
    return waiting and user.may("reviews.turn_into_meeting") and leads(here, user)


def sets_dates(user: User, here: ReviewMeeting) -> bool:
    """Whether the dates are this person's to set in the meeting (A20.1)."""
    return user.may("reviews.balance") and works(here, user) and balances(here, user)
