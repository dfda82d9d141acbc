"""台账、余额、调整的接口（API.md，A61–A63）。"""

from __future__ import annotations

import pytest

from orders import services as orders
from tests.caller import Caller
from tests.cast import Cast, order_input
from tests.cast_ledger import invoiced, on, paid, sent, shipped
from tests.cast_shipping import again, line_of


@pytest.mark.rule("A62")
def test_balances_have_the_shape_that_an_erp_relies_on(cast: Cast) -> None:
    order = shipped(cast, (1, "600"))
    paid(cast, order, "1000", on(invoiced(cast, order, (1, "400")), "1000"))

    body = Caller(cast.xiaoli).get(f"orders/{order.number}/balances/").json()

    first, second = body["lines"]
    assert first["line"] == line_of(order, 1).pk
    assert {key: first[key] for key in ("ordered", "shipped", "returned", "net_shipped")} == {
        "ordered": "1000.000", "shipped": "600.000", "returned": "0.000", "net_shipped": "600.000",
    }  # fmt: skip
    money = {"shipped_amount": "7500.00", "invoiced": "5000.00", "uninvoiced": "2500.00", "received": "1000.00",
             "receivable": "6500.00"}  # fmt: skip
    assert {key: first[key] for key in money} == {key: body["total"][key] for key in money} == money
    assert second["receivable"] == "0.00"


@pytest.mark.rule("A62")
def test_ledger_balances_are_grouped_and_narrowed(cast: Cast) -> None:
    order = shipped(cast)
    other = orders.create_order(order_input(), actor=cast.xiaochen)
    orders.submit_order(other, actor=cast.xiaochen)
    sent(cast, again(orders.accept_order(other, actor=cast.laowang)), by=cast.xiaochen)
    paid(cast, order, "500")
    finance = Caller(cast.finance)

    body = finance.get("ledger/balances/", group_by="coordinator").json()
    assert (body["total"]["receivable"], body["unallocated"]) == ("28200.00", "500.00")
    assert {row["key"]: row["receivable"] for row in body["groups"]} == {"xiaoli": "14100.00", "xiaochen": "14100.00"}
    assert finance.get("ledger/balances/", order=order.number).json()["total"]["receivable"] == "14100.00"
    assert finance.get("ledger/balances/", to="2020-01-01").json()["total"]["receivable"] == "0.00"
    assert Caller(cast.xiaochen).get("ledger/balances/").json()["total"]["receivable"] == "14100.00"
    for bad in ({"group_by": "month"}, {"from": "2026-13-01"}, {"order": "GD99-000001"}, {"colour": "red"}):
        assert finance.get("ledger/balances/", **bad).status_code == 400


@pytest.mark.rule("A61")
def test_entries_are_listed_newest_first_by_cursor(cast: Cast) -> None:
    order = shipped(cast)
    page = Caller(cast.finance).get("ledger/entries/", page_size=1, order=order.number).json()

    row = page["results"][0]
    assert (row["position"], row["quantity"], row["amount"], row["unit_price"]) == (2, "500.000", "1600.00", "3.200000")
    assert row["delivery"].startswith("S-")
    assert page["next"]
    assert Caller(cast.xiaochen).get("ledger/entries/").json()["results"] == []


@pytest.mark.rule("A63")
def test_adjustments(cast: Cast) -> None:
    order = shipped(cast)
    sent(cast, order, (1, "1"))
    body = {"line": line_of(order, 1).pk, "amount": "-12.50", "kind": "discount", "reason": "折让"}
    path = f"orders/{order.number}/adjustments/"

    made = Caller(cast.finance).post(path, body).json()
    assert (made["state"], made["amount"]) == ("proposed", "-12.50")
    assert Caller(cast.finance).post(f"adjustments/{made['id']}/approve/").status_code == 403
    assert Caller(cast.director).post(f"adjustments/{made['id']}/approve/").json()["state"] == "approved"
    assert Caller(cast.finance).get(path).json()["results"][0]["decided_by"] == "director"
