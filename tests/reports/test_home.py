"""我的一天：等着这个人的事，最急的在前；别人的不在里面；搜索只找得到看得见的。"""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from orders import services
from tests.cast import Cast, accepted, draft, submitted
from tests.pages import browser, words

CEILING = 30
EVERYBODY = (
    "xiaoli",
    "laowang",
    "director",
    "gm",
    "engineering",
    "printing_qc",
    "finance",
    "warehouse",
    "sales",
    "admin",
)


@pytest.mark.parametrize("username", EVERYBODY)
def test_everybody_has_a_day(cast: Cast, username: str) -> None:
    accepted(cast)
    assert browser(getattr(cast, username)).get("/").status_code == 200
    assert browser(getattr(cast, username)).get("/duties/").status_code == 200


@pytest.mark.rule("A6.1e")
def test_what_waits_for_the_supervisor_is_the_filled_button(cast: Cast) -> None:
    order = submitted(cast)
    page = browser(cast.laowang).get("/")
    assert page.context["now_to_do"]["label"] == f"去审核：{order.number}"
    assert "审核业务单" in words(page)
    assert "审核业务单" not in words(browser(cast.xiaoli).get("/"))


@pytest.mark.rule("A6.1e")
def test_a_returned_draft_waits_for_its_coordinator(cast: Cast) -> None:
    services.return_to_coordinator(submitted(cast), "缺箱唛", actor=cast.laowang)
    assert "补充后再提交 主任退回：缺箱唛" in words(browser(cast.xiaoli).get("/"))
    assert "缺箱唛" not in words(browser(cast.xiaochen).get("/"))


def test_money_is_for_those_who_may_see_it(cast: Cast) -> None:
    accepted(cast)
    assert "应收账款" in words(browser(cast.xiaoli).get("/"))
    assert "应收账款" not in words(browser(cast.engineering).get("/"))


def test_the_day_asks_the_database_as_often_for_many_orders(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    submitted(cast)
    wang = browser(cast.laowang)
    with django_assert_max_num_queries(CEILING) as few:
        wang.get("/")
    for _ in range(3):
        submitted(cast)
    with django_assert_max_num_queries(len(few.captured_queries)):
        wang.get("/")


@pytest.mark.rule("B8")
@pytest.mark.parametrize("typed", ["rhcy", "瑞禾", "RH-2611", "画册"])
def test_search_finds_by_any_word_and_goes_there(cast: Cast, typed: str) -> None:
    order = accepted(cast)
    assert browser(cast.xiaoli).get("/search/", {"q": typed})["Location"] == f"/orders/{order.number}/"
    assert "没有找到，或者不归您看" in words(browser(cast.xiaochen).get("/search/", {"q": order.number}))


@pytest.mark.parametrize(("query", "status"), [("", 200), ("q=", 200), ("q=%00", 400), ("q=a&page=2", 400)])
def test_odd_searches_are_answered(cast: Cast, query: str, status: int) -> None:
    draft(cast)
    assert browser(cast.xiaoli).get(f"/search/?{query}").status_code == status


def test_the_sidebar_shows_only_ones_own_chapters(cast: Cast) -> None:
    draft(cast)
    assert "业务单" in words(browser(cast.xiaoli).get("/duties/"))
    assert "管理后台" not in words(browser(cast.xiaoli).get("/duties/"))
    assert "管理后台" in words(browser(cast.admin).get("/duties/"))
