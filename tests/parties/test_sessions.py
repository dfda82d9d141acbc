"""登录着的地方（第三条）：看得见自己的，请得出去；改口令、停用，别处的都结束。"""

from __future__ import annotations

import pytest
from django.test import Client

from integration.services import issue_token
from parties.models import SignIn, User
from tests.cast import Cast
from tests.pages import words
from tests.parties.test_login import SECRET

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36"


def entered(user: User) -> Client:
    user.set_password(SECRET)
    user.save()
    return again(user)


def again(user: User) -> Client:
    client = Client(headers={"User-Agent": CHROME})
    assert client.post("/login/", {"username": user.username, "password": SECRET}).status_code == 302
    return client


@pytest.mark.rule("A3")
def test_one_sees_where_one_is_logged_in(cast: Cast) -> None:
    here, _elsewhere = entered(cast.xiaoli), again(cast.xiaoli)
    entered(cast.xiaochen)
    page = words(here.get("/sessions/"))

    assert page.count("Windows，Chrome") == 2
    assert page.count("就是这里") == 1


@pytest.mark.rule("A3")
def test_another_place_is_ended_and_nobody_elses(cast: Cast) -> None:
    here, elsewhere, chen = entered(cast.xiaoli), again(cast.xiaoli), entered(cast.xiaochen)
    row = SignIn.objects.get(session_key=elsewhere.session.session_key)

    assert chen.post(f"/sessions/{row.pk}/end/").status_code == 404
    assert elsewhere.get("/").status_code == 200
    assert here.post(f"/sessions/{row.pk}/end/").status_code == 302
    assert elsewhere.get("/")["Location"] == "/login/?next=/"
    own = SignIn.objects.get(session_key=here.session.session_key)
    assert here.post(f"/sessions/{own.pk}/end/").status_code == 404


@pytest.mark.rule("A3")
def test_a_new_password_ends_the_others(cast: Cast) -> None:
    here, elsewhere = entered(cast.xiaoli), again(cast.xiaoli)
    new = {"old_password": SECRET, "new_password1": "another-long-2026", "new_password2": "another-long-2026"}

    assert "别处的 1 个登录已经结束" in words(here.post("/password/", new, follow=True))
    assert elsewhere.get("/").status_code == 302
    assert "就是这里" in words(here.get("/sessions/"))


@pytest.mark.rule("A3")
def test_who_is_put_out_of_service_is_out_everywhere(cast: Cast) -> None:
    here = entered(cast.xiaoli)
    _token, secret = issue_token(cast.xiaoli, name="t")
    api = Client(headers={"Authorization": f"Token {secret}"})
    assert (here.get("/").status_code, api.get("/api/v1/duties/").status_code) == (200, 200)

    User.objects.filter(pk=cast.xiaoli.pk).update(is_active=False)

    assert (here.get("/").status_code, api.get("/api/v1/duties/").status_code) == (302, 401)


@pytest.mark.rule("A3")
def test_looking_and_leaving(cast: Cast) -> None:
    here = entered(cast.xiaoli)
    here.post("/logout/")
    assert SignIn.objects.count() == 1

    again(cast.xiaoli)

    assert SignIn.objects.count() == 1
