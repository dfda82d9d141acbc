"""关了的行只值已经净发的（第二十二条、A62、D1）：业务单的合计，处处是同一个数。"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from ledger import services as ledger
from ledger.credit import deposit_due, prepayment_missing
from ledger.proof import inside
from orders import services
from orders.models import Order, OrderLine
from orders.papers import contract_paper
from orders.services import Changes, LineChange
from reviews import services as reviews
from tests.caller import Caller
from tests.cast import Cast
from tests.cast_changes import drafted as drafted_notice
from tests.cast_ledger import came_back, paid, sent
from tests.cast_production import producing
from tests.cast_reviews import day
from tests.cast_shipping import again, in_store
from tests.cast_shipping import drafted as drafted_delivery
from tests.pages import words
from tests.reviews.browsing import browser

pytestmark = [pytest.mark.django_db, pytest.mark.rule("A22"), pytest.mark.rule("A62")]
OPEN, LINE = Decimal("12500.00"), Decimal("1600.00")  # 第 1 行；第 2 行 500 个，每个 3.20


def closed(cast: Cast, order: Order, n: int = 2) -> Order:
    """第几行关了，别的照旧。"""
    changes = Changes((LineChange(again(order).lines_now[n - 1].pk, close=True),))
    return again(services.apply_change(again(order), changes, actor=cast.gm, promised=day(30)))


def partly_shipped(cast: Cast, quantity: str = "300", **changes: Any) -> tuple[Order, Any]:
    """第 2 行发了一部分。"""
    order = producing(cast, **changes)
    return again(order), sent(cast, order, (2, quantity))


def test_a_line_of_which_nothing_was_shipped_is_worth_nothing(cast: Cast) -> None:
    order = producing(cast)
    assert order.amount == OPEN + LINE

    order = closed(cast, order)

    line = order.lines_now[1]
    assert (line.amount, line.tax_amount, line.quantity) == (Decimal(0), Decimal(0), Decimal(500))
    assert (order.amount, order.tax_amount) == (OPEN, order.lines_now[0].tax_amount)
    assert list(inside()) == []


def test_what_was_shipped_of_it_stays_in_the_total_at_the_price_it_was_shipped_at(cast: Cast) -> None:
    order, _delivery = partly_shipped(cast)
    dearer = Changes((LineChange(order.lines_now[1].pk, unit_price=Decimal(9)),))
    services.apply_change(order, dearer, actor=cast.gm, promised=day(30))

    order = closed(cast, order)

    assert (order.lines_now[1].amount, order.amount) == (Decimal("960.00"), OPEN + Decimal("960.00"))
    assert list(inside()) == []


@pytest.mark.rule("A61")
def test_what_comes_back_or_is_corrected_afterwards_goes_with_it(cast: Cast) -> None:
    order, delivery = partly_shipped(cast)
    order = closed(cast, order)

    came_back(cast, delivery, 1, "100")
    assert again(order).amount == OPEN + Decimal("640.00")
    came_back(cast, delivery, 1, "50", kind="replace")
    assert again(order).amount == OPEN + Decimal("640.00")
    entry = order.ledger_entries.order_by("id").first()
    ledger.correct_entry(entry, Decimal(3), "合同价", actor=cast.finance)
    line = again(order).lines_now[1]
    assert again(order).amount == OPEN + line.amount
    assert list(inside()) == []


def test_the_proof_names_a_total_that_does_not_agree(cast: Cast) -> None:
    order = closed(cast, producing(cast))
    line = order.lines_now[1]
    OrderLine.objects.filter(pk=line.pk).update(amount=LINE)

    found = list(inside())

    assert any("已关闭，净发 0.00 元，业务单上却是 1,600.00 元" in words for words in found)
    assert any(f"业务单 {order.number} 合计 12,500.00 元，各行之和是 14,100.00 元" in words for words in found)


@pytest.mark.rule("D1")
def test_the_deposit_is_asked_of_what_is_still_ordered(cast: Cast) -> None:
    order = producing(cast)
    Order.objects.filter(pk=order.pk).update(payment_terms="deposit_30")
    assert deposit_due(again(order)) == Decimal("4230.00")

    assert deposit_due(closed(cast, order)) == Decimal("3750.00")


@pytest.mark.rule("A53")
def test_so_is_the_payment_before_dispatch(cast: Cast) -> None:
    order = in_store(cast, producing(cast), (1, "1000"))
    Order.objects.filter(pk=order.pk).update(payment_terms="prepaid")
    paid(cast, order, OPEN, kind="deposit", order=order)
    delivery = drafted_delivery(cast, again(order), ((1, "1000"),))
    (refusal,) = prepayment_missing(delivery)
    assert "要收齐 14,100.00 元" in refusal.words

    closed(cast, order)

    assert list(prepayment_missing(type(delivery).objects.get(pk=delivery.pk))) == []


def test_a_line_not_shipped_leaves_the_collection_full(cast: Cast) -> None:
    order = closed(cast, producing(cast))
    paid(cast, order, OPEN, kind="deposit", order=order)

    body = Caller(cast.finance).get(f"orders/{order.number}/").json()
    assert (body["amount"], body["lines"][1]["amount"], body["lines"][1]["closed"]) == ("12500.00", "0.00", True)
    assert body["collection_status"] == "full"


@pytest.mark.rule("B1b")
def test_the_contract_adds_up(cast: Cast) -> None:
    order, _delivery = partly_shipped(cast)
    order = closed(cast, order)

    content = contract_paper(services.make_contract(order, actor=cast.xiaoli), actor=cast.xiaoli)

    assert [(line["quantity"], line["amount"]) for line in content["lines"]] == [
        (Decimal(1000), OPEN), (Decimal(300), Decimal("960.00")),
    ]  # fmt: skip
    assert content["total"] == sum(line["amount"] for line in content["lines"])


def test_the_order_page_and_the_signer_see_the_same_total(cast: Cast) -> None:
    order = producing(cast)
    notice = drafted_notice(cast, order, LineChange(order.lines_now[1].pk, close=True))
    assert again(order).amount == OPEN + LINE
    assert "¥12,500.00" in words(browser(cast.gm).get("/notices/sign/"))

    reviews.sign_notice(notice, actor=cast.gm)
    page = words(browser(cast.xiaoli).get(f"/orders/{order.number}/"))
    assert "12,500.00" in page
    assert "14,100.00" not in page
    assert "按净发的算" in page


def test_the_impact_says_it_before_anybody_signs(cast: Cast) -> None:
    order = producing(cast)
    notice = drafted_notice(cast, order, LineChange(order.lines_now[1].pk, close=True))

    body = Caller(cast.laowang).get(f"changes/{notice.change_id}/impact/").json()
    assert "订货金额从 14,100.00 元变成 12,500.00 元" in [one["words"] for one in body["impacts"]]
