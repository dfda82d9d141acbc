"""查询数有顶（DESIGN §8）：行多了，页面的查询数不变。"""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from orders.models import Order
from tests.cast import Cast
from tests.cast_ledger import invoiced, on, paid, sent, shipped
from tests.cast_shipping import again
from tests.pages import browser

LISTS = ("/ledger/", "/ledger/?group=customer", "/ledger/?chip=unpaid", "/invoices/", "/payments/")


def queries(client: object, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200  # type: ignore[attr-defined]
    return len(captured)


def more(cast: Cast, order: Order) -> None:
    """Another delivery, invoice and payment of the same order."""
    sent(cast, order, (1, "10"), (2, "10"))
    invoice = invoiced(cast, again(order), (1, "10"), (2, "10"))
    paid(cast, order, "50", on(invoice, "50"))


@pytest.mark.rule("A61")
@pytest.mark.parametrize("path", LISTS)
def test_a_list_asks_the_same_however_long_it_is(cast: Cast, path: str) -> None:
    order = shipped(cast, (1, "10"))
    more(cast, order)
    client = browser(cast.finance)
    client.get(path)
    few = queries(client, path)
    for _ in range(4):
        more(cast, order)
    more(cast, shipped(cast, (1, "10")))

    assert queries(client, path) == few
    assert few <= 20


@pytest.mark.rule("A62")
@pytest.mark.parametrize("page", ["orders/{order}/?tab=ledger", "invoices/{invoice}/", "payments/{payment}/"])
def test_a_page_asks_the_same_however_much_is_on_it(cast: Cast, page: str) -> None:
    order = shipped(cast, (1, "10"))
    invoice = invoiced(cast, order, (1, "10"))
    payment = paid(cast, order, "5", on(invoice, "5"))
    path = "/" + page.format(order=order.number, invoice=invoice.pk, payment=payment.pk)
    client = browser(cast.finance)
    client.get(path)
    few = queries(client, path)
    for _ in range(3):
        more(cast, order)

    assert queries(client, path) <= few + 1
    assert few <= 45
