"""部门答复：起草、签字、代签、补签（第十七条至第十九条）。"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from papers.services import attachments_of
from parties.http import StaffRequest
from parties.models import User
from parties.reauth import Proof
from parties.views.proving import with_proof
from reviews import points, services
from reviews.answering import (
    date_name,
    department_days,
    due_tone,
    due_words,
    facts_of,
    others,
    sign_words,
    stage,
    wishes_of,
)
from reviews.answering import effect as effect_of
from reviews.forms import AnswerForm
from reviews.models import Answer, Round
from reviews.rights import heads, is_delegate, writes_answer
from reviews.sight import heard_in
from reviews.verifying import mark_broken
from reviews.views.rounds import differences_of, round_at
from workflow.forms import day_of
from workflow.views import Problem, act


def answer_at(request: StaffRequest, pk: int, department: str) -> Answer:
    """The department's answer in a round that this person may see."""
    review = round_at(request, pk)
    for answer in review.answers_now:
        if answer.department.code == department:
            return answer
    raise Http404


def page_of(answer: Answer) -> str:
    """The answer's own address."""
    return reverse("reviews:answer", args=[answer.round_id, answer.department.code])


@login_required
@require_http_methods(["GET", "POST"])
def answer(request: StaffRequest, pk: int, department: str) -> HttpResponse:
    """答复评审的一页：看订单，答六项，填日期，写结论（第十七条、第十八条）。"""
    here = answer_at(request, pk, department)
    if not (request.user.may("reviews.answer") and writes_answer(here, request.user)):
        if request.method == "POST":
            raise PermissionDenied(_("这一份不是您部门的，不能代答"))
        return redirect("reviews:detail", pk)
    if request.method == "GET":
        return render(request, "reviews/answer.html", page(request.user, here, AnswerForm.of(here)))
    return _with_form(
        request,
        here,
        lambda form: services.save_answer(here, form.given(), actor=request.user, expected=form.cleaned_data["seen"]),
        _("已存好，还没有签字。"),
    )


@login_required
@require_POST
def sign(request: StaffRequest, pk: int, department: str) -> HttpResponse:
    """签字：连同这一页上的答复（第十九条）。"""
    here = answer_at(request, pk, department)

    def do(proof: Proof) -> HttpResponse:
        return _with_form(
            request,
            here,
            lambda form: services.sign_answer(
                here, form.given(), actor=request.user, expected=form.cleaned_data["seen"], proof=proof
            ),
            _("已签字。改了日期或答复，要重新签。"),
        )

    form = AnswerForm(request.POST, asked=points.of(here.round))
    if not form.is_valid():
        return _again(request, here, form, None, 400)
    words = sign_words(
        form.cleaned_data["planned_date"], form.cleaned_data["verdict"], proxy=not heads(here, request.user)
    )
    return with_proof(request, words, page_of(here), do)


@login_required
@require_POST
def countersign(request: StaffRequest, pk: int, department: str) -> HttpResponse:
    """补签：此时的第一负责人认下代签的内容（第十九条）。"""
    here = answer_at(request, pk, department)

    def do(proof: Proof) -> HttpResponse:
        return act(
            request,
            lambda: services.countersign(
                here, actor=request.user, expected=request.POST.get("seen", "")[:64], proof=proof
            ),
            then=page_of(here),
            done=_("已补签。"),
            refused=lambda problem: _again(request, here, AnswerForm.of(here), problem, problem.status),
        )

    return with_proof(request, _("补签：%(name)s的答复") % {"name": here.department.name}, page_of(here), do)


@login_required
@require_GET
def effect(request: StaffRequest, pk: int, department: str) -> HttpResponse:
    """日期、结论一改，看对交期的影响和签字按钮怎么写；什么也不写下（第二十条）。"""
    here = answer_at(request, pk, department)
    try:
        planned = day_of(request.GET.get("planned_date", ""))
    except ValidationError:
        planned = None
    context = beside(request.user, here, planned, request.GET.get("verdict", ""))
    return render(request, "reviews/answer.html#effect", context)


def _with_form(request: StaffRequest, here: Answer, do: Callable[[AnswerForm], Any], done: str) -> HttpResponse:
    form = AnswerForm(request.POST, asked=points.of(here.round))
    if not form.is_valid():
        return _again(request, here, form, None, 400)
    return act(
        request,
        lambda: do(form),
        then=page_of(here),
        done=done,
        refused=lambda problem: _again(request, here, form, problem, problem.status),
    )


def _again(request: StaffRequest, here: Answer, form: AnswerForm, problem: Problem | None, status: int) -> HttpResponse:
    """The page with what was typed; after a conflict also what somebody else wrote meanwhile."""
    fresh = answer_at(request, here.round_id, here.department.code)
    context = page(request.user, fresh, form) | {"problem": problem}
    if form.is_valid() and form.cleaned_data["seen"] not in {"", fresh.sha256}:
        context |= {"theirs": AnswerForm.of(fresh), "fresh_seen": fresh.sha256}
    return render(request, "reviews/answer.html", context, status=status)


def page(user: User, here: Answer, form: AnswerForm) -> dict[str, Any]:
    """Everything the answer page shows."""
    review = here.round
    planned = form.cleaned_data.get("planned_date") if form.is_bound and form.is_valid() else here.planned_date
    verdict = str(form["verdict"].value() or "")
    is_open = review.state == Round.State.OPEN
    mark_broken(review)
    return {
        **beside(user, here, planned, verdict),
        "form": form,
        "order": review.order,
        **differences_of(review, user),
        "facts": facts_of(review.subject),
        "wishes": wishes_of(review.order),
        "files": attachments_of(review.order).count(),
        "due": due_words(review.answer_due) if is_open else "",
        "due_tone": due_tone(review.answer_due),
        "date_name": date_name(here.department),
        "stage": stage(here.department),
        "others": others(review, here, heard=heard_in(review, user)),
        "signed_count": sum(answer.is_signed for answer in review.answers_now),
        "is_open": is_open,
        "may_countersign": here.state == Answer.State.PROXY_SIGNED and heads(here, user),
        "seen": here.sha256,
        "broken": next((one.broken for one in review.answers_now if one.pk == here.pk), ""),
    }


def beside(user: User, here: Answer, planned: dt.date | None, verdict: str) -> dict[str, Any]:
    """What follows from the date and the verdict as they stand in the form."""
    head, delegate = heads(here, user), is_delegate(here, user)
    return {
        "review": here.round,
        "answer": here,
        "days": department_days(here, planned),
        "effect": effect_of(here.round, here, planned),
        "may_sign": head or delegate,
        "sign_label": sign_words(planned, verdict, proxy=delegate),
    }
