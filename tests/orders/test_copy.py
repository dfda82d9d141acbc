"""翻单：从列表、从业务单页面都到得了，照旧单开新草稿（第六条，B1）。"""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from orders.models import Order
from tests.cast import Cast, accepted, draft
from tests.pages import browser, words


@pytest.mark.rule("B1")
def test_from_the_list_an_old_order_is_found_and_copied(cast: Cast) -> None:
    old, li = accepted(cast), browser(cast.xiaoli)
    assert "/orders/copy/" in li.get("/orders/").content.decode()
    page = li.get("/orders/copy/?q=rhcy").content.decode()
    assert f"/orders/{old.number}/copy/" in page
    answer = li.post(f"/orders/{old.number}/copy/")
    fresh = Order.objects.latest("pk")
    assert (answer["Location"], fresh.state, fresh.amount) == (f"/orders/{fresh.number}/edit/", "draft", old.amount)
    assert (fresh.customer_po, fresh.coordinator) == ("", cast.xiaoli)


@pytest.mark.rule("B1")
def test_the_orders_page_offers_it_to_who_may_register(cast: Cast) -> None:
    old = accepted(cast)
    assert f"/orders/{old.number}/copy/" in browser(cast.xiaoli).get(f"/orders/{old.number}/").content.decode()
    assert "/copy/" not in browser(cast.director).get(f"/orders/{old.number}/").content.decode()


@pytest.mark.rule("A3")
def test_only_ones_own_are_found(cast: Cast) -> None:
    old = accepted(cast)
    assert old.number not in words(browser(cast.xiaochen).get("/orders/copy/"))
    assert browser(cast.director).get("/orders/copy/").status_code == 403
    assert browser(cast.xiaochen).post(f"/orders/{old.number}/copy/").status_code == 404


def test_the_page_asks_as_often_for_many(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    li = browser(cast.xiaoli)
    draft(cast)
    with django_assert_max_num_queries(12) as few:
        li.get("/orders/copy/")
    for _ in range(3):
        draft(cast)
    with django_assert_max_num_queries(len(few.captured_queries)):
        li.get("/orders/copy/")
