"""请假与代理的一页：登记自己的，主任、负责人、管理员登记别人的，提前回来（第三条）。"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from parties.http import StaffRequest
from parties.models import Deputy, User
from workflow import clock
from workflow.forms import DayField, HouseForm
from workflow.leave import deputies_for, end_leave, enters_for, people_entered_by, take_leave
from workflow.views import Problem, act, beside

LAST_ONES = 30


class LeaveForm(HouseForm):
    """哪几天、谁来代。"""

    first_day = DayField(label=gettext_lazy("第一天"))
    last_day = DayField(label=gettext_lazy("最后一天"))
    deputy = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("代理人"), to_field_name="username", empty_label=gettext_lazy("请选")
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputy"].queryset = deputies_for(person)  # type: ignore[attr-defined]


@login_required
@require_http_methods(["GET", "POST"])
def leaves(request: StaffRequest) -> HttpResponse:
    """请假与代理：看得见的，和登记一次（第三条）。"""
    person = _person(request)
    if request.method == "GET":
        return _page(request, person, LeaveForm(person=person, initial={"first_day": clock.today()}))
    form = LeaveForm(request.POST, person=person)
    if not form.is_valid():
        return _page(request, person, form, status=400)
    data = form.cleaned_data
    return act(
        request,
        lambda: take_leave(person, data["deputy"], data["first_day"], data["last_day"], actor=request.user),
        then=reverse("workflow:leaves"),
        done=lambda leave: _("登记好了：这几天的事由%(name)s代办，过了自己回来。") % {"name": leave.deputy},
        refused=lambda problem: _page(request, person, form, problem=beside(problem, form), status=problem.status),
    )


@login_required
@require_POST
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """提前回来（第三条）。"""
    leave = get_object_or_404(_seen_by(request.user), pk=pk)
    return act(
        request,
        lambda: end_leave(leave, actor=request.user),
        then=reverse("workflow:leaves"),
        done=_("从现在起自己办。"),
    )


def _person(request: StaffRequest) -> User:
    """Whose leave: one's own, or of somebody that one enters it for."""
    username = request.GET.get("person", "")
    if not username or username == request.user.username:
        return request.user
    person = people_entered_by(request.user).filter(username=username).first()
    if person is None:
        raise Http404
    return person


def _seen_by(user: User) -> QuerySet[Deputy]:
    """自己的、自己代的、自己能登记的。"""
    known = Q(person__in=people_entered_by(user)) | Q(person=user) | Q(deputy=user)
    rows = Deputy.objects.filter(known).select_related("person__team", "person__department", "deputy")
    return rows.order_by("-first_day", "-pk")


def _page(
    request: StaffRequest, person: User, form: LeaveForm, *, problem: Problem | None = None, status: int = 200
) -> HttpResponse:
    today = clock.today()
    rows = [
        (leave, _standing(leave), enters_for(request.user, leave.person))
        for leave in _seen_by(request.user)[:LAST_ONES]
    ]
    others = [one for one in people_entered_by(request.user) if one.pk != request.user.pk]
    context = {"form": form, "person": person, "rows": rows, "others": others, "today": today, "problem": problem}
    return render(request, "workflow/leaves.html", context, status=status)


def _standing(leave: Deputy) -> str:
    """还没到、正在代、已经回来：页面照它说话。"""
    today = clock.today()
    if leave.last_day < today or (leave.back_on is not None and leave.back_on <= today):
        return "over"
    return "now" if leave.first_day <= today else "ahead"
