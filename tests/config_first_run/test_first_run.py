"""第一次使用：凭代码一次建成公司、管理员、部门与业务类别，之后再没有这一页。"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from config.first_run.defaults import DEPARTMENTS, KINDS
from config.first_run.services import Opening, open_company
from orders.models import BusinessKind
from papers.services import company_block
from parties.models import Company, Department, User
from tests.cast import Cast
from tests.config_first_run.opening import FACTS, PASSWORD, URL, nothing_written, picture, send
from tests.pages import words
from workflow.guards import WrongState


@pytest.fixture
def client() -> Client:
    return Client()


def test_the_page_opens_for_nobody_in_particular(code: str, client: Client) -> None:
    answer = client.get(URL)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert "凭一次性代码开始" in words(answer)
    assert code not in answer.content.decode()


def test_a_company_begins(code: str) -> None:
    answer = send(code, logo=picture())
    assert (answer.status_code, "公司建好了" in words(answer)) == (200, True)
    company = Company.objects.get()
    assert {name: getattr(company, name) for name in ("name", "english_name", "short_name", "address", "phone")} == {
        name: FACTS[name] for name in ("name", "english_name", "short_name", "address", "phone")
    }
    assert company_block()["logo"].startswith("data:image/png;base64,")
    assert [(d.code, d.name, d.function) for d in Department.objects.all()] == [tuple(map(str, d)) for d in DEPARTMENTS]
    assert tuple(BusinessKind.objects.values_list("code", flat=True)) == KINDS
    assert set(BusinessKind.objects.filter(active=True).values_list("code", flat=True)) == {"printing", "paper"}


def test_the_administrator_can_enter_at_once(code: str, client: Client) -> None:
    send(code)
    boss = User.objects.get()
    assert (boss.username, boss.name, boss.role, boss.is_staff, boss.is_superuser) == (
        "boss", "总管", "admin", True, True,
    )  # fmt: skip
    assert client.post("/login/", {"username": "boss", "password": PASSWORD})["Location"] == "/"
    assert client.get("/admin/").status_code == 200


def test_afterwards_there_is_no_such_page(
    code: str, client: Client, production: Path, django_capture_on_commit_callbacks: Any
) -> None:
    assert (production / "first-run.json").exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert send(code).status_code == 200
    assert not (production / "first-run.json").exists()
    assert [client.get(URL).status_code, client.get(f"{URL}people.xlsx").status_code] == [404, 404]
    assert send(code, username="second", name="第二家").status_code == 404
    assert (User.objects.count(), Company.objects.count()) == (1, 1)


def test_of_two_at_once_one_is_told(code: str) -> None:
    opening = Opening({"name": "甲"}, {"username": "boss", "name": "甲", "password": PASSWORD})
    open_company(opening)
    with pytest.raises(WrongState, match="公司已经建好了"):
        open_company(opening)
    assert Company.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"password": "short", "again": "short"}, "10 个字符"),
        ({"password": "1234567890", "again": "1234567890"}, "太常见"),
        ({"username": "yunling-boss", "password": "yunling-boss", "again": "yunling-boss"}, "太相似"),
        ({"again": "another-long-2026"}, "两次输入的口令不一样"),
        ({"name": " "}, "请填公司名称"),
        ({"person": ""}, "请填姓名"),
        ({"username": "a b"}, "用户名"),
        ({"name": "云\u202e岭"}, "看不见的控制字符"),
        ({"name": "长" * 81}, "最多 80 个字"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_written(code: str, changes: dict[str, str], said: str) -> None:
    answer = send(code, **changes)
    assert (answer.status_code, said in words(answer)) == (400, True)
    assert nothing_written()
    assert send(code).status_code == 200


@pytest.mark.parametrize(
    ("logo", "said"),
    [
        (SimpleUploadedFile("logo.png", b"GIF89a"), "文件内容与扩展名"),
        (SimpleUploadedFile("logo.pdf", b"%PDF-1.7 %%EOF"), "标志要用 PNG"),
        (SimpleUploadedFile("logo.png", b""), "文件是空的"),
        (SimpleUploadedFile("logo.png", b"\x89PNG\r\n\x1a\n" + b"x" * 2**21), "文件超过 2 MB"),
        (SimpleUploadedFile("logo.png", b"\x89PNG\r\n\x1a\nnothing"), "图片已损坏"),
    ],
)
def test_a_logo_that_is_no_picture_stops_everything(code: str, logo: SimpleUploadedFile, said: str) -> None:
    logo.seek(0)
    answer = send(code, logo=logo)
    assert (answer.status_code, said in words(answer)) == (400, True)
    assert nothing_written()


def test_a_demo_never_shows_it(cast: Cast, client: Client, settings: Any) -> None:
    assert client.get(URL).status_code == 404
    settings.GENDAN_PRODUCTION = True
    assert client.get(URL).status_code == 404


def test_a_demo_without_people_does_not_show_it_either(db: None, client: Client) -> None:
    assert [client.get(URL).status_code, send("00").status_code] == [404, 404]
    assert nothing_written()


def test_without_its_token_the_form_is_refused(code: str) -> None:
    answer = Client(enforce_csrf_checks=True).post(URL, FACTS | {"code": code})
    assert (answer.status_code, nothing_written()) == (403, True)
