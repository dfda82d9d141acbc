"""一轮评审的页面：各部门并排，平衡日期，下结论（第二十条）。"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from parties.http import StaffRequest
from parties.models import User
from reviews import points, services
from reviews.answering import due_tone, due_words, effect, facts_of, others
from reviews.differences import asked
from reviews.forms import BalanceForm, ConcludeForm, ReasonForm, ToldForm
from reviews.impact import GRADES, preview
from reviews.meeting_forms import TurnForm
from reviews.models import Answer, Round
from reviews.rights import balances, heads, leads, works, writes_answer
from reviews.selectors import meetings_of, rounds_of
from reviews.services.conclude import proposed_delivery
from reviews.sight import heard_in, seen_in_full
from reviews.verifying import mark_broken
from workflow.forms import HouseForm
from workflow.machine import offers
from workflow.views import Problem, act, as_seen


def round_at(request: StaffRequest, pk: int) -> Round:
    """The round of the address, as far as this person may see it; its page's revision goes with it."""
    review: Round = get_object_or_404(rounds_of(request.user), pk=pk)
    return as_seen(request, review)


@login_required
@require_GET
def detail(request: StaffRequest, pk: int) -> HttpResponse:
    """一轮评审：谁答了什么，差什么，结论（第二十条）。"""
    return render(request, "reviews/round.html", page(request.user, round_at(request, pk)))


def page(user: User, review: Round, **more: Any) -> dict[str, Any]:
    """Everything the round's page shows."""
    is_open = review.state == Round.State.OPEN
    leading = user.may("reviews.conclude") and leads(review, user)
    balancing = user.may("reviews.balance") and balances(review, user)
    passing = next((offer for offer in offers(review, user) if offer.name == "conclude_pass"), None)
    waits = passing.refusals if passing else ()
    mark_broken(review)
    full = seen_in_full(review, user)
    known = others(review, None, heard=heard_in(review, user))
    table = [other for other in known if other.answer.pk in full]
    return {
        "review": review,
        "order": review.order,
        "due": due_words(review.answer_due) if is_open else "",
        "due_tone": due_tone(review.answer_due),
        "others": table,
        "beside": known if len(table) < len(known) else [],
        "table": [(point, [_said(other.answer, point.code) for other in table]) for point in points.of(review)],
        "effect": effect(review, None, None),
        **differences_of(review, user),
        "facts": facts_of(review.subject),
        "balance_form": BalanceForm(answers=review.answers_now) if is_open and balancing else None,
        "conclude_form": _conclusion(review, passed=not waits) if is_open and leading else None,
        "waits": waits,
        "suggested": proposed_delivery(review) if is_open and leading else None,
        "meeting_form": TurnForm(prefix="m") if is_open and leading and review.form != "meeting" else None,
        "request_form": _wish(user, review) if is_open else None,
        "tellings": list(review.tellings.order_by("-at", "-pk")) if review.concluded_at else [],
        "told_form": _telling(review) if tells(user, review) else None,
        "to_answer": _to_answer(user, review),
        "meeting": meetings_of(user).filter(round=review).first() if review.form == Round.Form.MEETING else None,
        **more,
    }


def differences_of(review: Round, user: User) -> dict[str, Any]:
    """评审更改时：改了什么、影响什么；别的评审没有（第二十二条）。"""
    change = review.change
    if change is None:
        return {}
    change.order = review.order
    return {
        "change": change,
        "rows": asked(change, money=user.may("orders.view_money")),
        "preview": preview(change, user),
        "grades": GRADES,
    }


def _said(answer: Answer, code: str) -> tuple[bool | None, str]:
    return answer.points.get(code), answer.remarks.get(code, "")


def _conclusion(review: Round, *, passed: bool) -> ConcludeForm:
    return ConcludeForm(
        initial={"outcome": "pass" if passed else "negotiate", "delivery_date": proposed_delivery(review)}
    )


def tells(user: User, review: Round) -> bool:
    """Whether this person may record that the result was told."""
    return review.concluded_at is not None and user.may("reviews.tell") and works(review, user)


def _telling(review: Round) -> ToldForm:
    salesperson = review.order.salesperson
    return ToldForm(prefix="t", initial={"whom": "salesperson", "who": str(salesperson) if salesperson else ""})


def _wish(user: User, review: Round) -> ReasonForm | None:
    """The coordinator asks for a meeting; who decides it has no need to ask."""
    asks = user.may("reviews.request_meeting") and not user.may("reviews.turn_into_meeting")
    if asks and works(review, user) and review.form != Round.Form.MEETING and not review.meeting_wanted:
        return ReasonForm(prefix="r")
    return None


def _to_answer(user: User, review: Round) -> Answer | None:
    """The answer that waits for this very person."""
    for answer in review.answers_now:
        open_one = review.state == Round.State.OPEN and not answer.is_signed
        if user.may("reviews.answer") and (
            (open_one and writes_answer(answer, user))
            or (answer.state == Answer.State.PROXY_SIGNED and heads(answer, user))
        ):
            return answer
    return None


def acted(request: StaffRequest, review: Round, do: Callable[[], Any], done: str) -> HttpResponse:
    """Do it; back to the round's page, or that page with the reasons why not."""

    def refused(problem: Problem) -> HttpResponse:
        fresh = round_at(request, review.pk)
        return render(request, "reviews/round.html", page(request.user, fresh, problem=problem), status=problem.status)

    return act(request, do, then=reverse("reviews:detail", args=[review.pk]), done=done, refused=refused)


def done_with(
    request: StaffRequest, review: Round, form: HouseForm, do: Callable[[dict[str, Any]], Any], done: str, **shown: Any
) -> HttpResponse:
    """Read the small form, act; what is wrong with it stands beside its fields."""
    if form.is_valid():
        return acted(request, review, lambda: do(form.cleaned_data), done)
    return render(request, "reviews/round.html", page(request.user, review, **shown), status=400)


@login_required
@require_POST
def balance(request: StaffRequest, pk: int) -> HttpResponse:
    """平衡各部门日期，改了的要重签（第二十条）。"""
    review = round_at(request, pk)
    form = BalanceForm(request.POST, answers=review.answers_now)
    return done_with(
        request,
        review,
        form,
        lambda _data: services.balance(review, form.dates(), actor=request.user),
        _("日期已平衡，改了的部门会收到重签的待办。"),
        balance_form=form,
    )


@login_required
@require_POST
def request_meeting(request: StaffRequest, pk: int) -> HttpResponse:
    """跟单员申请集中评审（第十九条）。"""
    review = round_at(request, pk)
    form = ReasonForm(request.POST, prefix="r")
    return done_with(
        request,
        review,
        form,
        lambda data: services.request_meeting(review, data["reason"], actor=request.user),
        _("申请已送主任。"),
        request_form=form,
    )


@login_required
@require_POST
def turn_into_meeting(request: StaffRequest, pk: int) -> HttpResponse:
    """主任决定转为集中式（第十九条）。"""
    review = round_at(request, pk)
    form = TurnForm(request.POST, prefix="m")
    return done_with(
        request,
        review,
        form,
        lambda data: services.turn_into_meeting(review, data["reason"], actor=request.user, meeting=form.plan()),
        _("已转为集中评审，各部门的答复都留着。"),
        meeting_form=form,
    )


@login_required
@require_POST
def conclude(request: StaffRequest, pk: int) -> HttpResponse:
    """主任下结论（第二十条）。"""
    review = round_at(request, pk)
    form = ConcludeForm(request.POST)

    def do(data: dict[str, Any]) -> Round:
        outcome, given = data["outcome"], {"note": data["note"]}
        if outcome != "reject":
            given["delivery_date"] = data["delivery_date"]
        return services.conclude(review, outcome, actor=request.user, **given)

    return done_with(request, review, form, do, _("结论已下，业务单随之转到下一步。"), conclude_form=form)
