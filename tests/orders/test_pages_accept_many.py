"""批量审核（第六条，A6.1e）：能过的都过，过不了的点名留下；自己提交的不算；先改的不盖过。"""

from __future__ import annotations

import pytest

from orders import services
from orders.models import Order, State
from tests.cast import Cast, draft, order_input, submitted
from tests.pages import browser, words

MANY = "/orders/accept/"


def states() -> list[str]:
    return list(Order.objects.order_by("pk").values_list("state", flat=True))


@pytest.mark.rule("A6.1e")
def test_the_supervisor_accepts_several_at_once(cast: Cast) -> None:
    numbers = [submitted(cast).number, submitted(cast).number]
    answer = browser(cast.laowang).post(MANY, {"number": numbers, "query": "chip=submitted"}, follow=True)
    assert states() == ["accepted", "accepted"]
    assert "审核通过 2 单：GD26-000001 瑞禾茶业有限公司、GD26-000002" in words(answer)
    assert answer.redirect_chain[0][0] == "/orders/?chip=submitted"


@pytest.mark.rule("A6.1e")
def test_those_that_cannot_are_named_and_left(cast: Cast) -> None:
    own = services.submit_order(services.create_order(order_input(), actor=cast.laowang), actor=cast.laowang)
    numbers = [own.number, submitted(cast).number, draft(cast).number]
    answer = words(browser(cast.laowang).post(MANY, {"number": numbers}, follow=True))
    assert states() == ["submitted", "accepted", "draft"]
    assert "审核通过 1 单" in answer
    assert f"{own.number} 瑞禾茶业有限公司没有通过，留在待审核：自己提交的单，自己不能审" in answer
    assert "现在是「登记」，不能「审核通过」" in answer


@pytest.mark.rule("A6.1e")
def test_if_none_can_every_reason_is_said(cast: Cast) -> None:
    order = draft(cast)
    answer = browser(cast.laowang).post(MANY, {"number": [order.number]})
    assert answer.status_code == 409
    assert f"{order.number} 瑞禾茶业有限公司没有通过" in words(answer)
    assert browser(cast.laowang).post(MANY, {}).status_code == 400


@pytest.mark.rule("A6.1e")
def test_what_changed_since_it_was_seen_is_left(cast: Cast) -> None:
    order = submitted(cast)
    seen = {f"seen-{order.number}": str(order.revision - 1)}
    answer = browser(cast.laowang).post(MANY, {"number": [order.number], **seen})
    assert (answer.status_code, "别人刚改过这张单" in words(answer)) == (409, True)
    assert states() == ["submitted"]


@pytest.mark.rule("A6.1e")
def test_a_reason_that_is_no_change_is_no_conflict(cast: Cast) -> None:
    own = services.submit_order(services.create_order(order_input(), actor=cast.laowang), actor=cast.laowang)
    assert browser(cast.laowang).post(MANY, {"number": [own.number]}).status_code == 422


@pytest.mark.rule("A6.1e")
@pytest.mark.parametrize("page", ["/orders/?chip=submitted", "/orders/queue/"])
def test_both_lists_say_which_revision_they_show(cast: Cast, page: str) -> None:
    order = submitted(cast)
    shown = browser(cast.laowang).get(page).content.decode()
    assert f'name="seen-{order.number}" value="{order.revision}"' in shown
    assert "seen-" not in browser(cast.xiaoli).get("/orders/").content.decode()


@pytest.mark.rule("A3", "A6.1e")
def test_only_supervisor_and_director_accept_many(cast: Cast) -> None:
    order = submitted(cast)
    for username in ("xiaoli", "finance", "gm", "engineering"):
        assert browser(getattr(cast, username)).post(MANY, {"number": [order.number]}).status_code == 403
    assert browser(cast.director).post(MANY, {"number": [order.number]}).status_code == 302
    assert states() == [State.ACCEPTED]
