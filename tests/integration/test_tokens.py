"""令牌：收回、到期、停用、换岗，下一次请求就作数。"""

from __future__ import annotations

import datetime as dt

import pytest

from integration.services import issue_token, revoke_token
from parties.roles import Role
from tests.caller import Caller
from tests.cast import Cast
from workflow import clock


def test_a_revoked_token_is_refused_at_once(cast: Cast) -> None:
    caller = Caller(cast.xiaoli)
    assert caller.get("me/").status_code == 200
    revoke_token(caller.token)
    reply = caller.get("me/")
    assert reply.status_code == 401
    assert reply.headers["WWW-Authenticate"] == "Token"
    assert reply.headers["Content-Type"] == "application/problem+json"


def test_an_expired_token_is_refused(cast: Cast) -> None:
    caller = Caller(cast.xiaoli)
    caller.token.expires_at = clock.now() - dt.timedelta(seconds=1)
    caller.token.save()
    assert caller.get("me/").status_code == 401


def test_a_deactivated_person_is_out_at_once(cast: Cast) -> None:
    caller = Caller(cast.xiaoli)
    caller.get("me/")
    cast.xiaoli.is_active = False
    cast.xiaoli.save()
    assert caller.get("me/").status_code == 401


@pytest.mark.rule("A3")
def test_a_new_role_or_department_counts_at_once(cast: Cast) -> None:
    caller = Caller(cast.xiaoli)
    assert "orders.submit" in caller.get("me/").json()["rights"]
    cast.xiaoli.role = Role.OFFICE
    cast.xiaoli.save()
    assert "orders.submit" not in caller.get("me/").json()["rights"]
    cast.xiaoli.department = cast.printing_qc.department
    cast.xiaoli.save()
    assert "production.inspect" in caller.get("me/").json()["rights"]


@pytest.mark.parametrize("header", ["Token x", "Token ", "Token gd_" + "a" * 5000, "Token 令牌"])
def test_a_wrong_token_is_refused(cast: Cast, header: str) -> None:
    caller = Caller(cast.xiaoli)
    reply = caller.client.get("/api/v1/me/", headers={"Authorization": header})
    assert reply.status_code == 401


def test_only_its_hash_is_kept(cast: Cast) -> None:
    token, secret = issue_token(cast.xiaoli, name="x")
    assert secret not in str(vars(token))


def test_without_a_token_nobody_is_anybody(cast: Cast) -> None:
    caller = Caller(cast.xiaoli)
    assert caller.client.get("/api/v1/orders/", headers={"Authorization": ""}).status_code == 401
