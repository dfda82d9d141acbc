"""接口令牌的一页：管理员发出、收回；明文只见一次（API.md Auth）。"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from integration import services
from integration.models import ApiToken
from parties.http import StaffRequest
from parties.models import User
from workflow.forms import DayField, HouseForm, WordsField
from workflow.views import Problem, act, beside

SHOWN = 200


class TokenForm(HouseForm):
    """给谁、作什么用、到哪天、能不能签字。"""

    user = forms.ModelChoiceField(
        User.objects.filter(is_active=True).order_by("name", "pk"),
        label=gettext_lazy("人员"),
        to_field_name="username",
        empty_label=gettext_lazy("请选"),
    )
    name = WordsField(label=gettext_lazy("用途"), max_length=60)
    expires_on = DayField(label=gettext_lazy("用到哪天"), required=False)
    signs = forms.BooleanField(label=gettext_lazy("可以代替口令签字"), required=False)


@login_required
@require_http_methods(["GET", "POST"])
def tokens(request: StaffRequest) -> HttpResponse:
    """接口令牌：发过的，和再发一枚（API.md Auth）。"""
    if not request.user.may(services.GIVES):
        raise PermissionDenied(_("接口令牌归管理员"))
    if request.method == "GET":
        return _page(request, TokenForm())
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    return act(
        request,
        lambda: services.give_token(**form.cleaned_data, actor=request.user),
        then=reverse("integration:tokens"),
        answer=lambda given: _page(request, TokenForm(), given=given),
        refused=lambda problem: _page(request, form, problem=beside(problem, form), status=problem.status),
    )


@login_required
@require_POST
def take_back(request: StaffRequest, pk: int) -> HttpResponse:
    """收回一枚（API.md Auth）。"""
    if not request.user.may(services.GIVES):
        raise PermissionDenied(_("接口令牌归管理员"))
    token = get_object_or_404(ApiToken, pk=pk)
    return act(
        request,
        lambda: services.take_back_token(token, actor=request.user),
        then=reverse("integration:tokens"),
        done=lambda token: _("「%(name)s」收回了，下一次请求就不作数。") % {"name": token.name},
    )


def _page(
    request: StaffRequest,
    form: TokenForm,
    *,
    given: tuple[ApiToken, str] | None = None,
    problem: Problem | None = None,
    status: int = 200,
) -> HttpResponse:
    rows = ApiToken.objects.select_related("user").order_by("-pk")[:SHOWN]
    context: dict[str, Any] = {"form": form, "rows": rows, "given": given, "problem": problem}
    return render(request, "integration/tokens.html", context, status=status)
