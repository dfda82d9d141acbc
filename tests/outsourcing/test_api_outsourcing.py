"""接口走完一张加工单的一生，字段名照 API.md；坏输入 400 且什么都没写。"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from orders.models import Order
from outsourcing.models import OutsourcingOrder, Receipt
from tests.caller import Caller
from tests.cast import Cast
from tests.cast_outsourcing import made, processor, sent
from tests.cast_production import producing
from workflow import clock


def body(order: Order, **changes: Any) -> dict[str, Any]:
    processor()
    line = {"line": order.lines_now[0].pk, "operation": "覆膜", "quantity": "1000", "unit_price": "0.35"}
    day = (clock.today() + dt.timedelta(days=5)).isoformat()
    return {"order": order.number, "processor": "W003", "delivery_date": day, "lines": [line]} | changes


@pytest.mark.rule("A41")
def test_the_whole_life(cast: Cast) -> None:
    order = producing(cast)
    li, wang, keeper, cash = (Caller(p) for p in (cast.xiaoli, cast.laowang, cast.warehouse, cast.finance))

    made_one = li.post("outsourcing-orders/", body(order))
    assert made_one.status_code == 201, made_one.content
    assert (made_one.json()["state"], made_one.json()["amount"]) == ("draft", "350.00")
    number = wang.post(f"outsourcing-orders/{made_one.json()['number']}/approve/").json()["number"]
    path = f"outsourcing-orders/{number}/"
    assert li.post(f"{path}send/").json()["state"] == "sent"
    issue = keeper.post(f"{path}material-issues/", {"material": "印张", "quantity": "1050", "unit": "张"}).json()
    receipt = keeper.post(f"{path}receipts/", {"received": "1000", "accepted": "990", "rework": "10"})
    assert (receipt.status_code, receipt.json()["rejected"]) == (201, "0.000")
    assert keeper.post(f"{path}material-returns/", {"issue": issue["id"], "quantity": "50"}).status_code == 201
    done = li.post(f"{path}finish-receiving/").json()
    assert (done["state"], done["lines"][0]["accepted"]) == ("received", "990.000")
    assert wang.post(f"{path}reconcile/", {"deduction": "6.50", "reason": "返工"}).json()["payable"] == "340.00"
    assert cash.post(f"{path}settle/").json()["state"] == "settled"


@pytest.mark.rule("A42")
def test_refusals_by_status(cast: Cast) -> None:
    order = producing(cast)
    li = Caller(cast.xiaoli)
    suspended = li.post("outsourcing-orders/", body(order, processor="W004"))
    assert (suspended.status_code, suspended.json()["refusals"][0]["rule"]) == (422, "A42")
    document = made(cast, order)
    path = f"outsourcing-orders/{document.number}/"

    assert li.post(f"{path}send/").status_code == 409
    assert li.post(f"{path}approve/").status_code == 403
    assert Caller(cast.xiaochen).get(path).status_code == 404
    assert li.post(f"{path}approve/", {"state": "approved"}).status_code == 400
    moves = {move["name"] for move in Caller(cast.laowang).get(path).json()["moves"]}
    assert moves == {"approve", "cancel"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("quantity", "1e3"), ("quantity", "0"), ("quantity", "NaN"), ("unit_price", "-1"), ("unit_price", "1,5"),
        ("operation", ""), ("operation", "a\u202eb"), ("line", 10**9), ("processor", "W999"), ("delivery_date", "明天"),
        ("delivery_date", "2020-01-01"), ("order", "GD26-999999"), ("plan", "WJ26-000009"), ("lines", []),
        ("amount", "1.00"),
    ],
)  # fmt: skip
def test_bad_input_is_named_and_nothing_is_written(cast: Cast, field: str, value: Any) -> None:
    given = body(producing(cast))
    if field in given["lines"][0]:
        given["lines"][0][field] = value
    else:
        given[field] = value

    reply = Caller(cast.xiaoli).post("outsourcing-orders/", given)

    assert reply.status_code == 400, (field, value, reply.content)
    assert any(field in error["field"] for error in reply.json()["errors"]), reply.json()
    assert not OutsourcingOrder.objects.exists()


@pytest.mark.rule("A41")
@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"received": "10", "accepted": "9"}, 400), ({"received": "1031", "accepted": "1031"}, 422),
        ({"received": "-1", "accepted": "-1"}, 400), ({"accepted": "10"}, 400),
        ({"received": "10", "accepted": "10", "notice": "TZ26-999999"}, 422),
    ],
)  # fmt: skip
def test_receipts_that_contradict_are_refused(cast: Cast, given: dict[str, str], status: int) -> None:
    document = sent(cast)

    assert Caller(cast.material).post(f"outsourcing-orders/{document.number}/receipts/", given).status_code == status
    assert not Receipt.objects.exists()


@pytest.mark.rule("B7")
def test_fees_are_for_those_who_may_see_money(cast: Cast) -> None:
    document = sent(cast)

    seen = Caller(cast.material).get(f"outsourcing-orders/{document.number}/").json()
    assert "amount" not in seen
    assert "unit_price" not in seen["lines"][0]
    assert Caller(cast.finance).get("outsourcing-orders/", state="sent").json()["results"][0]["amount"] == "350.00"


@pytest.mark.rule("A23.0")
def test_a_plan_over_the_api(cast: Cast) -> None:
    order = producing(cast)
    line = {"line": order.lines_now[0].pk, "operation": "覆膜", "quantity": "1000", "reason": "capacity"}

    plan = Caller(cast.printing_mfg).post("outsourcing-plans/", {"order": order.number, "lines": [line]})

    assert plan.status_code == 201, plan.content
    assert "fee" not in plan.json()["lines"][0]
    answer = Caller(cast.planning).post(f"outsourcing-plans/{plan.json()['number']}/approve/")
    assert (answer.status_code, answer.json()["state"]) == (200, "approved")
    assert Caller(cast.xiaochen).get(f"outsourcing-plans/{answer.json()['number']}/").status_code == 404
