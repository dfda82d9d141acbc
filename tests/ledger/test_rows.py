"""附件5 的行（第六章，A61）：一行货的开票与收款照发出的先后摊到各行，各行加起来就是这一行货的余额。"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from ledger.balances import lines_of
from ledger.models import Entry
from ledger.rows import Row, rows_of, spread
from orders.models import Order
from tests.cast import Cast, accepted, line_input
from tests.cast_ledger import against, came_back, invoiced, on, paid, sent, shipped, taken_back
from tests.cast_shipping import again
from workflow import clock


def rows(order: Order, **until: dt.date) -> list[Row]:
    return rows_of(Entry.objects.goods_out().filter(order=order).select_related("order").order_by("id"), **until)


@pytest.mark.rule("A61")
def test_invoices_and_money_lie_on_the_earliest_rows(cast: Cast) -> None:
    order = accepted(cast)
    for part in ("400", "300", "300"):
        sent(cast, order, (1, part))
    invoice = invoiced(cast, again(order), (1, "500"), number="FP1")
    paid(cast, order, "6000", on(invoice, "6000"))

    found = [(r.entry.quantity, r.invoiced, r.uninvoiced, r.received, r.receivable, r.invoices) for r in rows(order)]

    bill = [("FP1", clock.today())]
    assert found == [
        (400, 5000, 0, 5000, 0, bill),
        (300, 1250, 2500, 1000, 2750, bill),
        (300, 0, 3750, 0, 3750, []),
    ]


@pytest.mark.rule("A61")
def test_a_return_stands_in_the_row_of_its_goods(cast: Cast) -> None:
    order = accepted(cast)
    delivery = sent(cast, order, (1, "1000"))
    came_back(cast, delivery, 1, "100")
    came_back(cast, delivery, 1, "50", "replace")

    row = rows(order)[0]

    assert (row.returned, row.billable, row.net_amount) == (150, 900, 11250)
    assert row.remark == "退货冲减；退货换货"


@pytest.mark.rule("A62")
def test_the_rows_of_a_line_add_up_to_its_balance(cast: Cast) -> None:
    order = accepted(cast)
    first, _second = sent(cast, order, (1, "400")), sent(cast, order, (1, "300"))
    invoice = invoiced(cast, again(order), (1, "600"))
    paid(cast, order, "9000", against(order, "9000"))
    taken_back(cast, invoice, (1, "50"))
    came_back(cast, first, 1, "390")

    _line, balance = lines_of(again(order))[0]
    found = rows(order)
    assert sum(row.uninvoiced for row in found) == balance.uninvoiced
    assert sum(row.receivable for row in found) == balance.receivable
    assert sum(row.invoiced_unpaid for row in found) == balance.invoiced_unpaid
    assert sum(row.uninvoiced_quantity for row in found) == balance.to_invoice


@pytest.mark.rule("A61")
def test_as_it_stood_on_a_day(cast: Cast) -> None:
    yesterday = clock.today() - dt.timedelta(days=1)
    order = shipped(cast, (1, "400"), on=yesterday, lines=[line_input()])
    sent(cast, order, (1, "100"))
    paid(cast, order, "5000", order=order)

    assert [(row.entry.quantity, row.received) for row in rows(order, until=yesterday)[:1]] == [(400, 0)]
    assert [(row.received, row.paid_on) for row in rows(order)] == [(5000, clock.today()), (0, None)]


@pytest.mark.rule("A6.6")
def test_a_row_says_when_it_is_due_and_how_late(cast: Cast) -> None:
    today = clock.today()
    late = rows(shipped(cast, on=today - dt.timedelta(days=40)))[0]
    fresh = rows(shipped(cast, on=today))[0]

    assert (late.due, late.days_late, late.age) == (today - dt.timedelta(days=10), 10, "逾期 10 天")
    assert (fresh.due, fresh.age) == (today + dt.timedelta(days=30), "未到期")


@pytest.mark.parametrize(
    ("total", "parts", "laid"),
    [
        (5, [3, 3], [3, 2]),
        (7, [3, 3], [3, 4]),
        (0, [3, 3], [0, 0]),
        (-2, [3, 3], [-2, 0]),
        (4, [5, -2, 3], [4, -1, 1]),
        (4, [], []),
    ],
)
def test_spreading_keeps_the_total(total: int, parts: list[int], laid: list[int]) -> None:
    assert spread(Decimal(total), [Decimal(part) for part in parts]) == laid
