"""登录、退出、改口令；初始口令第一次登录就改；登录着的地方。"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, UsernameField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parties import newcomers, reauth, signins
from parties.http import StaffRequest
from parties.models import Company, SignIn


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
        return super().get_context_data(company=Company.objects.first(), **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        user: Any = form.get_user()
        if user.initial_password:
            newcomers.let_wait(self.request, user)
            return redirect("parties:first_password")
        response = super().form_valid(form)
        reauth.remember(self.request)
        signins.keep(self.request, user)
        return response

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=400)


def locked_out(request: HttpRequest, original_response: object = None, credentials: object = None) -> HttpResponse:
    """错得太多：说要等多久，不说账号有没有。"""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    words = _("口令连错 %(n)d 次，请过 %(minutes)d 分钟再试。") % {
        "n": settings.AXES_FAILURE_LIMIT,
        "minutes": minutes,
    }
    context = {"form": LoginForm(request), "locked": words, "company": Company.objects.first()}
    return render(request, "parties/login.html", context, status=429)


class PasswordForm(PasswordChangeForm):
    """原口令与新口令。"""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "old_password": _("原口令"),
            "new_password1": _("新口令"),
            "new_password2": _("再输一次新口令"),
        }
        for name, label in labels.items():
            self.fields[name].label = label
            self.fields[name].help_text = ""


@method_decorator([login_required, sensitive_post_parameters()], name="dispatch")
class Password(auth.PasswordChangeView):
    """改自己的口令。"""

    template_name = "parties/password.html"
    form_class = PasswordForm
    success_url = reverse_lazy("reports:home")

    def form_valid(self, form: Any) -> HttpResponse:
        before = self.request.session.session_key
        response = super().form_valid(form)
        signins.moved(form.user, before, self.request)
        ended = signins.end(signins.others_of(form.user, self.request))
        words = _("口令改好了，别处的 %(n)d 个登录已经结束。") % {"n": ended} if ended else _("口令改好了。")
        messages.success(self.request, words)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=400)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def first_password(request: HttpRequest) -> HttpResponse:
    """初始口令只用一次：先改成自己的，才算登录（第三条）。"""
    user = newcomers.waiting(request)
    if user is None:
        return redirect("parties:login")
    form = newcomers.FirstPasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        newcomers.take_in(request, form)
        reauth.remember(request)
        signins.keep(request, user)
        return redirect("reports:home")
    context = {"form": form, "person": user, "company": Company.objects.first()}
    return render(request, "parties/first_password.html", context, status=400 if form.errors else 200)


@login_required
@require_GET
def sessions(request: StaffRequest) -> HttpResponse:
    """自己登录着的地方（第三条）。"""
    return render(request, "parties/sessions.html", {"places": signins.places_of(request.user, request)})


@login_required
@require_POST
def end_session(request: StaffRequest, pk: int) -> HttpResponse:
    """把自己的一处登录请出去（第三条）。"""
    row = get_object_or_404(signins.others_of(request.user, request), pk=pk)
    signins.end(SignIn.objects.filter(pk=row.pk))
    messages.success(request, _("那一处的登录结束了。"))
    return redirect("parties:sessions")
