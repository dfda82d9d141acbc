"""授权书的一页：看得见的一览，总经理、部门第一负责人立与撤销（第十九条、第二十条）。"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from parties import passkeys, reauth
from parties.http import StaffRequest
from parties.models import Authorisation, Department, User
from parties.roles import Role
from parties.views.proving import with_proof
from reviews import services
from reviews.authority import authorisations_of, headed_by, scopes_of, standings
from workflow import clock
from workflow.forms import DayField, HouseForm
from workflow.views import Problem, act, beside

SHOWN = 100


class AuthorisationForm(HouseForm):
    """授权谁、做什么、从哪天到哪天，书面的一份附上。"""

    scope = forms.ChoiceField(label=gettext_lazy("范围"), choices=())
    department = forms.ModelChoiceField(
        Department.objects.none(), label=gettext_lazy("部门"), to_field_name="code", required=False, empty_label=None
    )
    delegate = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("被授权人"), to_field_name="username", empty_label=gettext_lazy("请选")
    )
    valid_from = DayField(label=gettext_lazy("起"))
    valid_to = DayField(label=gettext_lazy("止"))
    file = forms.FileField(
        label=gettext_lazy("授权书扫描件"), required=False, widget=forms.FileInput(attrs={"accept": "image/*,.pdf"})
    )
    password = forms.CharField(
        label=gettext_lazy("再输一次口令"),
        required=False,
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, user: User, asks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        if not asks:
            del fields["password"]
        scopes = scopes_of(user)
        fields["scope"].choices = [one for one in Authorisation.Scope.choices if one[0] in scopes]
        fields["department"].queryset = headed_by(user)
        people = User.objects.filter(is_active=True).exclude(pk=user.pk).exclude(role__in=(Role.MACHINE, Role.ADMIN))
        fields["delegate"].queryset = people.order_by("department_id", "name")


@login_required
@require_http_methods(["GET", "POST"])
def authorisations(request: StaffRequest) -> HttpResponse:
    """授权书一览，立一份（第十九条、第二十条）。"""
    if request.method == "GET":
        form = AuthorisationForm(user=request.user, asks=_asks(request), initial={"valid_from": clock.today()})
        return _page(request, form)
    if not scopes_of(request.user):
        raise PermissionDenied(_("授权书由总经理或部门第一负责人立"))
    form = AuthorisationForm(request.POST, request.FILES, user=request.user, asks=_asks(request))
    if not form.is_valid() or not _proved(request, form):
        return _page(request, form, status=400)
    given = {name: value for name, value in form.cleaned_data.items() if name != "password"}
    delegate, scope, scan = given.pop("delegate"), given.pop("scope"), given.pop("file")
    return act(
        request,
        lambda: services.grant_authorisation(delegate, scope, scan=scan, actor=request.user, **given),
        then=reverse("reviews:authorisations"),
        done=lambda made: _("授权书 %(number)s 立好了。") % {"number": made.number},
        refused=lambda problem: _page(request, form, problem=beside(problem, form), status=problem.status),
    )


@login_required
@require_POST
def revoke(request: StaffRequest, pk: int) -> HttpResponse:
    """撤销一份授权书（第十九条）。"""
    here = get_object_or_404(authorisations_of(request.user), pk=pk)
    page = reverse("reviews:authorisations")
    return with_proof(
        request,
        _("撤销授权书 %(number)s") % {"number": here.number},
        page,
        lambda _proof: act(
            request,
            lambda: services.revoke_authorisation(here, actor=request.user),
            then=page,
            done=_("授权书 %(number)s 撤销了，从现在起不能再凭它签字。") % {"number": here.number},
        ),
    )


def _asks(request: StaffRequest) -> bool:
    """授权和签字一样，口令验过超过五分钟就再问一次（第二十条）。"""
    return reauth.proved_at(request) is None


def _proved(request: StaffRequest, form: AuthorisationForm) -> bool:
    """Password and passkey stand on the form itself, because a file cannot be carried over a page of its own."""
    if "password" not in form.fields:
        return True
    if not (form.cleaned_data["password"] or request.POST.get("passkey")):
        form.add_error("password", _("口令超过五分钟没有验过，请再输一次；扫描件要重新选"))
        return False
    try:
        reauth.prove(request)
    except ValidationError as error:
        form.add_error("password", error.messages)
        return False
    return True


def _page(
    request: StaffRequest, form: AuthorisationForm, *, problem: Problem | None = None, status: int = 200
) -> HttpResponse:
    if not _asks(request):
        form.fields.pop("password", None)
    context = {
        "form": form,
        "rows": standings(request.user, SHOWN),
        "grants": bool(form.fields["scope"].choices),  # type: ignore[attr-defined]
        "problem": problem,
        "has_passkeys": "password" in form.fields and bool(passkeys.of_person(request.user, request)),
    }
    return render(request, "reviews/authorisations.html", context, status=status)
