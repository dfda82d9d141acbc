"""接口登记检验：品质部门逐行，字段名照 API.md；坏输入 400 且什么都没写。"""

from __future__ import annotations

from typing import Any

import pytest

from production.models import Inspection
from tests.caller import Caller
from tests.cast import Cast
from tests.cast_production import inspected, producing
from tests.cast_reviews import issued


@pytest.mark.rule("A51")
def test_the_reply_is_the_inspection(cast: Cast) -> None:
    order = producing(cast)
    given = {"line": order.lines_now[0].pk, "accepted": "960", "concession": "20", "rework": "20", "report_no": "J7"}

    reply = Caller(cast.printing_qc).post(f"orders/{order.number}/inspections/", given)

    assert reply.status_code == 201, reply.content
    one = reply.json()
    assert (one["line"], one["accepted"], one["passed"], one["rejected"], one["report_no"], one["by"]) == (
        given["line"], "960.000", "980.000", "0.000", "J7", "printing_qc",
    )  # fmt: skip


@pytest.mark.rule("A51")
def test_refusals_by_status(cast: Cast) -> None:
    order, early = producing(cast), issued(cast)
    path, given = f"orders/{order.number}/inspections/", {"line": order.lines_now[0].pk, "accepted": "10"}
    qc = Caller(cast.printing_qc)

    assert Caller(cast.xiaoli).post(path, given).status_code == 403
    assert Caller(cast.paper_qc).post(path, given).status_code == 404
    assert qc.post(path, given | {"notice": "TZ26-999999"}).status_code == 422
    wrong_state = qc.post(f"orders/{early.number}/inspections/", {"line": early.lines_now[0].pk, "accepted": "1"})
    assert wrong_state.status_code == 409
    assert not Inspection.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("accepted", "1e3"), ("accepted", "-1"), ("accepted", "NaN"), ("accepted", None), ("accepted", "0"),
        ("rework", "1,0"), ("rejected", "1.0001"), ("concession", "99999999999999"), ("line", 999999),
        ("line", "x"), ("report_no", "J\u200b1"), ("report_no", "x" * 41), ("corrects", 999999), ("by", "gm"),
    ],
)  # fmt: skip
def test_bad_input_is_named_and_nothing_is_written(cast: Cast, field: str, value: Any) -> None:
    order = producing(cast)
    given = {"line": order.lines_now[0].pk, "accepted": "10", field: value}

    reply = Caller(cast.printing_qc).post(f"orders/{order.number}/inspections/", given)

    assert reply.status_code == 400, (field, value, reply.content)
    assert any(field in error["field"] for error in reply.json()["errors"]), reply.json()
    assert not Inspection.objects.exists()


@pytest.mark.rule("A51")
def test_lists_follow_the_order_s_visibility(cast: Cast) -> None:
    order = producing(cast)
    inspected(cast, order, order.lines_now[0])

    qc = Caller(cast.printing_qc)
    assert [row["order"] for row in qc.get("inspections/").json()["results"]] == [order.number]
    assert len(qc.get(f"orders/{order.number}/inspections/").json()["results"]) == 1
    assert Caller(cast.paper_qc).get("inspections/").json()["results"] == []
    assert qc.get("inspections/", line="1").status_code == 400
