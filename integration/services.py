"""令牌的动作：发出、收回。"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from integration.models import ApiToken
from integration.models.token import fingerprint_of, new_secret
from parties.models import User
from workflow import clock


def issue_token(
    user: User, *, name: str, scopes: Sequence[str] = (), expires_at: dt.datetime | None = None
) -> tuple[ApiToken, str]:
    """发一枚令牌；明文只在此刻交出。"""
    secret = new_secret()
    token = ApiToken.objects.create(
        user=user, name=name, sha256=fingerprint_of(secret), scopes=list(scopes), expires_at=expires_at
    )
    return token, secret


def revoke_token(token: ApiToken) -> ApiToken:
    """收回令牌，立即失效。"""
    token.revoked_at = clock.now()
    token.save(update_fields=["revoked_at"])
    return token
