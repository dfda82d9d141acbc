"""样品登记簿的接口（API.md）：登记、领用、寄样、放行条；错了说在哪里。"""

from __future__ import annotations

from decimal import Decimal

import pytest

from samples.models import Sample
from tests.caller import Caller
from tests.cast import Cast
from tests.cast_reviews import issued
from tests.cast_samples import day, lent, material, pass_of, prepared, sent, standard


@pytest.mark.rule("A10")
def test_a_thing_is_registered_read_and_closed(cast: Cast) -> None:
    order, li = issued(cast), Caller(cast.xiaoli)
    made = li.post(
        "samples/", {"kind": "standard", "name": "签样", "place": "A-1", "unit": "本", "order": order.number}
    )
    body = made.json()
    assert made.status_code == 201
    assert (body["order"], body["customer"], body["here"], body["holder"]) == (order.number, "C001", "1.000", "xiaoli")
    read = li.get(f"samples/{body['number']}/").json()
    assert [move["name"] for move in read["moves"]] == ["close"]
    assert li.post(f"samples/{body['number']}/move/", {"place": "B-2"}).json()["place"] == "B-2"
    closed = li.post(f"samples/{body['number']}/close/", {"reason": "已销毁"}).json()
    assert (closed["state"], closed["state_display"]) == ("closed", "已注销")
    assert [one["number"] for one in li.get("samples/", state="closed").json()["results"]] == [body["number"]]


@pytest.mark.parametrize(
    ("change", "field"),
    [({"kind": "gold"}, "kind"), ({"colour": "red"}, "colour"), ({"quantity": "1e3"}, "quantity"),
     ({"order": "GD26-999999"}, "order"), ({"line": 999999}, "line"), ({"holder": "nobody"}, "holder"),
     ({"quantity": "0"}, "quantity")],
)  # fmt: skip
def test_bad_input_is_named(cast: Cast, change: dict[str, object], field: str) -> None:
    body = {"kind": "standard", "name": "签样", "place": "A-1", "order": issued(cast).number}
    answer = Caller(cast.xiaoli).post("samples/", body | change)
    assert answer.status_code == 400
    assert field in [error["field"] for error in answer.json()["errors"]]
    assert not Sample.objects.exists()


@pytest.mark.rule("A6.3c")
def test_a_loan_goes_out_and_comes_back(cast: Cast) -> None:
    sample, li, shop = standard(cast), Caller(cast.xiaoli), Caller(cast.printing_mfg)
    body = {"sample": sample.number, "department": "printing_manufacturing", "why": "对色", "due_back": str(day(3))}
    loan = li.post("loans/", body).json()
    assert (loan["state"], loan["department"], loan["overdue"]) == ("out", "printing_manufacturing", False)
    again = li.post("loans/", body)
    assert (again.status_code, again.json()["refusals"][0]["rule"]) == (422, "A10")
    path = f"loans/{loan['number']}/"
    assert shop.post(f"{path}acknowledge/").json()["acknowledged_by"] == "printing_mfg"
    assert shop.post(f"{path}take-back/").status_code == 403
    names = [move["name"] for move in li.get(path).json()["moves"]]
    assert names == ["take_back", "use_up", "lose"]
    assert li.post(f"{path}take-back/").json()["state"] == "returned"
    assert li.post(f"{path}use-up/", {"reason": "用完"}).status_code == 409
    assert li.get("loans/", overdue="true").json()["results"] == []


@pytest.mark.rule("C7")
def test_what_is_theirs_over_the_api(cast: Cast) -> None:
    sample, store = material(cast), Caller(cast.warehouse)
    path = f"samples/{sample.number}/"
    assert store.post(f"{path}use-up/", {"quantity": "40", "words": "首批"}).json()["left"] == "60.000"
    blocked = store.post(f"{path}return/", {"quantity": "60", "words": "余料"})
    assert (blocked.status_code, blocked.json()["refusals"][0]["rule"]) == (422, "C7")
    asked = store.post(f"{path}ask-pass/", {"purpose": "return", "quantity": "60", "to": "瑞禾茶业"}).json()
    assert store.post(f"passes/{asked['number']}/approve/").status_code == 403
    assert Caller(cast.laowang).post(f"passes/{asked['number']}/approve/").json()["state"] == "approved"
    assert store.post(f"{path}return/", {"quantity": "60", "words": "余料"}).json()["left"] == "0.000"
    assert store.post(f"{path}lose/", {"quantity": "1", "words": "丢", "payer": "仓库"}).status_code == 422


@pytest.mark.rule("A57")
def test_a_dispatch_over_the_api(cast: Cast) -> None:
    sample, li = standard(cast), Caller(cast.xiaoli)
    body = {"lines": [{"sample": sample.number, "quantity": "1"}], "sent_to": "何经理", "address": "杭州",
            "purpose": "确认颜色", "feedback_due": str(day(5))}  # fmt: skip
    unknown = li.post("sample-dispatches/", body | {"lines": [{"sample": "YP26-999999", "quantity": "1"}]})
    assert unknown.json()["errors"][0]["field"] == "lines.0.sample"
    made = li.post("sample-dispatches/", body).json()
    path = f"sample-dispatches/{made['number']}/"
    assert [one["rule"] for one in li.get(path).json()["moves"][0]["refusals"]] == ["C7"]
    (asked,) = Caller(cast.laowang).get("passes/", state="asked").json()["results"]
    Caller(cast.laowang).post(f"passes/{asked['number']}/approve/")
    done = li.post(f"{path}send/", {"courier": "顺丰", "waybill": "SF1", "cost": "23.00"}).json()
    assert (done["state"], done["cost"]) == ("sent", "23.00")
    assert li.post(f"{path}arrive/", {}).json()["state"] == "arrived"
    assert li.post(f"{path}answer-back/", {"words": "认可", "accepted": True}).json()["accepted"] is True


@pytest.mark.rule("B7")
def test_the_freight_is_for_who_may_see_money(cast: Cast) -> None:
    dispatch = sent(cast)
    assert Caller(cast.xiaoli).get(f"sample-dispatches/{dispatch.number}/").json()["cost"] == "23.00"
    assert "cost" not in Caller(cast.engineering).get(f"sample-dispatches/{dispatch.number}/").json()


@pytest.mark.rule("C7")
def test_if_match_and_filters(cast: Cast) -> None:
    loan, boss = lent(cast), Caller(cast.laowang)
    stale = boss.post(f"loans/{loan.number}/take-back/", If_Match='"9"')
    assert stale.status_code == 412
    dispatch = prepared(cast, standard(cast, loan.order, quantity=Decimal(2)))
    refused = boss.post(f"passes/{pass_of(dispatch).number}/refuse/", {"reason": "先等等"}).json()
    assert refused["state"] == "refused"
    assert Caller(cast.xiaoli).post(f"sample-dispatches/{dispatch.number}/ask-pass/").status_code == 201
    for path in ("loans/", "samples/", "sample-dispatches/", "passes/"):
        assert boss.get(path, state="gold").status_code == 400
        assert boss.get(path, colour="red").status_code == 400
