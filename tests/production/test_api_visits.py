"""接口登记巡查：一张单或一趟多单，字段名照 API.md；坏输入 400 且什么都没写。"""

from __future__ import annotations

from typing import Any

import pytest

from orders.models import Order
from production.models import Visit
from tests.caller import Caller
from tests.cast import Cast
from tests.cast_production import producing, visited
from tests.cast_reviews import issued


def body(order: Order, **changes: Any) -> dict[str, Any]:
    lines = [{"line": line.pk, "done_quantity": str(line.quantity)} for line in order.lines_now]
    return {"process": "印刷", "schedule": "ok", "quality": "ok", "note": "正常", "lines": lines} | changes


@pytest.mark.rule("A6.4a")
def test_the_reply_is_the_visit(cast: Cast) -> None:
    order = producing(cast)

    reply = Caller(cast.xiaoli).post(f"orders/{order.number}/visits/", body(order, schedule="late"))

    assert reply.status_code == 201, reply.content
    visit = reply.json()
    assert (visit["order"], visit["process"], visit["schedule"], visit["by"]) == (
        order.number, "印刷", "late", "xiaoli",
    )  # fmt: skip
    assert visit["slot"] in {"am", "pm", "off_hours"}
    assert [row["done_quantity"] for row in visit["lines"]] == ["1000.000", "500.000"]
    assert (visit["attachments"], visit["corrects"], visit["corrected_by"]) == ([], None, None)


@pytest.mark.rule("A6.4a")
def test_one_round_over_many_orders(cast: Cast) -> None:
    first, second = producing(cast), producing(cast)
    rows = [{"order": first.number}, {"order": second.number, "schedule": "risk", "note": "纸晚"}]

    reply = Caller(cast.xiaoli).post("visits/", {"process": "印刷", "note": "都看了", "orders": rows})

    assert reply.status_code == 201, reply.content
    assert [(row["schedule"], row["note"]) for row in reply.json()["visits"]] == [("ok", "都看了"), ("risk", "纸晚")]
    assert {str(visit.round) for visit in Visit.objects.all()} == {reply.json()["round"]}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("done_quantity", "1e5"), ("done_quantity", "-1"), ("done_quantity", "NaN"), ("done_quantity", "1_000"),
        ("done_quantity", "٣"), ("done_quantity", True), ("line", 10**30), ("line", "x"), ("line", 0),
        ("schedule", "fine"), ("quality", ""), ("note", "a\u202eb"), ("note", "a\x00b"), ("at", "昨天"),
        ("process", "x" * 41), ("attachments", [10**30]), ("attachments", ["x"]), ("state", "ok"),
    ],
)  # fmt: skip
def test_bad_input_is_named_and_nothing_is_written(cast: Cast, field: str, value: Any) -> None:
    order = producing(cast)
    given = body(order)
    if field in {"line", "done_quantity"}:
        given["lines"][0][field] = value
    else:
        given[field] = value

    reply = Caller(cast.xiaoli).post(f"orders/{order.number}/visits/", given)

    assert reply.status_code == 400, (field, value, reply.content)
    assert any(field in error["field"] for error in reply.json()["errors"]), reply.json()
    assert not Visit.objects.exists()


@pytest.mark.rule("A22")
def test_refusals_by_status(cast: Cast) -> None:
    order, early = producing(cast), issued(cast)
    li = Caller(cast.xiaoli)
    path = f"orders/{order.number}/visits/"

    assert li.post(path, body(order, notice="TZ26-999999")).json()["refusals"][0]["rule"] == "A22"
    assert li.post(path, body(order, notice="TZ26-999999")).status_code == 422
    assert li.post(f"orders/{early.number}/visits/", body(early)).status_code == 409
    assert Caller(cast.xiaochen).post(path, body(order)).status_code == 404
    assert Caller(cast.printing_mfg).post(path, body(order)).status_code == 403
    assert li.post("visits/", {"orders": [{"order": "GD26-999999"}]}).status_code == 400
    assert not Visit.objects.exists()


@pytest.mark.rule("B8")
def test_lists_are_narrowed_and_strict(cast: Cast) -> None:
    order, other = producing(cast), producing(cast)
    visited(cast, order, schedule="late")
    visited(cast, other)
    wang = Caller(cast.laowang)

    assert [row["schedule"] for row in wang.get("visits/").json()["results"]] == ["ok", "late"]
    assert len(wang.get("visits/", schedule="late", order=order.number).json()["results"]) == 1
    assert wang.get("visits/", schedule="bad").status_code == 400
    assert wang.get("visits/", colour="red").status_code == 400
    assert Caller(cast.xiaochen).get("visits/").json()["results"] == []
    assert len(wang.get(f"orders/{order.number}/visits/").json()["results"]) == 1


@pytest.mark.rule("A9.1")
def test_milestones_say_planned_and_actual(cast: Cast) -> None:
    order = producing(cast)
    visited(cast, order)

    rows = Caller(cast.xiaoli).get(f"orders/{order.number}/milestones/").json()["results"]

    made = next(row for row in rows if row["code"] == "production")
    assert (made["department"], made["late_days"]) == ("printing_manufacturing", 0)
    assert made["actual_to"] == Visit.objects.get().day.isoformat()
