"""扫码核验：现行、已更改、已取消、查无此单；客户一字不提。"""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from papers import qr
from papers.models import Paper
from papers.services import void_paper
from tests.cast import Cast


def page(path: str) -> tuple[int, str]:
    answer = Client().get(path)
    return answer.status_code, answer.content.decode()


@pytest.mark.rule("A22")
def test_a_paper_in_force_says_so_without_login(filed: Paper) -> None:
    status, words = page(filed.verify_url)
    assert status == 200
    for known in ("现行", "业务通知单", "TZ26-000187", "第 1 版", filed.fingerprint[:4].upper()):
        assert known in words
    assert "作废" not in words


@pytest.mark.rule("B7")
def test_nothing_is_said_of_the_customer(filed: Paper) -> None:
    words = page(filed.verify_url)[1]
    for secret in ("云岭春", "K-0136", "YLC-PO", "GD26-000231", "礼盒", "20,000", "骆明轩", "周雨桐"):
        assert secret not in words


@pytest.mark.rule("A22")
@pytest.mark.parametrize(("successor", "cause"), [("TZ26-000203", "已更改"), ("", "已取消")])
def test_a_void_paper_says_why_and_since_when(filed: Paper, cast: Cast, successor: str, cause: str) -> None:
    void_paper(filed, reason="客户来函", successor=successor, actor=cast.laowang)
    status, words = page(filed.verify_url)
    assert status == 200
    assert "现行" not in words
    for known in ("作废", cause, successor, "作废时间"):
        assert known in words
    assert "客户来函" not in words


@pytest.mark.parametrize("spelling", ["/V/{number}/{hash8}", "/v/{number}/{hash8}", "/V/{number}/{hash8}/"])
def test_the_scanned_spelling_is_understood(filed: Paper, spelling: str) -> None:
    path = spelling.format(number=filed.number, hash8=filed.fingerprint[:8].upper())
    assert page(path)[0] == 200
    assert page(path.lower())[0] == 200


@pytest.mark.parametrize("hash8", ["00000000", "", "short", "0" * 64, "zzzzzzzz"])
def test_a_wrong_fingerprint_finds_nothing(filed: Paper, hash8: str) -> None:
    status, words = page(f"/v/{filed.number}/{hash8 or filed.fingerprint[:7]}/")
    assert status == 404
    assert "查无此单" in words
    assert "业务通知单" not in words


def test_an_unknown_number_finds_nothing(filed: Paper) -> None:
    status, words = page(reverse("papers:verify", args=["TZ26-009999", filed.fingerprint[:8]]))
    assert (status, "查无此单" in words) == (404, True)


@pytest.mark.rule("B7")
def test_a_successor_is_named_by_its_number_alone(filed: Paper, cast: Cast) -> None:
    void_paper(filed, reason="客户来函", successor="TZ26-000203", actor=cast.laowang)
    words = page(filed.verify_url)[1]
    assert "由 TZ26-000203 取代" in words
    assert "/v/" not in words.lower().replace("/v/tz26-000187", "")


@pytest.mark.rule("A22")
def test_the_code_on_the_paper_leads_to_its_page(filed: Paper, settings: Any) -> None:
    settings.PUBLIC_URL = "https://gd.example"
    scanned = qr.qr_content(filed.number, filed.fingerprint)
    assert scanned.startswith("HTTPS://GD.EXAMPLE/V/")
    status, words = page(scanned.removeprefix("HTTPS://GD.EXAMPLE"))
    assert (status, "现行" in words) == (200, True)
