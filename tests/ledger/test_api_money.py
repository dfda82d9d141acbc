"""发票与收款的接口（API.md）：形状、错误、动作与不多的语句。"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.models import Invoice, Payment
from orders.models import Order
from tests.caller import Caller
from tests.cast import Cast
from tests.cast_ledger import deposited, drafted, invoiced, on, paid, registered, shipped
from tests.cast_shipping import line_of
from workflow import clock

MOST = 12


def invoice_body(order: Order, **changes: Any) -> dict[str, Any]:
    lines = [
        {"order_line": line_of(order, 1).pk, "quantity": "1000", "amount": "12500.00"},
        {"order_line": line_of(order, 2).pk, "quantity": "500"},
    ]
    return {"customer": "C001", "number": "FP1", "date": str(clock.today()), "lines": lines} | changes


def errors(reply: Any) -> list[tuple[str, str]]:
    assert reply.status_code == 400, reply.content
    return [(row["field"], row["message"]) for row in reply.json()["errors"]]


@pytest.mark.rule("A63")
def test_an_invoice_is_drafted_and_issued(cast: Cast) -> None:
    finance, order = Caller(cast.finance), shipped(cast)

    made = finance.post("invoices/", invoice_body(order)).json()
    assert {key: made[key] for key in ("number", "state", "amount", "tax", "paid", "open", "tax_rate")} == {
        "number": "FP1", "state": "draft", "amount": "14100.00", "tax": "1622.12", "paid": "0.00", "open": "14100.00",
        "tax_rate": "0.1300",
    }  # fmt: skip
    assert [(line["order"], line["position"], line["amount"]) for line in made["lines"]] == [
        (order.number, 1, "12500.00"),
        (order.number, 2, "1600.00"),
    ]
    issued = finance.post(f"invoices/{made['id']}/issue/").json()
    assert (issued["state"], issued["issued_by"], issued["open"]) == ("issued", "finance", "14100.00")
    again = finance.get(f"invoices/{made['id']}/").json()
    assert again["moves"] == []
    assert "moves" not in issued


@pytest.mark.rule("A63")
def test_what_is_wrong_with_an_invoice_is_named_at_its_field(cast: Cast) -> None:
    finance, order = Caller(cast.finance), shipped(cast, (1, "600"))
    line = {"order_line": line_of(order, 1).pk, "quantity": "600"}

    assert [field for field, _words in errors(finance.post("invoices/", invoice_body(order, lines=[])))] == ["lines"]
    wrong = invoice_body(order, lines=[line | {"amount": "1"}])
    assert errors(finance.post("invoices/", wrong)) == [
        ("lines.0.amount", "第 1 行金额应为 7,500.00 元，给的是 1.00 元")
    ]
    unknown = invoice_body(order, lines=[line | {"order_line": 999999}])
    assert errors(finance.post("invoices/", unknown)) == [("lines.0.order_line", "没有这一行 999999")]
    for field, value in (("customer", "C999"), ("date", "2026-1-1"), ("state", "issued"), ("number", "x y")):
        body = invoice_body(order, lines=[line], **{field: value})
        assert field in [name for name, _words in errors(finance.post("invoices/", body))]
    for quantity in ("1e3", "-1", "NaN", 1.5e300, "1_000", "0", "٣", None, True):
        body = invoice_body(order, lines=[line | {"quantity": quantity}])
        assert finance.post("invoices/", body).status_code == 400
    assert not Invoice.objects.exists()


@pytest.mark.rule("I6")
def test_goods_invoiced_elsewhere_block_with_a_sentence(cast: Cast) -> None:
    finance, order = Caller(cast.finance), shipped(cast)
    second = drafted(cast, order)
    invoiced(cast, order)

    reply = finance.post(f"invoices/{second.pk}/issue/")

    assert reply.status_code == 422
    assert [(row["rule"], row["article"]) for row in reply.json()["refusals"]] == [("A62", "第六章，开票")] * 2
    moves = {move["name"]: move for move in finance.get(f"invoices/{second.pk}/").json()["moves"]}
    assert len(moves["issue"]["refusals"]) == 2
    assert finance.post(f"invoices/{second.pk}/discard/").json()["state"] == "discarded"
    assert finance.post(f"invoices/{second.pk}/issue/").status_code == 409


@pytest.mark.rule("A63")
def test_a_red_letter(cast: Cast) -> None:
    finance, order = Caller(cast.finance), shipped(cast)
    invoice = invoiced(cast, order)
    body = {"number": "R1", "date": str(clock.today()), "reason": "客户退货",
            "lines": [{"order_line": line_of(order, 1).pk, "quantity": "10"}]}  # fmt: skip

    red = finance.post(f"invoices/{invoice.pk}/red/", body)

    assert red.status_code == 201
    assert (red.json()["amount"], red.json()["red_of"], red.json()["state"]) == ("-125.00", invoice.pk, "draft")
    finance.post(f"invoices/{red.json()['id']}/issue/")
    assert finance.get(f"invoices/{invoice.pk}/").json()["open"] == "13975.00"


@pytest.mark.rule("A63")
def test_a_payment_is_registered_confirmed_and_reversed(cast: Cast) -> None:
    finance, order = Caller(cast.finance), shipped(cast)
    invoice = invoiced(cast, order)
    body = {"customer": "C001", "date": str(clock.today()), "amount": "14000.00", "bank_reference": "ICBC-1",
            "allocations": [{"invoice": invoice.pk, "amount": "13000.00"}]}  # fmt: skip

    made = finance.post("payments/", body).json()
    assert (made["state"], made["kind"], made["unallocated"], made["reversed"]) == (
        "registered",
        "payment",
        "1000.00",
        False,
    )
    confirmed = finance.post(f"payments/{made['id']}/confirm/").json()
    assert (confirmed["state"], confirmed["confirmed_by"]) == ("confirmed", "finance")
    assert finance.post(f"payments/{made['id']}/reverse/", {}).status_code == 400
    assert finance.post(f"payments/{made['id']}/reverse/", {"reason": "退票"}).json()["reversed"] is True
    assert finance.get(f"orders/{order.number}/balances/").json()["total"]["receivable"] == "14100.00"


@pytest.mark.rule("A63")
def test_what_was_left_over_is_allocated(cast: Cast) -> None:
    finance, order = Caller(cast.finance), shipped(cast)
    invoice = invoiced(cast, order)
    payment = paid(cast, order, "14000", on(invoice, "13000"))

    body = {"allocations": [{"order": order.number, "amount": "1000"}]}
    allocated = finance.post(f"payments/{payment.pk}/allocate/", body).json()

    assert allocated["unallocated"] == "0.00"
    assert [(row["invoice"], row["order"], row["amount"]) for row in allocated["allocations"]] == [
        (invoice.pk, None, "13000.00"),
        (None, order.number, "1000.00"),
    ]
    assert finance.post(f"payments/{payment.pk}/allocate/", body).status_code == 400


@pytest.mark.rule("B7")
def test_who_may_see_and_touch_money(cast: Cast) -> None:
    order = shipped(cast)
    invoice, payment = invoiced(cast, order), registered(cast, order, "10", order=order)
    for person in (cast.engineering, cast.warehouse):
        for path in ("ledger/entries/", "invoices/", "payments/", f"orders/{order.number}/balances/"):
            assert Caller(person).get(path).status_code == 403
    stranger = Caller(cast.xiaochen)
    for path in (f"invoices/{invoice.pk}/", f"payments/{payment.pk}/", f"orders/{order.number}/balances/"):
        assert stranger.get(path).status_code == 404
    for person in (cast.xiaoli, cast.laowang, cast.director):
        assert Caller(person).post(f"payments/{payment.pk}/confirm/").status_code == 403
    assert Payment.objects.get(pk=payment.pk).state == "registered"


@pytest.mark.rule("A63")
def test_lists_are_narrowed_with_few_statements(cast: Cast) -> None:
    order = shipped(cast)
    for part in ("100", "200", "300"):
        invoiced(cast, order, (1, part))
        registered(cast, order, "1")
    deposited(cast, order, "5")
    finance = Caller(cast.finance)
    finance.get("me/")
    for path, count in (("invoices/", 3), ("payments/", 4)):
        with CaptureQueriesContext(connection) as captured:
            rows = finance.get(path).json()["results"]
        assert (len(rows), len(captured) <= 4) == (count, True)
    assert len(finance.get("payments/", state="registered").json()["results"]) == 3
    assert len(finance.get("payments/", order=order.number).json()["results"]) == 1
    assert finance.get("invoices/", state="draft", customer="C001").json()["results"] == []


@pytest.mark.rule("A63")
def test_a_move_takes_at_most_twelve_statements(cast: Cast) -> None:
    order = shipped(cast)
    finance = Caller(cast.finance)
    finance.get("me/")
    invoice = drafted(cast, order)
    counts = [_count(lambda: finance.post(f"invoices/{invoice.pk}/issue/"))]
    waiting = registered(cast, order, "14100", on(invoice, "14100"))
    counts.append(_count(lambda: finance.post(f"payments/{waiting.pk}/confirm/")))
    assert max(counts) <= MOST, counts


def _count(act: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert act().status_code == 200
    return sum(not row["sql"].startswith(("SAVEPOINT", "RELEASE")) for row in captured)
