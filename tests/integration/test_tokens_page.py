"""接口令牌的一页：管理员发出、收回，明文只见一次（API.md Auth）。"""

from __future__ import annotations

import datetime as dt
import re

import pytest

from integration.models import ApiToken
from tests.cast import Cast
from tests.pages import browser, words
from workflow import clock


def given(**changes: str) -> dict[str, str]:
    return {"user": "erp", "name": "ERP 传单", "expires_on": "", **changes}


def test_a_token_is_shown_once_and_works(cast: Cast) -> None:
    client = browser(cast.admin)
    secret = re.search(r"gd_[\w-]{43}", client.post("/tokens/", given()).content.decode())

    assert secret is not None
    assert secret[0] not in client.get("/tokens/").content.decode()
    reply = client.get("/api/v1/me/", headers={"Authorization": f"Token {secret[0]}"})
    assert reply.json()["username"] == "erp"
    assert ApiToken.objects.get(name="ERP 传单").scopes == []


def test_it_may_sign_only_when_that_is_ticked(cast: Cast) -> None:
    browser(cast.admin).post("/tokens/", given(signs="on"))
    assert ApiToken.objects.get(name="ERP 传单").scopes == ["sign"]


def test_it_holds_on_its_last_day_and_not_after(cast: Cast) -> None:
    browser(cast.admin).post("/tokens/", given(expires_on=str(clock.today())))
    token = ApiToken.objects.get(name="ERP 传单")
    assert token.live
    with clock.told(clock.now() + dt.timedelta(days=1)):
        assert not token.live


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"user": "nobody-here"}, "请从列出的里面选人员"),
        ({"name": " "}, "请填用途"),
        ({"expires_on": "2020-01-01"}, "到期日不能早于今天"),
        ({"expires_on": "2026-02-30"}, "没有这一天"),
    ],
)
def test_what_is_wrong_stands_beside_the_field(cast: Cast, change: dict[str, str], says: str) -> None:
    answer = browser(cast.admin).post("/tokens/", given(**change))
    assert (answer.status_code, says in words(answer)) == (400, True)
    assert not ApiToken.objects.filter(name="ERP 传单").exists()


def test_taken_back_it_is_refused_at_once(cast: Cast) -> None:
    client = browser(cast.admin)
    client.post("/tokens/", given())
    token = ApiToken.objects.get(name="ERP 传单")

    assert "收回了" in words(client.post(f"/tokens/{token.pk}/take-back/", follow=True))
    assert not ApiToken.objects.get(pk=token.pk).live
    assert client.post(f"/tokens/{token.pk}/take-back/").status_code == 409


def test_nobody_else_gives_or_takes(cast: Cast) -> None:
    token = ApiToken.objects.create(user=cast.xiaoli, name="x", sha256="0" * 64)
    client = browser(cast.director)
    assert client.get("/tokens/").status_code == 403
    assert client.post("/tokens/", given()).status_code == 403
    assert client.post(f"/tokens/{token.pk}/take-back/").status_code == 403
    assert ApiToken.objects.filter(revoked_at__isnull=False).count() == 0
