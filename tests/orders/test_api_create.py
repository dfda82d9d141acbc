"""接口登记业务单：算价在服务器，字段名照 API.md，坏输入 400 且什么都没写。"""

from __future__ import annotations

from typing import Any

import pytest

from orders.models import Order
from tests.caller import Caller, order_body
from tests.cast import Cast


@pytest.mark.rule("A6.1a")
def test_the_reply_is_the_document(cast: Cast) -> None:
    reply = Caller(cast.xiaoli).post("orders/", order_body())

    assert reply.status_code == 201, reply.content
    body = reply.json()
    assert (body["state"], body["amount"], body["tax_amount"]) == ("draft", "14100.00", "1622.12")
    assert [line["amount"] for line in body["lines"]] == ["12500.00", "1600.00"]
    assert body["number"].startswith("D-")
    assert reply.headers["ETag"] == '"1"'


@pytest.mark.rule("A6.1e")
def test_the_provisional_number_keeps_resolving(cast: Cast) -> None:
    li, wang = Caller(cast.xiaoli), Caller(cast.laowang)
    provisional = li.post("orders/", order_body()).json()["number"]
    li.post(f"orders/{provisional}/submit/")
    formal = wang.post(f"orders/{provisional}/accept/").json()["number"]

    assert formal == "GD26-000001"
    assert li.get(f"orders/{provisional}/").json()["number"] == formal
    assert li.get(f"orders/{formal}/").json()["state"] == "accepted"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("quantity", "1e5"), ("quantity", "1_000"), ("quantity", "-0"), ("quantity", "NaN"),
        ("quantity", "Infinity"), ("quantity", "٣"), ("quantity", "0"), ("quantity", "-5"),
        ("quantity", "1,000"), ("quantity", True), ("quantity", "1.0001"), ("quantity", "99999999999999"),
        ("quantity", None), ("quantity", [1]), ("unit_price", "1e400"), ("unit", ""), ("unit", "\u202e本"),
        ("specification", "a\x00b"), ("specification", "a\u200bb"), ("product", "P999"),
        ("product_name", "x" * 10_000), ("state", "issued"), ("requested_date", "2026-02-30"),
        ("requested_date", "2026/1/2"),
    ],
)  # fmt: skip
def test_bad_lines_are_refused_and_nothing_is_written(cast: Cast, field: str, value: Any) -> None:
    line = order_body()["lines"][0] | {field: value}
    reply = Caller(cast.xiaoli).post("orders/", order_body(lines=[line]))

    assert reply.status_code == 400, (field, value, reply.content)
    problem = reply.json()
    assert reply.headers["Content-Type"] == "application/problem+json"
    assert any(field in error["field"] for error in problem["errors"]), problem
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"state": "accepted"}, {"submitted_by": 1}, {"lines": []}, {"customer": "C999"},
        {"business_kind": "x"}, {"basis": "wish"}, {"requested_date": "0001-01-01"},
        {"requested_date": "9999-12-31"}, {"currency": "XXX"}, {"tax_rate": "1.5"}, {"coordinator": "finance"},
        {"requirements": {"standard": 5}}, {"customer_po": "PO\u200b1"},
    ],
)  # fmt: skip
def test_bad_heads_are_refused_and_nothing_is_written(cast: Cast, change: dict[str, Any]) -> None:
    reply = Caller(cast.xiaoli).post("orders/", order_body(**change))

    assert reply.status_code == 400, (change, reply.content)
    assert next(iter(change)) in {error["field"].split(".")[0] for error in reply.json()["errors"]}
    assert not Order.objects.exists()


def test_full_width_digits_are_read(cast: Cast) -> None:
    line = order_body()["lines"][0] | {"quantity": "１０００", "unit_price": "１２．５"}
    body = Caller(cast.xiaoli).post("orders/", order_body(lines=[line])).json()

    assert (body["lines"][0]["quantity"], body["lines"][0]["amount"]) == ("1000.000", "12500.00")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"[]",
        b'"x"',
        b'{"a": NaN}',
        b'{"basis": "fax", "basis": "none"}',
        b"[" * 30_000,
        b"\xff\xfe",
        b"{} {}",
    ],
)
def test_bodies_that_are_no_json_object_are_refused(cast: Cast, raw: bytes) -> None:
    reply = Caller(cast.xiaoli).send("POST", "orders/", raw)

    assert reply.status_code == 400, reply.content
    assert not Order.objects.exists()


@pytest.mark.rule("B7")
def test_a_department_may_not_create(cast: Cast) -> None:
    assert Caller(cast.engineering).post("orders/", order_body()).status_code == 403


def test_an_external_id_is_taken_once(cast: Cast) -> None:
    erp = Caller(cast.erp)
    body = order_body(external_id="SO-1", coordinator="xiaoli")

    assert erp.post("orders/", body).status_code == 201
    second = erp.post("orders/", body)
    assert (second.status_code, second.json()["errors"][0]["field"]) == (400, "external_id")
