"""评审到下单一路走通（第十五条至第二十一条）。"""

from __future__ import annotations

import pytest

from orders.models import State
from tests.cast import Cast
from tests.cast_reviews import issued


@pytest.mark.rule("A6.3b")
def test_an_order_walks_from_review_to_issue(cast: Cast) -> None:
    order = issued(cast)

    assert order.state == State.ISSUED
    notice = order.notices.get()
    assert notice.state == "issued"
    assert [copy.state for copy in notice.copies.order_by("number")] == ["acknowledged"] * 4
