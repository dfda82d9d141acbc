"""接口列表：游标分页、已知的参数、看得见的才有；答复里没有动作。"""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.caller import Caller
from tests.cast import Cast, accepted, draft


def test_the_cursor_walks_every_order_once(cast: Cast) -> None:
    made = {draft(cast).number for _ in range(5)}
    li = Caller(cast.xiaoli)
    seen: list[str] = []
    page = li.get("orders/", page_size=2).json()
    while True:
        seen += [row["number"] for row in page["results"]]
        if page["next"] is None:
            break
        page = li.client.get(page["next"]).json()

    assert len(seen) == 5
    assert set(seen) == made
    assert page["previous"] is not None


@pytest.mark.parametrize(
    "query",
    ["state=wish", "page_size=0", "page_size=1000000000", "page_size=abc", "cursor=%25%25", "ordering=password", "id=1",
     "state=draft&state=issued", "updated_since=yesterday", "coordinator__password__startswith=a"],
)  # fmt: skip
def test_what_it_does_not_know_is_refused(cast: Cast, query: str) -> None:
    assert Caller(cast.xiaoli).client.get(f"/api/v1/orders/?{query}").status_code == 400


@pytest.mark.rule("A3")
def test_everybody_sees_their_own(cast: Cast) -> None:
    order = accepted(cast)
    seen = {
        name: [row["number"] for row in Caller(getattr(cast, name)).get("orders/").json()["results"]]
        for name in ("xiaoli", "xiaochen", "laowang", "director", "gm", "sales", "engineering", "warehouse", "finance")
    }
    mine = [order.number]
    nobody: dict[str, list[str]] = {"xiaochen": [], "engineering": [], "warehouse": []}
    assert seen == {name: nobody.get(name, mine) for name in seen}
    assert Caller(cast.xiaochen).get(f"orders/{order.number}/").status_code == 404


def test_the_list_takes_constant_queries(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    li = Caller(cast.xiaoli)
    for _ in range(12):
        draft(cast)
    with django_assert_max_num_queries(8):
        rows = li.get("orders/").json()["results"]
    assert len(rows) == 12
    assert "moves" not in rows[0]


@pytest.mark.parametrize(
    ("words", "found"),
    [("gd26-0000", True), ("瑞禾", True), ("rhcy", True), ("RH-2611", True), ("画册", True), ("朗芯", False)],
)
def test_search_finds_by_number_name_and_initials(cast: Cast, words: str, found: bool) -> None:
    accepted(cast)
    assert bool(Caller(cast.xiaoli).get("orders/", q=words).json()["results"]) is found


@pytest.mark.rule("B7")
def test_prices_are_left_out_for_people_without_the_right(cast: Cast) -> None:
    from orders.services import share_order

    order = accepted(cast)
    share_order(order, [cast.engineering.department.pk], "review")
    body = Caller(cast.engineering).get(f"orders/{order.number}/").json()
    assert "amount" not in body
    assert "unit_price" not in body["lines"][0]
    assert "12.5" not in str(body)
