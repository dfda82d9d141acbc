"""全局搜索（B8、B7）：单号或名称找得到的都找得到，只到这个人看得见的为止。"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast, accepted
from tests.cast_quotations import inquired, posted, quoted, sent
from tests.cast_reviews import signed_notice
from tests.cast_samples import pass_of, prepared, standard
from tests.cast_shipping import notified
from tests.pages import browser, words

CEILING = 30
Make = Callable[[Cast], Any]
DOCUMENTS: dict[str, tuple[Make, str]] = {
    "询盘": (inquired, "inquiries"),
    "报价单": (sent, "quotations"),
    "草稿报价单": (quoted, "quotations"),
    "订单确认书": (posted, "contracts"),
    "业务通知单": (signed_notice, "notices"),
    "送货单": (notified, "deliveries"),
    "样品": (standard, "samples"),
    "寄样": (prepared, "sample-dispatches"),
    "放行条": (lambda cast: pass_of(prepared(cast)), "passes"),
}


def found(cast: Cast, who: str, typed: str) -> Any:
    return browser(getattr(cast, who)).get("/search/", {"q": typed})


@pytest.mark.rule("B8")
@pytest.mark.parametrize("name", DOCUMENTS)
def test_its_number_leads_there(cast: Cast, name: str) -> None:
    make, place = DOCUMENTS[name]
    number = make(cast).number
    assert found(cast, "laowang", number.lower())["Location"] == f"/{place}/{number}/"


@pytest.mark.rule("B7")
@pytest.mark.parametrize("name", DOCUMENTS)
def test_nobody_finds_what_they_may_not_see(cast: Cast, name: str) -> None:
    number = DOCUMENTS[name][0](cast).number
    answer = found(cast, "xiaochen", number)
    assert (answer.status_code, number in words(answer).replace(f"找「{number}」", "")) == (200, False)


@pytest.mark.rule("B8")
def test_names_find_what_has_names(cast: Cast) -> None:
    inquiry, quotation, sample = inquired(cast), sent(cast), standard(cast)
    page = words(found(cast, "xiaoli", "瑞禾"))
    assert all(one.number in page for one in (inquiry, quotation, sample))
    assert sample.number in words(found(cast, "xiaoli", sample.name)) or sample.number in (
        found(cast, "xiaoli", sample.name).get("Location", "")
    )


@pytest.mark.rule("B8")
def test_a_whole_number_wins_over_what_else_speaks_of_it(cast: Cast) -> None:
    sample = standard(cast)
    assert found(cast, "xiaoli", sample.order.number)["Location"] == f"/orders/{sample.order.number}/"


@pytest.mark.rule("B8")
def test_many_of_a_kind_are_cut_and_said_so(cast: Cast) -> None:
    numbers = [inquired(cast).number for _n in range(7)]
    page = words(found(cast, "xiaoli", "瑞禾"))
    assert [number in page for number in numbers] == [False, False, *[True] * 5]
    assert "还有更多" in page


@pytest.mark.rule("B7")
def test_a_department_finds_no_offers(cast: Cast) -> None:
    inquired(cast), sent(cast)
    accepted(cast)
    assert "报价单" not in words(found(cast, "engineering", "瑞禾")).split("找到的")[-1]


def test_it_asks_as_often_for_many(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for _n in range(2):
        inquired(cast), quoted(cast)
    li = browser(cast.xiaoli)
    with django_assert_max_num_queries(CEILING) as few:
        li.get("/search/", {"q": "瑞禾"})
    for _n in range(3):
        inquired(cast), quoted(cast)
    with django_assert_max_num_queries(len(few.captured_queries)):
        li.get("/search/", {"q": "瑞禾"})
