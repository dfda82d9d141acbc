"""进门与出门：口令对才进，连错要等，不往外跳，出门就出去了。"""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from tests.cast import Cast
from tests.pages import browser, words

SECRET = "a-long-pass-word-2026"


@pytest.fixture
def li(cast: Cast) -> Client:
    cast.xiaoli.set_password(SECRET)
    cast.xiaoli.save()
    return Client()


def test_nobody_sees_anything_before_the_door(li: Client) -> None:
    for url in ("/", "/orders/", "/orders/new/", "/orders/GD26-000001/", "/duties/", "/search/"):
        assert li.get(url)["Location"] == f"/login/?next={url}"


@pytest.mark.parametrize("target", ["//evil.example", "javascript:alert(1)", "https://evil.example/"])
def test_one_enters_and_is_not_led_astray(li: Client, target: str) -> None:
    assert li.post("/login/", {"username": "xiaoli", "password": SECRET, "next": target})["Location"] == "/"
    assert li.get("/login/")["Location"] == "/"


def test_too_many_tries_have_to_wait(li: Client) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        answer = li.post("/login/", {"username": "xiaoli", "password": "wrong"})
        assert (answer.status_code, "账号或口令不对" in words(answer)) == (400, True)
    locked = li.post("/login/", {"username": "xiaoli", "password": "wrong"})
    assert (locked.status_code, "请过 5 分钟再试" in words(locked)) == (429, True)
    assert li.post("/login/", {"username": "xiaoli", "password": SECRET}).status_code == 429


def test_going_out_is_final(cast: Cast) -> None:
    client = browser(cast.xiaoli)
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/")["Location"] == "/login/"
    assert client.get("/").status_code == 302


def test_the_pass_word_can_be_changed(li: Client, cast: Cast) -> None:
    client = browser(cast.xiaoli)
    weak = {"old_password": SECRET, "new_password1": "12345", "new_password2": "12345"}
    assert client.post("/password/", weak).status_code == 400
    good = weak | {"new_password1": "another-long-2026", "new_password2": "another-long-2026"}
    assert client.post("/password/", good).status_code == 302


def test_a_form_without_its_token_is_refused(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.xiaoli, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post("/orders/new/", {}, headers={"HX-Request": "true"})
    assert (answer.status_code, "这一页放得太久了" in words(answer)) == (403, True)
