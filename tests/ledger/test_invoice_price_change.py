"""更改单价以前发的货，照发出时的价开票（A22、A62）；新价只用于以后发的。"""

from __future__ import annotations

from decimal import Decimal

import pytest

from ledger.billing import left_to_invoice
from ledger.models import Entry, InvoiceLine
from ledger.proof import inside
from ledger.services import correct_entry
from orders.models import Order
from orders.services import LineChange, apply_change
from orders.services.changing import Changes
from tests.cast import Cast
from tests.cast_ledger import came_back, invoiced, sent
from tests.cast_production import producing
from tests.cast_shipping import again, line_of
from tests.pages import browser, words

OLD, NEW = Decimal("12.50"), Decimal("15")


def dearer(cast: Cast, order: Order, price: Decimal = NEW) -> Order:
    """更改生效：第 1 行改了单价。"""
    change = Changes([LineChange(line_of(order, 1).pk, unit_price=price)])
    return again(apply_change(again(order), change, actor=cast.xiaoli))


def shipped_at_both(cast: Cast) -> Order:
    """400 本照 12.50 发了，改成 15.00，又发 600 本。"""
    order = producing(cast)
    sent(cast, order, (1, "400"))
    order = dearer(cast, order)
    sent(cast, order, (1, "600"))
    return order


def billed(cast: Cast, order: Order, quantity: str) -> tuple[Decimal, Decimal]:
    line: InvoiceLine = invoiced(cast, order, (1, quantity)).lines_now[0]
    return line.unit_price, line.amount


@pytest.mark.rule("A22", "A62")
def test_goods_shipped_before_the_change_keep_their_price(cast: Cast) -> None:
    order = producing(cast)
    sent(cast, order, (1, "400"))
    order = dearer(cast, order)
    assert billed(cast, order, "100") == (OLD, Decimal("1250.00"))
    assert billed(cast, order, "300") == (OLD, Decimal("3750.00"))
    assert list(inside()) == []


@pytest.mark.rule("A22", "A62")
def test_what_went_out_first_is_invoiced_first(cast: Cast) -> None:
    order = shipped_at_both(cast)
    assert billed(cast, order, "400") == (OLD, Decimal("5000.00"))
    assert billed(cast, order, "100") == (NEW, Decimal("1500.00"))
    assert billed(cast, order, "500") == (NEW, Decimal("7500.00"))
    assert list(inside()) == []


@pytest.mark.rule("A62")
def test_an_invoice_over_both_prices_is_their_sum(cast: Cast) -> None:
    order = shipped_at_both(cast)
    assert billed(cast, order, "500") == (Decimal("13.000000"), Decimal("6500.00"))
    assert billed(cast, order, "500") == (NEW, Decimal("7500.00"))


@pytest.mark.rule("A22")
def test_an_average_that_equals_the_line_hides_nothing(cast: Cast) -> None:
    order = shipped_at_both(cast)
    order = dearer(cast, order, Decimal("14"))  # 400 × 12.50 + 600 × 15 = 1,000 × 14
    assert billed(cast, order, "400") == (OLD, Decimal("5000.00"))


@pytest.mark.rule("A56", "A62")
def test_what_came_back_is_not_invoiced_at_its_price(cast: Cast) -> None:
    order = producing(cast)
    first = sent(cast, order, (1, "400"))
    order = dearer(cast, order)
    sent(cast, order, (1, "600"))
    came_back(cast, first, 1, "150")
    assert billed(cast, order, "250") == (OLD, Decimal("3125.00"))
    assert billed(cast, order, "600") == (NEW, Decimal("9000.00"))
    assert list(inside()) == []


@pytest.mark.rule("A61")
def test_a_corrected_shipment_is_invoiced_at_its_corrected_price(cast: Cast) -> None:
    order = shipped_at_both(cast)
    correct_entry(Entry.objects.order_by("pk")[0], Decimal("10"), "价格记错", actor=cast.finance)
    assert billed(cast, order, "400") == (Decimal(10), Decimal("4000.00"))


@pytest.mark.rule("A62")
def test_the_remainder_is_to_the_cent(cast: Cast) -> None:
    order = producing(cast)
    sent(cast, order, (1, "333"))
    order = dearer(cast, order, Decimal("3.333333"))
    sent(cast, order, (1, "667"))
    amounts = [billed(cast, order, quantity)[1] for quantity in ("111", "300", "589")]
    assert sum(amounts) == Decimal("4162.50") + Decimal("2223.33")
    assert list(inside()) == []


@pytest.mark.rule("A62")
def test_the_page_shows_at_which_price_it_went_out(cast: Cast) -> None:
    order = shipped_at_both(cast)
    left = left_to_invoice([line_of(order, 1)])[line_of(order, 1).pk]
    assert [(part.quantity, part.unit_price) for part in left.parts] == [(400, OLD), (600, NEW)]
    page = words(browser(cast.finance).get("/invoices/new/", {"order": order.number}))
    assert "400 × 12.50" in page
    assert "600 × 15.00" in page
