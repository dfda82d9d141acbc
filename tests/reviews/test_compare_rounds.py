"""各轮并排（第二十条）：旧轮留着，每轮的形式、各部门的日期与结论、交期，和上一轮不同的标出来。"""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from orders.models import Order
from reviews import services
from reviews.comparing import compare_rounds
from tests.cast import Cast
from tests.cast_meetings import negotiating
from tests.cast_reviews import answer_input, answer_of, day, reviewing, signed
from tests.reviews.browsing import browser


def twice(cast: Cast) -> Order:
    """第一轮 12 天，协商后第二轮技术中心 9 天。"""
    review = services.open_round(negotiating(cast), "distributed", actor=cast.laowang, reason="客户分两批")
    given = answer_input(planned_date=day(9), comment="机密")
    services.sign_answer(answer_of(review, "engineering"), given, actor=cast.engineering)
    return review.order


@pytest.mark.rule("A20.6")
def test_every_round_has_its_column_and_differences_are_marked(cast: Cast) -> None:
    table = compare_rounds(twice(cast))

    assert [one.number for one in table.rounds] == [1, 2]
    said = {
        line.label: [(cell.words, cell.changed) for cell in line.cells] for line in [*table.departments, *table.end]
    }
    assert said["技术中心"] == [(f"{day(12):%m-%d} 同意", False), (f"{day(9):%m-%d} 同意", True)]
    assert said["物控部"] == [(f"{day(12):%m-%d} 同意", False), ("没答", True)]
    assert said["结论"] == [("须与客户协商", False), ("评审中", True)]
    assert said["交期"] == [(f"{day(13):%m-%d}", False), ("—", True)]


@pytest.mark.rule("A20.6")
def test_the_orders_tab_leads_there_once_there_are_two(cast: Cast) -> None:
    order = twice(cast)
    client = browser(cast.xiaoli)

    assert "2 轮并排对照" in client.get(f"/orders/{order.number}/?tab=reviews").content.decode()
    page = client.get(f"/orders/{order.number}/reviews/compare/").content.decode()
    assert "第 1 轮" in page
    assert '<span class="chit risk">改</span>' in page
    single = reviewing(cast, customer_po="ONE").order
    assert "并排对照" not in client.get(f"/orders/{single.number}/?tab=reviews").content.decode()


@pytest.mark.rule("A3")
def test_it_shows_no_department_anothers_words_and_no_stranger_anything(cast: Cast) -> None:
    path = f"/orders/{twice(cast).number}/reviews/compare/"

    assert "机密" not in browser(cast.material).get(path).content.decode()
    assert browser(cast.xiaochen).get(path).status_code == 404


def test_more_rounds_ask_no_more(cast: Cast) -> None:
    few, many = signed(cast, reviewing(cast, customer_po="ONE")).order, twice(cast)
    client, counts = browser(cast.xiaoli), []
    for order in (few, few, many):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/orders/{order.number}/reviews/compare/").status_code == 200
        counts.append(len(queries))
    assert counts[2] <= counts[1] <= 12
