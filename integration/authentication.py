"""Who speaks to the API: a token, hashed at rest (API.md Auth)."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.http import HttpRequest
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from integration.models import ApiToken
from integration.models.token import fingerprint_of
from parties.models import User
from workflow import deputies

KEYWORD = "Token "
MOST_KNOWN = 2000

# The row versions of a token, its person, department and team: as long as they stand, what was read of them stands.
VERSIONS = """
    SELECT token.xmin::text, token.ctid::text, person.xmin::text, person.ctid::text,
           department.xmin::text, department.ctid::text, team.xmin::text, team.ctid::text
      FROM integration_apitoken AS token JOIN parties_user AS person ON person.id = token.user_id
      LEFT JOIN parties_department AS department ON department.id = person.department_id
      LEFT JOIN parties_team AS team ON team.id = person.team_id
     WHERE token.sha256 = %s
"""
_known: dict[str, tuple[tuple[str, ...], ApiToken]] = {}


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
    token = _current(fingerprint_of(header.removeprefix(KEYWORD).strip()))
    if token is None or not token.live or not token.user.is_active:
        raise AuthenticationFailed(_("令牌无效或已收回"))
    deputies.forget(token.user)
    return token


def _current(sha256: str) -> ApiToken | None:
    """The token as the tables have it now: the rows' versions are asked every time, the rows only when one changed."""
    with connection.cursor() as cursor:
        cursor.execute(VERSIONS, [sha256])
        versions = cursor.fetchone()
    if versions is None:
        return None
    known = _known.get(sha256)
    if known is not None and known[0] == versions:
        return known[1]
    rows: Any = ApiToken.objects.select_related("user__department", "user__team")
    token: ApiToken | None = rows.filter(sha256=sha256).first()
    if token is not None:
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        _known[sha256] = (versions, token)
    return token
