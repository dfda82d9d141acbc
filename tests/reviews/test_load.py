"""日期旁边本部门的活（第十七条）：那天、那一周答应了几单，最晚到哪天；只读，一次查询。"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from orders import services as orders
from reviews import services
from reviews.load import load_of, monday_of
from reviews.models import Round
from tests.cast import Cast
from tests.cast_reviews import answer_input, answer_of, day, reviewing, signed
from tests.reviews.browsing import browser


def promised(cast: Cast, after: int) -> Round:
    """另一张单，技术中心答应了这天。"""
    review = reviewing(cast)
    given = answer_input(planned_date=day(after))
    services.sign_answer(answer_of(review, "engineering"), given, actor=cast.engineering)
    return review


@pytest.mark.rule("A17")
def test_it_counts_orders_per_day_and_week_and_knows_the_last(cast: Cast) -> None:
    mine = answer_of(reviewing(cast), "engineering")
    monday = monday_of(day(14))
    for date in (monday, monday, monday + dt.timedelta(days=6), monday + dt.timedelta(days=7)):
        promised(cast, (date - day(0)).days)

    load = load_of(mine, day(7))

    assert load.by_day[monday] == 2
    assert load.week_of(monday + dt.timedelta(days=3)) == 3
    assert load.last == monday + dt.timedelta(days=7)


@pytest.mark.rule("A17")
def test_neither_this_order_nor_an_older_round_nor_what_ended_counts(cast: Cast) -> None:
    mine = promised(cast, 9)
    cancelled = promised(cast, 10)
    orders.cancel_order(cancelled.order, "不做了", actor=cast.laowang)
    old = services.conclude(signed(cast, reviewing(cast)), "negotiate", actor=cast.laowang)
    again = services.open_round(old.order, "distributed", actor=cast.laowang)
    services.sign_answer(answer_of(again, "engineering"), answer_input(planned_date=day(15)), actor=cast.engineering)

    assert load_of(answer_of(mine, "engineering"), day(0)).by_day == {day(15): 1}


@pytest.mark.rule("A17")
def test_the_page_says_it_beside_the_date(cast: Cast) -> None:
    promised(cast, 9)
    mine = reviewing(cast)

    path = f"/reviews/{mine.pk}/answers/engineering/effect/?planned_date={day(9)}&verdict=agree"
    words = browser(cast.engineering).get(path).content.decode()

    assert f"{day(9):%m-%d} 本部门还有 1 单要完成，那一周共 1 单；已答应的最晚到 {day(9):%m-%d}。" in words


@pytest.mark.rule("A17")
def test_it_is_one_query_however_much_is_promised(cast: Cast, django_assert_num_queries: Any) -> None:
    mine = answer_of(reviewing(cast), "engineering")
    for after in (8, 9, 10):
        promised(cast, after)

    with django_assert_num_queries(1):
        load_of(mine, day(7))
