"""登录：口令，开着动态码的再要一个码，或者通行密钥；初始口令第一次登录就改（第三条）。"""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth import views as auth
from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from parties import codes, entering, newcomers, passkeys
from parties.account_log import note
from parties.models import AccountEvent, Company, Means, User


class LoginForm(AuthenticationForm):
    """账号与口令。"""

    username = UsernameField(label=gettext_lazy("账号"))
    error_messages = {
        "invalid_login": gettext_lazy("账号或口令不对。连错五次，要等五分钟。"),
        "inactive": gettext_lazy("这个账号已经停用，请找管理员。"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].error_messages["required"] = _("请填账号")
        self.fields["password"].label = _("口令")
        self.fields["password"].error_messages["required"] = _("请填口令")


class Login(auth.LoginView):
    """登录：连错五次锁五分钟，到时自己开。"""

    template_name = "parties/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**gate(self.request), **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        user: Any = form.get_user()
        if codes.has_codes(user):
            entering.let_wait(self.request, user, self.get_success_url())
            return redirect("parties:login_code")
        return entering.enter(self.request, user, Means.PASSWORD, self.get_success_url())

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=400)


def locked_out(request: HttpRequest, original_response: object = None, credentials: object = None) -> HttpResponse:
    """错得太多：说要等多久，不说账号有没有。"""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    words = _("连错 %(n)d 次，请过 %(minutes)d 分钟再试。") % {
        "n": settings.AXES_FAILURE_LIMIT,
        "minutes": minutes,
    }
    context = {"form": LoginForm(request), "locked": words, **gate(request)}
    return render(request, "parties/login.html", context, status=429)


class CodeForm(forms.Form):
    """动态码，或者一个恢复码。"""

    code = forms.CharField(
        label=gettext_lazy("动态码"),
        max_length=60,
        error_messages={"required": gettext_lazy("请输动态码")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}),
    )


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def login_code(request: HttpRequest) -> HttpResponse:
    """口令对了，再要动态码；恢复码代替它，用一次作废（第三条）。"""
    user = entering.waiting(request)
    if user is None:
        return redirect("parties:login")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found: Any = authenticate(request, username=user.username, secret_code=form.cleaned_data["code"])
        if found is not None:
            return entering.enter(request, found, found.proved_by, entering.leads_to(request))
        note(user, AccountEvent.Act.REFUSED, actor=user, request=request, means=Means.CODE)
        form.add_error("code", _("这个码不对，或者已经用过。等手机上换了下一个再输。"))
    context = {"form": form, "person": user, "next": entering.leads_to(request), **gate(request)}
    return render(request, "parties/login_code.html", context, status=400 if form.errors else 200)


@sensitive_post_parameters()
@require_POST
def login_passkey(request: HttpRequest) -> HttpResponse:
    """用通行密钥登录：不用口令，不用动态码（第三条）。"""
    answer = request.POST.get("passkey", "")
    owner = passkeys.owner_of(request, answer)
    user: Any = authenticate(request, username=owner.username, passkey=answer) if owner else None
    if user is not None:
        return entering.enter(request, user, Means.PASSKEY, _wanted(request))
    if owner is not None:
        note(owner, AccountEvent.Act.REFUSED, actor=owner, request=request, means=Means.PASSKEY)
    refused = _("通行密钥没有核对上，请再试一次，或者用口令。")
    context = {"form": LoginForm(request), "refused": refused, "next": _wanted(request), **gate(request)}
    return render(request, "parties/login.html", context, status=400)


@require_POST
def passkey_question(request: HttpRequest) -> HttpResponse:
    """要用通行密钥时先领的一道题（第三条）。"""
    if trouble := passkeys.trouble_with(request):
        return JsonResponse({"words": trouble}, status=400)
    return JsonResponse(passkeys.question(request, request.user if isinstance(request.user, User) else None))


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def first_password(request: HttpRequest) -> HttpResponse:
    """初始口令只用一次：先改成自己的，才算登录（第三条）。"""
    user = newcomers.waiting(request)
    if user is None:
        return redirect("parties:login")
    form = newcomers.FirstPasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        entering.remember_entry(request, *newcomers.take_in(request, form))
        return redirect("reports:home")
    context = {"form": form, "person": user, "company": Company.objects.first()}
    return render(request, "parties/first_password.html", context, status=400 if form.errors else 200)


def back_office_door(request: HttpRequest) -> HttpResponse:
    """管理后台没有自己的门：都从登录页进，动态码不会被绕过（第三条）。"""
    if request.user.is_authenticated:
        raise PermissionDenied(_("管理后台归管理员"))
    return redirect(f"{reverse('parties:login')}?{urlencode({'next': request.GET.get('next', '/admin/')})}")


def gate(request: HttpRequest) -> dict[str, Any]:
    """What every page before the door shows."""
    return {"company": Company.objects.first(), "passkey_trouble": passkeys.trouble_with(request)}


def _wanted(request: HttpRequest) -> str:
    """Where to go after the door: only to a page of this house."""
    there = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(there, {request.get_host()}, require_https=request.is_secure())
    return there if own else resolve_url(settings.LOGIN_REDIRECT_URL)
