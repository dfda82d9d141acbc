"""页面与列表的查询数不随单数、部门数、行数增长（DESIGN §8）。"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.caller import Caller
from tests.cast import Cast, line_input
from tests.cast_reviews import drafted, issued_notice, reviewing, signed
from tests.reviews.browsing import browser


def many_lines() -> dict[str, Any]:
    return {"lines": [line_input() for _ in range(20)]}


def counted(client: Any, path: str) -> int:
    client.get(path)  # what is read once per process does not count
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


@pytest.mark.parametrize("path", ["/reviews/", "/notices/", "/notices/sign/"])
def test_a_list_asks_the_same_for_one_and_for_many(cast: Cast, path: str) -> None:
    client = browser(cast.gm)
    drafted(cast)
    few = counted(client, path)
    for _more in range(3):
        drafted(cast, **many_lines())

    assert counted(client, path) == few
    assert few <= 15


def test_the_api_lists_do_too(cast: Cast) -> None:
    review = reviewing(cast)
    caller = Caller(cast.xiaoli)
    path = f"/api/v1/orders/{review.order.number}/reviews/"

    assert counted(caller.client, path) <= 10


@pytest.mark.parametrize(("where", "most"), [("answer", 20), ("round", 20)])
def test_a_rounds_pages(cast: Cast, where: str, most: int) -> None:
    small, large = signed(cast), signed(cast, reviewing(cast, **many_lines()))
    client = browser(cast.engineering)
    tail = "answers/engineering/" if where == "answer" else ""

    few = counted(client, f"/reviews/{small.pk}/{tail}")
    assert counted(client, f"/reviews/{large.pk}/{tail}") <= few
    assert few <= most


def test_a_notices_page(cast: Cast) -> None:
    small, large = issued_notice(cast), issued_notice(cast, **many_lines())
    client = browser(cast.xiaoli)

    few = counted(client, f"/notices/{small.number}/")
    assert counted(client, f"/notices/{large.number}/") == few
    assert few <= 20


@pytest.mark.parametrize("tab", ["reviews", "notice"])
def test_the_orders_tabs(cast: Cast, tab: str) -> None:
    small, large = issued_notice(cast), issued_notice(cast, **many_lines())
    client = browser(cast.xiaoli)

    few = counted(client, f"/orders/{small.order.number}/?tab={tab}")
    assert counted(client, f"/orders/{large.order.number}/?tab={tab}") == few
