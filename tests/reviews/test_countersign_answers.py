"""补签的一叠（第十九条）：只有负责人，先代签的在前，一次补几份，都成或一份也不成。"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from parties.models import Department
from reviews import services
from reviews.countersigning import waiting
from reviews.models import Answer, Signature
from tests.cast import Cast
from tests.cast_reviews import answer_input, answer_of, reviewing
from tests.pages import words
from tests.reviews.browsing import PASSWORD, browser
from workflow import clock
from workflow.guards import Stale

PAGE = "/reviews/countersign/"
MONDAY = dt.datetime(2026, 11, 16, 9, 0, tzinfo=dt.UTC)


def proxy(cast: Cast) -> Answer:
    return services.sign_answer(answer_of(reviewing(cast), "engineering"), answer_input(), actor=cast.engineering2)


def ticked(*answers: Answer, **seen: str) -> dict[str, Any]:
    return {"answer": [one.pk for one in answers], **{f"seen_{one.pk}": one.sha256 for one in answers}, **seen}


@pytest.mark.rule("A19.2")
def test_the_oldest_stands_first_with_its_age_in_working_days(cast: Cast) -> None:
    with clock.told(MONDAY):
        old = proxy(cast)
    with clock.told(MONDAY + dt.timedelta(days=3)):
        new = proxy(cast)
    with clock.told(MONDAY + dt.timedelta(days=7)):
        rows = waiting(cast.engineering, 10)

    assert [(row.answer, row.age, row.late) for row in rows] == [(old, 5, True), (new, 2, False)]
    assert rows[0].authorisation == "SQ26-002"


@pytest.mark.rule("A19.2")
def test_several_are_countersigned_with_one_password(cast: Cast) -> None:
    first, second = proxy(cast), proxy(cast)
    client = browser(cast.engineering, fresh=False)

    assert "再输一次口令" in words(client.post(PAGE, ticked(first, second)))
    page = client.post(PAGE, ticked(first, second) | {"password": PASSWORD}, follow=True)

    assert "补签了 2 份" in words(page)
    assert set(Answer.objects.filter(department__code="engineering").values_list("state", flat=True)) == {
        "countersigned"
    }
    assert Signature.objects.filter(act="countersign", auth_time__isnull=False).count() == 2


@pytest.mark.rule("A19.2")
def test_all_or_none_and_only_what_was_seen(cast: Cast) -> None:
    first, second = proxy(cast), proxy(cast)

    with pytest.raises(Stale):
        services.countersign_all([(first, first.sha256), (second, "0" * 64)], actor=cast.engineering)
    answer = browser(cast.engineering).post(PAGE, ticked(first, second, **{f"seen_{second.pk}": "0" * 64}))

    assert answer.status_code == 409
    assert not Signature.objects.filter(act="countersign").exists()


@pytest.mark.rule("A19.2")
def test_another_departments_head_cannot(cast: Cast) -> None:
    one = proxy(cast)

    with pytest.raises(PermissionDenied):
        services.countersign_all([(one, one.sha256)], actor=cast.material)
    assert browser(cast.material).post(PAGE, ticked(one)).status_code == 403
    assert browser(cast.engineering2).get(PAGE).status_code == 403


@pytest.mark.rule("A19.2")
def test_nothing_ticked_is_said(cast: Cast) -> None:
    answer = browser(cast.engineering).post(PAGE, {"answer": ["x", "9" * 40]})
    assert (answer.status_code, "还没有勾选" in words(answer)) == (400, True)


@pytest.mark.rule("A19.2")
@pytest.mark.parametrize("fresh", [True, False])
def test_the_page_says_whether_the_password_comes_next(cast: Cast, fresh: bool) -> None:
    proxy(cast)
    assert ("下一步输口令" in words(browser(cast.engineering, fresh=fresh).get(PAGE))) is not fresh


@pytest.mark.rule("A19.2")
def test_the_chip_of_the_list(cast: Cast) -> None:
    one = proxy(cast)
    reviewing(cast)
    page = browser(cast.engineering).get("/reviews/?chip=countersign").content.decode()

    assert page.count("at-no") == 1
    assert one.order.number in page
    assert browser(cast.engineering2).get("/reviews/?chip=countersign").status_code == 400


@pytest.mark.rule("A19.2")
def test_the_page_asks_the_same_for_one_and_for_many(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for _n in range(3):
        proxy(cast)
    assert Department.objects.get(code="engineering").head == cast.engineering
    client = browser(cast.engineering)
    with django_assert_max_num_queries(8):
        assert client.get(PAGE).status_code == 200
