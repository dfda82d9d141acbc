"""我的账号：改口令，登录着的地方（第三条）。"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from parties import signins
from parties.http import StaffRequest
from parties.models import SignIn


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
