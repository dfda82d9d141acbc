"""初始口令：口令对了，先改成自己的，改好才算登录；没有改就什么也看不到（第三条）。

Nobody is logged in meanwhile: the session only remembers, for ten minutes, who has just given the initial password.
"""

from __future__ import annotations

import time
from typing import Any

from django.contrib.auth import login
from django.contrib.auth.forms import SetPasswordForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from parties.models import User

KEY = "initial_password_given"
WAITS = 600
BACKEND = "django.contrib.auth.backends.ModelBackend"


def let_wait(request: HttpRequest, user: User, means: str) -> None:
    """The initial password was right; nothing more is open than the page that changes it."""
    request.session.flush()
    request.session[KEY] = [user.pk, user.get_session_auth_hash(), int(time.time()), str(means)]


def waiting(request: HttpRequest) -> User | None:
    """Who may now choose their password, if they came from the login page just now and it is still the initial one."""
    pk, proof, since, _means = request.session.get(KEY, (0, "", 0, ""))
    if not 0 <= time.time() - since <= WAITS:
        return None
    user = User.objects.filter(pk=pk, is_active=True, initial_password=True).first()
    return user if user is not None and constant_time_compare(proof, user.get_session_auth_hash()) else None


class FirstPasswordForm(SetPasswordForm):  # type: ignore[type-arg]
    """新口令，两遍；不能还是那一个。"""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in {"new_password1": _("新口令"), "new_password2": _("再输一次新口令")}.items():
            self.fields[name].label, self.fields[name].help_text = label, ""

    def clean_new_password1(self) -> str:
        word: str = self.cleaned_data["new_password1"]
        if self.user.check_password(word):
            raise ValidationError(_("不能还用初始口令，请换一个"))
        return word


def take_in(request: HttpRequest, form: FirstPasswordForm) -> tuple[User, str]:
    """改好了，登录；说得出凭什么进来的。"""
    user: User = form.save(commit=False)
    user.initial_password = False
    user.save(update_fields=["password", "initial_password"])
    means = str(request.session.pop(KEY)[3])
    login(request, user, backend=BACKEND)
    return user, means
