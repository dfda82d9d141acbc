"""初始口令（第三条）：第一次登录先改；改好以前什么也看不到，管理后台也进不去。"""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from integration.services import issue_token
from parties.models import User
from tests.cast import Cast
from tests.pages import words
from tests.parties.test_login import SECRET

NEW = "my-own-long-word-77"
PAGE = "/login/first-password/"


@pytest.fixture
def li(cast: Cast) -> Client:
    for user in (cast.xiaoli, cast.admin):
        user.set_password(SECRET)
        user.initial_password = True
        user.save()
    client = Client()
    assert client.post("/login/", {"username": "xiaoli", "password": SECRET})["Location"] == PAGE
    return client


def chosen(first: str = NEW, second: str = "") -> dict[str, str]:
    return {"new_password1": first, "new_password2": second or first}


@pytest.mark.rule("A3")
def test_nothing_is_open_before_it_is_changed(li: Client) -> None:
    for path in ("/", "/orders/", "/duties/", "/password/", "/sessions/", "/api/v1/duties/"):
        assert li.get(path).status_code in {302, 401, 403}, path
    assert li.get(PAGE).status_code == 200


@pytest.mark.rule("A3")
def test_changing_it_is_the_way_in(li: Client) -> None:
    assert li.post(PAGE, chosen())["Location"] == "/"

    assert li.get("/").status_code == 200
    assert not User.objects.get(username="xiaoli").initial_password
    assert Client().post("/login/", {"username": "xiaoli", "password": NEW})["Location"] == "/"


@pytest.mark.rule("A3")
@pytest.mark.parametrize(
    ("form", "says"), [(chosen(SECRET), "不能还用初始口令"), (chosen("short"), "10"), (chosen(NEW, NEW + "x"), "两")]
)
def test_it_is_another_word_and_a_good_one(li: Client, form: dict[str, str], says: str) -> None:
    answer = li.post(PAGE, form)
    assert (answer.status_code, says in words(answer)) == (400, True)
    assert User.objects.get(username="xiaoli").initial_password


@pytest.mark.rule("A3")
def test_nobody_comes_here_without_the_initial_password(cast: Cast) -> None:
    assert Client().get(PAGE)["Location"] == "/login/"
    assert Client().post(PAGE, chosen())["Location"] == "/login/"


@pytest.mark.rule("A3")
def test_the_offer_lapses(li: Client) -> None:
    with time_machine.travel("2027-06-01"):
        assert li.post(PAGE, chosen())["Location"] == "/login/"


@pytest.mark.rule("A3")
def test_an_administrator_who_reset_it_meanwhile_wins(li: Client, cast: Cast) -> None:
    cast.xiaoli.set_password("reset-by-admin-2026")
    cast.xiaoli.save()
    assert li.post(PAGE, chosen())["Location"] == "/login/"


@pytest.mark.rule("A3")
def test_the_back_office_is_no_way_round(li: Client) -> None:
    for path in ("/admin/", "/admin/login/"):
        answer = Client().post(path, {"username": "admin", "password": SECRET}, follow=True)
        assert answer.redirect_chain[-1][0].startswith("/login/?next=")


@pytest.mark.rule("A3")
def test_what_an_administrator_gives_is_initial(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.admin, backend="django.contrib.auth.backends.ModelBackend")
    form = {"username": "new", "name": "新人", "role": "sales", "password1": SECRET, "password2": SECRET}
    client.post("/admin/parties/user/add/", {**form, "usable_password": "true"})
    assert User.objects.get(username="new").initial_password
    path = f"/admin/parties/user/{cast.xiaochen.pk}/password/"
    client.post(path, {"password1": SECRET, "password2": SECRET, "usable_password": "true"})
    assert User.objects.get(username="xiaochen").initial_password


@pytest.mark.rule("A3")
def test_machines_and_demo_accounts_are_not_asked(cast: Cast) -> None:
    assert not User.objects.filter(initial_password=True).exists()
    _token, secret = issue_token(cast.erp, name="ERP", scopes=[])
    User.objects.filter(pk=cast.erp.pk).update(initial_password=True)
    assert Client(headers={"Authorization": f"Token {secret}"}).get("/api/v1/me/").status_code == 200
