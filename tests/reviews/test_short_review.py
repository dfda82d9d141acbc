"""翻单的短评审（第十六条、第十八条）：除了数量和交期没有别的不同，只请有关的部门，理由印在评审表上。"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from orders import services as orders
from orders.models import BusinessKind, Order, State
from papers.models import Paper
from reviews import services
from reviews.models import Round
from tests.caller import Caller
from tests.cast import Cast, line_input, order_input
from tests.cast_reviews import issued, signed
from tests.reviews.browsing import browser
from workflow.guards import Blocked


@pytest.fixture
def _short_kind(cast: Cast) -> None:
    kind = BusinessKind.objects.get(code="printing")
    kind.options = kind.options | {"short_review_departments": ["material_control", "printing_manufacturing"]}
    kind.save()


def repeated(cast: Cast, original: Order, **changes: Any) -> Order:
    """照旧单翻一张，数量加倍，受理了。"""
    copy = orders.copy_order(original, actor=cast.xiaoli)
    lines = [line_input(quantity="2000"), line_input("P002", "900", "3.20")]
    given = replace(order_input(lines=lines, customer_po="RH-2612-001"), **changes)
    copy = orders.edit_order(copy, given, actor=cast.xiaoli)
    return orders.accept_order(orders.submit_order(copy, actor=cast.xiaoli), actor=cast.laowang)


def short(cast: Cast, order: Order, reason: str = "翻单，工艺不变") -> Round:
    return services.open_round(order, "distributed", actor=cast.laowang, reason=reason, short=True)


@pytest.mark.rule("A16")
@pytest.mark.usefixtures("_short_kind")
def test_only_the_departments_touched_are_asked_and_the_paper_says_so(cast: Cast) -> None:
    original = issued(cast)
    review = short(cast, repeated(cast, original))
    assert [one.department.code for one in review.answers_now] == ["material_control", "printing_manufacturing"]

    order = services.conclude(signed(cast, review), "pass", actor=cast.laowang).order
    notice = services.sign_notice(services.create_notice(order, actor=cast.xiaoli), actor=cast.gm)

    content = Paper.objects.of(notice.about).get(kind="review").content
    assert (content["short_of"], content["form_reason"]) == (original.number, "翻单，工艺不变")


@pytest.mark.rule("A16")
@pytest.mark.usefixtures("_short_kind")
@pytest.mark.parametrize(
    "changes",
    [
        {"requirements": {"standard": "按新样", "packing": "50 本/箱"}},
        {"lines": "another product"},
    ],
)
def test_what_differs_in_more_is_reviewed_by_all(cast: Cast, changes: dict[str, Any]) -> None:
    if "lines" in changes:
        changes = {"lines": [line_input("P003", "10", "11.20")]}
    order = repeated(cast, issued(cast), **changes)

    with pytest.raises(Blocked, match="还有别的与原单"):
        short(cast, order)
    assert not Round.objects.filter(order=order).exists()
    assert Order.objects.get(pk=order.pk).state == State.ACCEPTED


@pytest.mark.rule("A16")
@pytest.mark.usefixtures("_short_kind")
def test_an_order_of_its_own_has_no_short_review(cast: Cast) -> None:
    given = order_input(lines=[line_input(quantity=str(Decimal(7)))])
    order = orders.create_order(given, actor=cast.xiaoli)
    order = orders.accept_order(orders.submit_order(order, actor=cast.xiaoli), actor=cast.laowang)

    with pytest.raises(Blocked, match="不是翻单"):
        short(cast, order)


@pytest.mark.rule("A16")
@pytest.mark.usefixtures("_short_kind")
def test_a_copy_of_what_was_never_issued_has_none_either(cast: Cast) -> None:
    first = orders.create_order(order_input(), actor=cast.xiaoli)

    with pytest.raises(Blocked, match="没有评审下单"):
        short(cast, repeated(cast, first))


@pytest.mark.rule("A16")
def test_a_kind_that_names_no_departments_has_none(cast: Cast) -> None:
    with pytest.raises(Blocked, match="没有定短评审的部门"):
        short(cast, repeated(cast, issued(cast)))


@pytest.mark.rule("A16")
@pytest.mark.usefixtures("_short_kind")
def test_it_gives_its_reason(cast: Cast) -> None:
    order = repeated(cast, issued(cast))

    with pytest.raises(ValidationError, match="短评审要写明理由"):
        short(cast, order, reason=" ")


@pytest.mark.rule("A16")
@pytest.mark.usefixtures("_short_kind")
def test_the_page_and_the_api_offer_it(cast: Cast) -> None:
    original = issued(cast)
    order, own = repeated(cast, original), repeated(cast, original)
    client, path = browser(cast.laowang), f"/orders/{order.number}/reviews/new/"
    assert "短评审：只请物控部、印刷制造部" in client.get(path).content.decode()

    assert client.post(path, {"form": "distributed", "reason": "翻单", "short": "on"}).status_code == 302
    assert Round.objects.get(order=order).short is True
    body = {"form": "distributed", "reason": "翻单", "short": True}
    reply = Caller(cast.laowang).post(f"orders/{own.number}/reviews/", body)
    assert (reply.status_code, reply.json()["short"], len(reply.json()["answers"])) == (201, True, 2)
