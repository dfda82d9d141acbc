"""与客户协商（第二十条）：逐次记下；谈成评审结果才签发，谈成别的或改了内容就重新评审，原来那一轮留着。"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from orders import services as orders
from orders.models import Negotiation, Order, State
from reviews import services as reviews
from reviews.models import Round
from tests.caller import Caller
from tests.cast import Cast, accepted, line_input, order_input
from tests.cast_meetings import negotiating, talk, talked
from tests.cast_reviews import day
from tests.reviews.browsing import browser
from workflow import clock
from workflow.guards import Blocked, WrongState
from workflow.history import AppendOnlyError
from workflow.models import TransitionLog

DIFFERENT = {"outcome": "different", "said": "要分两批", "agreed_date": None}


@pytest.mark.rule("A20.6")
def test_who_how_and_what_was_said_are_kept_and_on_the_timeline(cast: Cast) -> None:
    order = talked(negotiating(cast), cast.sales)

    entry = Negotiation.objects.get()
    assert (entry.who, entry.how, entry.said, entry.outcome, entry.by_name) == (
        "采购 姚丽", "电话", "她去问销售，明天回话", "open", "赵凯",
    )  # fmt: skip
    row = TransitionLog.objects.get(move="negotiate")
    assert (row.reason, row.chain) == ("采购 姚丽，电话：她去问销售，明天回话", order.chain)
    with pytest.raises(AppendOnlyError):
        entry.save()


@pytest.mark.rule("A20.6")
@pytest.mark.parametrize("who", ["xiaochen", "engineering", "finance", "gm"])
def test_nobody_else_speaks_for_the_order(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        orders.record_negotiation(negotiating(cast), talk(), actor=getattr(cast, who))
    assert not Negotiation.objects.exists()


@pytest.mark.rule("A20.6")
def test_where_nothing_is_negotiated_there_is_no_entry(cast: Cast) -> None:
    with pytest.raises(WrongState, match="没有在与客户协商"):
        orders.record_negotiation(accepted(cast), talk(), actor=cast.xiaoli)


@pytest.mark.rule("A20.6")
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"who": " "}, "who"),
        ({"said": ""}, "said"),
        ({"outcome": "maybe"}, "outcome"),
        ({"agreed_date": -3}, "agreed_date"),
    ],
)
def test_it_refuses_what_is_missing(cast: Cast, changes: dict[str, object], field: str) -> None:
    order = negotiating(cast)
    if field == "agreed_date":
        changes = {"agreed_date": day(-3)}

    with pytest.raises(ValidationError) as refused:
        orders.record_negotiation(order, talk(**changes), actor=cast.xiaoli)
    assert set(refused.value.message_dict) == {field}
    with pytest.raises(ValidationError, match="不能在将来"):
        orders.record_negotiation(order, talk(at=clock.now() + dt.timedelta(days=1)), actor=cast.xiaoli)


@pytest.mark.rule("A20.6")
def test_the_customers_answer_becomes_an_entry(cast: Cast) -> None:
    order = orders.agree_as_reviewed(negotiating(cast), "同意晚两天", actor=cast.laowang)

    entry = Negotiation.objects.get()
    assert (order.state, entry.outcome, entry.said) == (State.AGREED, "as_reviewed", "同意晚两天")


@pytest.mark.rule("A20.6")
def test_an_entry_that_says_it_already_is_not_written_twice(cast: Cast) -> None:
    order = talked(negotiating(cast), cast.xiaoli, outcome="as_reviewed", said="同意晚两天")

    orders.agree_as_reviewed(order, "同意晚两天", actor=cast.laowang)
    assert Negotiation.objects.get().who == "采购 姚丽"


@pytest.mark.rule("A20.6")
def test_what_was_agreed_earlier_than_reviewed_is_another_result(cast: Cast) -> None:
    order = negotiating(cast)

    with pytest.raises(Blocked, match="与评审结果不同，请重新评审"):
        orders.agree_as_reviewed(order, "要提前", actor=cast.laowang, delivery_date=day(12))
    assert Order.objects.get().state == State.NEGOTIATING
    assert not Negotiation.objects.exists()


@pytest.mark.rule("A20.6")
def test_once_something_else_was_agreed_the_move_waits_for_a_review(cast: Cast) -> None:
    order = talked(negotiating(cast), cast.xiaoli, **DIFFERENT)
    page = browser(cast.laowang).get(f"/orders/{order.number}/").content.decode()
    assert "最近一次跟客户谈定的与评审结果不同，请重新评审" in page

    again = reviews.open_round(order, "distributed", actor=cast.laowang, reason="分两批")
    assert (again.number, again.order.state) == (2, State.REVIEWING)
    assert list(Round.objects.order_by("number").values_list("state", flat=True)) == ["unmet", "open"]


@pytest.mark.rule("A20.6")
def test_what_departments_reviewed_and_was_changed_is_reviewed_again(cast: Cast) -> None:
    order = negotiating(cast)
    given = order_input(customer_po=order.customer_po)
    more = [line_input(quantity="3000"), line_input("P002", "500", "3.20")]
    order = orders.edit_order(order, replace(given, lines=more), actor=cast.xiaoli)

    with pytest.raises(Blocked, match="业务单在评审以后改过产品、要求或数量"):
        orders.agree_as_reviewed(order, "同意", actor=cast.laowang)
    order = orders.edit_order(order, replace(given, customer_po="RH-9"), actor=cast.xiaoli)
    assert orders.agree_as_reviewed(order, "同意", actor=cast.laowang).state == State.AGREED


@pytest.mark.rule("A20.6")
def test_the_page_keeps_what_was_typed_and_shows_what_follows(cast: Cast) -> None:
    order = negotiating(cast)
    client, path = browser(cast.laowang), f"/orders/{order.number}/negotiations/"
    typed = {"who": "采购 姚丽", "how": "电话", "said": "", "outcome": "different"}

    refused = client.post(path, typed)
    assert (refused.status_code, "采购 姚丽" in refused.content.decode()) == (400, True)
    assert client.post(path, typed | {"said": "要分两批"}).status_code == 302
    page = client.get(path).content.decode()
    assert "谈定的不同，去重新评审" in page
    tab = client.get(f"/orders/{order.number}/?tab=reviews").content.decode()
    assert "要分两批" in tab
    assert "要分两批" not in browser(cast.engineering).get(f"/orders/{order.number}/?tab=reviews").content.decode()


@pytest.mark.rule("A20.6")
def test_the_api_lists_and_adds(cast: Cast) -> None:
    order, caller = negotiating(cast), Caller(cast.xiaoli)
    path = f"orders/{order.number}/negotiations/"

    assert caller.post(path, {"who": "姚丽", "how": "电话"}).status_code == 400
    assert caller.post(path, {"who": "姚丽", "how": "电话", "said": "明天回"}).status_code == 201
    assert [one["said"] for one in caller.get(path).json()["results"]] == ["明天回"]
    department = Caller(cast.engineering)
    assert department.get(path).status_code == 403
    assert "明天回" not in department.get(f"orders/{order.number}/timeline/").content.decode()
    assert "明天回" in caller.get(f"orders/{order.number}/timeline/").content.decode()
