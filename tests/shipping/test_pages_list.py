"""送货单与退货的列表：快筛、找、翻页，各看各的。"""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast, draft
from tests.cast_shipping import dispatched, drafted, notified, received, returned
from tests.pages import browser, words

LIST_CEILING = 14


def numbers(answer: Any) -> list[str]:
    return [row.number for row in answer.context["rows"]]


@pytest.mark.rule("A54")
def test_the_chips_sort_what_waits_for_whom(cast: Cast) -> None:
    new, told, gone = drafted(cast, draft(cast)), notified(cast), dispatched(cast)
    li = browser(cast.xiaoli)

    assert numbers(li.get("/deliveries/")) == [gone.number, told.number, new.number]
    assert numbers(li.get("/deliveries/?chip=confirm")) == [new.number]
    assert numbers(li.get("/deliveries/?chip=send")) == [told.number]
    assert numbers(li.get("/deliveries/?chip=receipt")) == [gone.number]
    assert [chip.shown for chip in li.get("/deliveries/").context["chips"]] == ["1", "1", "1", ""]


@pytest.mark.rule("A54")
def test_a_delivery_is_found_by_its_numbers(cast: Cast) -> None:
    drafted(cast, draft(cast))
    gone = dispatched(cast)
    li = browser(cast.xiaoli)

    for looked_for in (gone.number, "SF0001", gone.called_orders):
        assert numbers(li.get("/deliveries/", {"q": looked_for})) == [gone.number]
    assert "没有符合条件的送货单" in words(li.get("/deliveries/?q=NOTHING"))


@pytest.mark.rule("A3")
def test_everybody_sees_their_own(cast: Cast) -> None:
    notified(cast)

    assert len(numbers(browser(cast.warehouse).get("/deliveries/"))) == 1
    assert numbers(browser(cast.xiaochen).get("/deliveries/")) == []


def test_what_the_list_does_not_know_is_refused(cast: Cast) -> None:
    li = browser(cast.xiaoli)

    assert li.get("/deliveries/?colour=red").status_code == 400
    assert "日期写成 2026-11-28 这样" in words(li.get("/deliveries/?since=yesterday"))
    assert li.get("/returns/?x=1").status_code == 400


def test_the_list_costs_the_same_for_one_and_for_many(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(6):
        drafted(cast, draft(cast))
    li = browser(cast.xiaoli)

    with django_assert_max_num_queries(LIST_CEILING):
        li.get("/deliveries/")


@pytest.mark.rule("A56")
def test_the_warehouse_receives_returns_from_their_list(cast: Cast) -> None:
    delivery = dispatched(cast)
    slip = returned(cast, delivery, "10")
    received(cast, delivery, "5")
    keeper = browser(cast.warehouse)

    assert words(keeper.get("/returns/")).count("收到退货") == 1
    assert "收到退货" not in words(browser(cast.xiaoli).get("/returns/"))
    answer = keeper.post(f"/returns/{slip.number}/receive/", follow=True)
    assert "已收下" in words(answer)
    assert browser(cast.xiaoli).post(f"/returns/{slip.number}/receive/").status_code == 409
