"""口令之外的证明也走同一扇门：django-axes 先问锁没锁，答错的也记一次（第三条）。"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from parties import codes, passkeys
from parties.models import Means, User


class SecondProof(BaseBackend):
    """`authenticate(request, username=…, secret_code=…)` or `passkey=…`; nothing here lets anybody in by itself.

    The names of the words are such that Django and django-axes keep what was typed out of their logs.
    """

    def authenticate(
        self, request: HttpRequest | None, username: str = "", secret_code: str = "", passkey: str = "", **_more: Any
    ) -> User | None:
        if request is None or not (secret_code or passkey):
            return None
        user = User.objects.select_related("department").filter(username=username, is_active=True).first()
        if user is None:
            return None
        if passkey:
            means = Means.PASSKEY if passkeys.right(request, user, passkey) else None
        else:
            means = codes.accepted(user, secret_code)
        user.proved_by = means or ""
        return user if means else None
