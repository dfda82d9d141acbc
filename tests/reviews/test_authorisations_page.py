"""授权书的一页（第十九条、第二十条）：看得见谁的，立一份，撤一份先问口令；快到期的提醒。"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from parties.models import Authorisation
from reviews.authority import authorisations_of
from tests.cast import Cast
from tests.cast_reviews import day
from tests.pages import words
from tests.reviews.browsing import PASSWORD, browser
from tests.reviews.test_grant_authorisation import granted, scan
from workflow import clock
from workflow.duties import waiting_for

PAGE = "/authorisations/"
BOTH = {"SQ26-001", "SQ26-002"}


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def given(**changes: Any) -> dict[str, Any]:
    return {
        "scope": "sign_review", "department": "material_control", "delegate": "planning",
        "valid_from": str(day(0)), "valid_to": str(day(9)), "file": scan(), **changes,
    }  # fmt: skip


@pytest.mark.rule("A19.2")
def test_a_head_grants_on_the_page(cast: Cast) -> None:
    page = words(browser(cast.material).post(PAGE, given(), follow=True))

    assert "立好了" in page
    assert "还有 9 天到期" in page
    assert "扫描件" in page


@pytest.mark.rule("A19.2")
@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"file": ""}, "请附上授权书的扫描件"),
        ({"scope": "sign_notice"}, "请从列出的里面选范围"),
        ({"department": "engineering"}, "请从列出的里面选部门"),
        ({"valid_to": str(day(-2))}, "止期不能早于起期"),
    ],
)
def test_what_is_wrong_stands_at_its_field(cast: Cast, change: dict[str, Any], says: str) -> None:
    answer = browser(cast.material).post(PAGE, given(**change))
    assert (answer.status_code, says in words(answer)) == (400, True)


@pytest.mark.rule("A19.2")
@pytest.mark.parametrize(
    ("who", "numbers"),
    [
        ("laowang", BOTH), ("gm", BOTH), ("gm_delegate", BOTH),
        ("engineering", {"SQ26-002"}), ("engineering2", {"SQ26-002"}), ("xiaoli", set()), ("material", set()),
    ],
)  # fmt: skip
def test_who_sees_which(cast: Cast, who: str, numbers: set[str]) -> None:
    assert set(authorisations_of(getattr(cast, who)).values_list("number", flat=True)) == numbers


@pytest.mark.rule("A19.2")
def test_granting_asks_the_password_as_signing_does(cast: Cast) -> None:
    client = browser(cast.material, fresh=False)
    before = Authorisation.objects.count()

    assert 'name="password"' in client.get(PAGE).content.decode()
    for typed, says in (("", "口令超过五分钟没有验过"), ("wrong", "口令不对")):
        answer = client.post(PAGE, given(password=typed))
        assert (answer.status_code, says in words(answer)) == (400, True)
    assert Authorisation.objects.count() == before
    page = client.post(PAGE, given(password=PASSWORD), follow=True)
    assert "立好了" in words(page)
    assert 'name="password"' not in page.content.decode()
    assert Authorisation.objects.count() == before + 1


@pytest.mark.rule("A19.2")
def test_a_password_given_just_now_is_not_asked_again(cast: Cast) -> None:
    client = browser(cast.material)

    assert 'name="password"' not in client.get(PAGE).content.decode()
    assert "立好了" in words(client.post(PAGE, given(), follow=True))


@pytest.mark.rule("A19.2")
def test_revoking_asks_the_password(cast: Cast) -> None:
    made = granted(cast)
    client = browser(cast.material, fresh=False)

    assert "再输一次口令" in words(client.post(f"{PAGE}{made.pk}/revoke/"))
    assert "撤销了" in words(client.post(f"{PAGE}{made.pk}/revoke/", {"password": PASSWORD}, follow=True))
    assert Authorisation.objects.filter(revokes=made).exists()
    assert browser(cast.material).post(f"{PAGE}{made.pk}/revoke/").status_code == 409
    assert browser(cast.xiaoli).post(f"{PAGE}{made.pk}/revoke/").status_code == 404


@pytest.mark.rule("A19.2")
@pytest.mark.parametrize(("days", "told"), [(15, False), (14, True), (0, True)])
def test_one_that_ends_soon_is_reminded(cast: Cast, days: int, told: bool) -> None:
    granted(cast, valid_to=day(days))

    titles = [due.title for due in waiting_for(cast.material, clock.now())]
    assert ("授权书要到期" in titles) is told


@pytest.mark.rule("A19.2")
def test_a_renewed_one_is_not(cast: Cast) -> None:
    granted(cast, valid_to=day(5))
    granted(cast, valid_to=day(90))

    assert "授权书要到期" not in [due.title for due in waiting_for(cast.material, clock.now() + dt.timedelta(days=1))]


@pytest.mark.rule("A19.2")
def test_the_page_asks_the_same_for_many(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for n in range(4):
        granted(cast, valid_to=day(5 + n))
    client = browser(cast.material)
    with django_assert_max_num_queries(14):
        assert client.get(PAGE).status_code == 200
