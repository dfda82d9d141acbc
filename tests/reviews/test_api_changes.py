"""接口上的更改（API.md orders/{n}/changes/）：申请、影响、评审、签发，一签旧单即作废。"""

from __future__ import annotations

from typing import Any

import pytest

from orders.models import Order
from reviews import points
from tests.caller import Caller
from tests.cast import Cast
from tests.cast_changes import reviewing, submitted
from tests.cast_production import producing
from tests.cast_reviews import HEADS, day, issued, signed
from tests.cast_shipping import again

pytestmark = [pytest.mark.django_db, pytest.mark.rule("A22")]

PRINTING = ["engineering", "material_control", "printing_manufacturing", "printing_quality"]
ADDED = {"unit": "本", "quantity": "1", "unit_price": "1", "product_name": "册"}


def body_of(order: Order, **changes: Any) -> dict[str, Any]:
    """客户来函：第 1 行加到 1,200。"""
    return {"reason": "客户追加", "lines": [{"line": order.lines_now[0].pk, "quantity": "1200"}]} | changes


def answers(cast: Cast, review: dict[str, Any]) -> None:
    """每个被问到的部门负责人都签。"""
    said = {"verdict": "agree", "planned_date": str(day(12)), "points": dict.fromkeys(points.CODES, True)}
    for answer in review["answers"]:
        code = answer["department"]
        reply = Caller(getattr(cast, HEADS[code])).post(f"reviews/{review['id']}/answers/{code}/sign/", said)
        assert reply.status_code == 200, reply.json()


def test_from_the_request_to_the_new_notice(cast: Cast) -> None:
    order, li, wang = producing(cast), Caller(cast.xiaoli), Caller(cast.laowang)
    old = li.get(f"orders/{order.number}/notices/").json()["results"][0]

    made = li.post(f"orders/{order.number}/changes/", body_of(order)).json()
    assert (made["state"], made["lines"][0]["quantity"], made["lines"][0]["was"]["quantity"]) == (
        "draft", "1200.000", "1000.000",
    )  # fmt: skip
    assert li.post(f"changes/{made['id']}/submit/").json()["number"].startswith("GG")
    review = wang.post(f"changes/{made['id']}/reviews/", {"form": "distributed"}).json()
    assert {answer["department"] for answer in review["answers"]} == set(PRINTING)
    answers(cast, review)
    assert wang.post(f"reviews/{review['id']}/conclude/", {"outcome": "pass"}).json()["change"] == made["id"]

    notice = li.post(f"orders/{order.number}/notices/").json()
    assert (notice["change_of"], notice["version"], notice["change"]) == (old["number"], 2, made["id"])
    done = Caller(cast.gm).post(f"notices/{notice['number']}/sign/").json()
    assert done["state"] == "signed"
    assert li.get(f"notices/{old['number']}/").json()["state"] == "void"
    assert li.get(f"changes/{made['id']}/").json()["state"] == "effective"
    body = li.get(f"orders/{order.number}/").json()
    assert (body["version"], body["lines"][0]["quantity"], body["state"]) == (2, "1200.000", "producing")


def test_work_reported_under_the_old_notice_is_refused_and_the_new_one_named(cast: Cast) -> None:
    order, li = producing(cast), Caller(cast.xiaoli)
    old = li.get(f"orders/{order.number}/notices/").json()["results"][0]["number"]
    change = signed(cast, reviewing(cast, order)).change
    assert change is not None
    Caller(cast.laowang).post(f"reviews/{change.rounds.get().pk}/conclude/", {"outcome": "pass"})
    number = li.post(f"orders/{order.number}/notices/").json()["number"]
    new = Caller(cast.gm).post(f"notices/{number}/sign/").json()["number"]
    visit = {"process": "印刷", "notice": old, "lines": [{"line": order.lines_now[0].pk, "done_quantity": "10"}]}

    refused = li.post(f"orders/{order.number}/visits/", visit)

    assert refused.status_code == 422
    assert refused.json()["refusals"][0]["words"] == f"通知单 {old} 现在是「作废」，不能照它做；已由 {new} 取代，等发放"


def test_the_impact_names_what_stands_in_the_way(cast: Cast) -> None:
    change = submitted(cast)

    body = Caller(cast.xiaoli).get(f"changes/{change.pk}/impact/").json()

    assert body["refusals"] == []
    assert {one["grade"] for one in body["impacts"]} == {"do"}
    assert any("有 4 份在外面（技术中心、物控部、印刷制造部、印刷品质部）" in one["words"] for one in body["impacts"])


def test_departments_see_no_price(cast: Cast) -> None:
    order = producing(cast)
    line = {"line": order.lines_now[0].pk, "unit_price": "11.80", "quantity": "1100"}
    li = Caller(cast.xiaoli)
    made = li.post(f"orders/{order.number}/changes/", body_of(order, lines=[line])).json()
    li.post(f"changes/{made['id']}/submit/")
    Caller(cast.laowang).post(f"changes/{made['id']}/reviews/", {"form": "distributed"})

    seen = Caller(cast.printing_mfg).get(f"changes/{made['id']}/")

    assert "11.8" in li.get(f"changes/{made['id']}/").content.decode()
    assert "unit_price" not in seen.json()["lines"][0]
    assert "11.8" not in seen.content.decode()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"lines": []}, "lines"),
        ({"lines": [{"line": 999999999, "quantity": "5"}]}, "lines.0.line"),
        ({"lines": [{"quantity": "5"}]}, "lines.0.line"),
        ({"lines": [{"add": ADDED | {"quantity": "0"}}]}, "lines.0.quantity"),
        ({"lines": [{"add": ADDED | {"product": "P999"}}]}, "lines.0.product"),
        ({"departments": ["paper_quality"]}, "departments"),
        ({"departments": ["nobody"]}, "departments"),
        ({"cancel": True}, "cancel"),
        ({"reason": ""}, "reason"),
        ({"colour": "red"}, "colour"),
        ({"cancel": "yes"}, "cancel"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_400_at_its_field(cast: Cast, wrong: dict[str, Any], field: str) -> None:
    order = producing(cast)

    reply = Caller(cast.xiaoli).post(f"orders/{order.number}/changes/", body_of(order, **wrong))

    assert (reply.status_code, [error["field"] for error in reply.json()["errors"]]) == (400, [field])
    assert not order.change_requests.exists()


def test_a_cancellation_ends_with_everything_void(cast: Cast) -> None:
    order, li = issued(cast), Caller(cast.xiaoli)
    made = li.post(f"orders/{order.number}/changes/", {"reason": "客户不要了", "cancel": True}).json()
    li.post(f"changes/{made['id']}/submit/")
    review = Caller(cast.laowang).post(f"changes/{made['id']}/reviews/", {"form": "distributed"}).json()
    answers(cast, review)
    Caller(cast.laowang).post(f"reviews/{review['id']}/conclude/", {"outcome": "pass"})
    number = li.post(f"orders/{order.number}/notices/").json()["number"]

    assert Caller(cast.gm).post(f"notices/{number}/sign/").json()["state"] == "void"
    states = [one["state"] for one in li.get(f"orders/{order.number}/notices/").json()["results"]]
    assert (again(order).state, states) == ("cancelled", ["void", "void"])
