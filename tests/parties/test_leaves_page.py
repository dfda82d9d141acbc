"""请假的一页（第三条）：填错说在字段旁，别人的假看不见，登记和提前回来一点就成。"""

from __future__ import annotations

from typing import Any

import pytest

from parties.models import Deputy
from tests.cast import Cast
from tests.cast_parties import away, day, xiaoli_away
from tests.pages import browser, words


def given(**changes: str) -> dict[str, str]:
    return {"first_day": str(day(0)), "last_day": str(day(2)), "deputy": "xiaochen", **changes}


@pytest.mark.rule("A3")
def test_one_enters_ones_own(cast: Cast) -> None:
    client = browser(cast.xiaoli)

    answer = client.post("/leaves/", given(), follow=True)

    assert "这几天的事由陈思远代办" in words(answer)
    assert "正在代" in words(answer)
    assert Deputy.objects.get().entered_by == cast.xiaoli


@pytest.mark.rule("A3")
@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"deputy": "engineering"}, "请从列出的里面选代理人"),
        ({"first_day": str(day(-1))}, "请假从今天或以后开始"),
        ({"last_day": "2026-02-30"}, "没有这一天"),
        ({"last_day": ""}, "请填最后一天"),
    ],
)
def test_what_is_wrong_stands_beside_the_field(cast: Cast, change: dict[str, str], says: str) -> None:
    answer = browser(cast.xiaoli).post("/leaves/", given(**change))

    assert (answer.status_code, says in words(answer)) == (400, True)
    assert not Deputy.objects.exists()


@pytest.mark.rule("A3")
@pytest.mark.parametrize(("who", "status"), [("laowang", 302), ("admin", 302), ("xiaochen", 404), ("finance", 404)])
def test_for_somebody_else(cast: Cast, who: str, status: int) -> None:
    assert browser(getattr(cast, who)).post("/leaves/?person=xiaoli", given()).status_code == status
    assert Deputy.objects.filter(person=cast.xiaoli).exists() is (status == 302)


@pytest.mark.rule("A3")
def test_it_is_ended_by_one_click(cast: Cast) -> None:
    leave = xiaoli_away(cast)

    assert browser(cast.finance).post(f"/leaves/{leave.pk}/end/").status_code == 404
    assert browser(cast.xiaochen).post(f"/leaves/{leave.pk}/end/").status_code == 403
    assert "提前回来" in words(browser(cast.xiaoli).post(f"/leaves/{leave.pk}/end/", follow=True))
    assert browser(cast.xiaoli).post(f"/leaves/{leave.pk}/end/").status_code == 409


@pytest.mark.rule("A3")
def test_the_page_asks_the_same_for_one_and_for_many(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for week in range(4):
        away(cast.xiaoli, cast.xiaochen, first=week * 7, last=week * 7 + 1)
    client = browser(cast.laowang)

    with django_assert_max_num_queries(10):
        assert client.get("/leaves/").status_code == 200
