"""Who speaks to the API: a token, hashed at rest (API.md Auth)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from integration.models import ApiToken
from integration.models.token import fingerprint_of
from parties.models import User

KEYWORD = "Token "


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Token <api_token>`; the token that spoke is `request.auth`."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        token = identify(request._request)
        return (token.user, token) if token else None

    def authenticate_header(self, request: Request) -> str:
        return "Token"


def identify(request: HttpRequest) -> ApiToken | None:
    """The live token of a request, looked up once; None without one, AuthenticationFailed for a bad one."""
    if not hasattr(request, "_api_token"):
        request._api_token = _look_up(request.headers.get("Authorization", ""))  # type: ignore[attr-defined]
    token: ApiToken | None = request._api_token  # type: ignore[attr-defined]
    return token


def _look_up(header: str) -> ApiToken | None:
    if not header.startswith(KEYWORD):
        return None
    rows: Any = ApiToken.objects.select_related("user__department", "user__team")
    token: ApiToken | None = rows.filter(sha256=fingerprint_of(header.removeprefix(KEYWORD).strip())).first()
    if token is None or not token.live or not token.user.is_active:
        raise AuthenticationFailed(_("令牌无效或已收回"))
    return token
