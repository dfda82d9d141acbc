"""deliveries/、carriers/、returns/：接口的名字与拒绝（API.md）。"""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from orders.models import Order
from shipping.models import Delivery
from tests.caller import Caller
from tests.cast import Cast, draft
from tests.cast_production import shipping_ready
from tests.cast_shipping import again, carrier, day, dispatched, drafted, notified, only_order

PDF = b"%PDF-1.4\n1 0 obj\nendobj\n%%EOF\n"


def body(order: Order, **changes: Any) -> dict[str, Any]:
    lines = [{"order_line": line.pk, "quantity": str(line.quantity)} for line in again(order).lines_now]
    return {"customer": "C001", "carrier": "L001", "lines": lines} | changes


@pytest.mark.rule("A54")
def test_a_delivery_goes_its_way_as_the_erp_sends_it(cast: Cast) -> None:
    carrier()
    order = shipping_ready(cast)
    li, keeper = Caller(cast.xiaoli), Caller(cast.warehouse)
    made = li.post("deliveries/", body(order))
    assert (made.status_code, made.json()["state"], made.json()["carrier"]) == (201, "draft", "L001")
    number = made.json()["number"]
    for how in ("电话", "邮件"):
        given = {"arrival_date": str(day(1)), "with": "客户采购", "how": how}
        assert li.post(f"deliveries/{number}/confirmations/", given).json()["with"] == "客户采购"
    notified = li.post(f"deliveries/{number}/notify-warehouse/").json()
    assert keeper.get(f"deliveries/{number}/").json()["number"] == notified["number"]
    sent = keeper.post(f"deliveries/{notified['number']}/dispatch/", {"waybill": "SF0001"})
    assert (sent.status_code, sent.json()["state"], sent.json()["waybill"]) == (200, "dispatched", "SF0001")
    signed = li.post(f"deliveries/{number}/deliver/", {"signed_by": "客户仓库", "signed_on": str(day(0))})
    assert (signed.status_code, signed.json()["state"], "moves" in signed.json()) == (200, "delivered", False)


@pytest.mark.rule("A52")
def test_the_detail_says_what_a_move_waits_for(cast: Cast) -> None:
    delivery = notified(cast, times=1)

    moves = Caller(cast.warehouse).get(f"deliveries/{delivery.number}/").json()["moves"]
    assert [(move["name"], [one["rule"] for one in move["refusals"]]) for move in moves] == [("dispatch", ["A52"])]
    refused = Caller(cast.warehouse).post(f"deliveries/{delivery.number}/dispatch/")
    assert (refused.status_code, [one["rule"] for one in refused.json()["refusals"]]) == (422, ["A52"])


@pytest.mark.parametrize(
    "changes",
    [
        {"customer": "C999"},
        {"carrier": "L999"},
        {"lines": []},
        {"lines": [{"order_line": 10**12, "quantity": "1"}]},
        {"lines": [{"order_line": 1, "quantity": "1e5"}]},
        {"lines": [{"order_line": 1, "quantity": "-1"}]},
        {"state": "dispatched"},
        {"address": "a‮b"},
    ],
)
def test_bad_input_is_400_and_changes_nothing(cast: Cast, changes: dict[str, Any]) -> None:
    carrier()
    answer = Caller(cast.xiaoli).post("deliveries/", body(draft(cast), **changes))

    assert (answer.status_code, bool(answer.json()["errors"])) == (400, True)
    assert not Delivery.objects.exists()


@pytest.mark.rule("B7")
def test_a_stranger_finds_nothing(cast: Cast) -> None:
    delivery = drafted(cast, draft(cast))

    for person in (cast.xiaochen, cast.warehouse, cast.paper_qc):
        caller = Caller(person)
        assert caller.get(f"deliveries/{delivery.number}/").status_code == 404
        assert caller.post(f"deliveries/{delivery.number}/cancel/").status_code == 404
        assert caller.get("deliveries/").json()["results"] == []
    assert Caller(cast.xiaochen).post("deliveries/", body(only_order(delivery), carrier=None)).status_code == 400


def test_the_list_is_narrowed_and_refuses_what_it_does_not_know(cast: Cast) -> None:
    delivery, other = notified(cast), drafted(cast, draft(cast))
    caller = Caller(cast.xiaoli)

    def numbers(**params: str) -> list[str]:
        return [row["number"] for row in caller.get("deliveries/", **params).json()["results"]]

    assert numbers() == [other.number, delivery.number]
    assert numbers(state="notified") == numbers(q=delivery.number) == [delivery.number]
    assert numbers(order=only_order(other).number, customer="C001", coordinator="xiaoli") == [other.number]
    assert (
        caller.get("deliveries/", state="gone").status_code == caller.get("deliveries/", colour="x").status_code == 400
    )


@pytest.mark.rule("A56")
def test_goods_come_back(cast: Cast) -> None:
    delivery = dispatched(cast)
    line = delivery.lines_now[0]
    given = {"delivery": delivery.number, "kind": "credit", "reason": "短少"}
    li = Caller(cast.xiaoli)

    slip = li.post("returns/", given | {"lines": [{"order_line": line.order_line_id, "quantity": "5"}]})
    assert (slip.status_code, slip.json()["state"], slip.json()["lines"][0]["quantity"]) == (201, "registered", "5.000")
    assert li.post(f"returns/{slip.json()['number']}/receive/").status_code == 403
    done = Caller(cast.warehouse).post(f"returns/{slip.json()['number']}/receive/").json()
    assert (done["state"], done["received_on"]) == ("received", str(day(0)))
    too_many = li.post("returns/", given | {"lines": [{"delivery_line": line.pk, "quantity": "996"}]})
    assert (too_many.status_code, too_many.json()["refusals"][0]["rule"]) == (422, "A56")
    assert [row["number"] for row in li.get("returns/").json()["results"]] == [done["number"]]


@pytest.mark.rule("A54")
def test_the_scan_of_the_receipt_is_filed_on_it(cast: Cast) -> None:
    delivery = dispatched(cast)
    li = Caller(cast.xiaoli)
    file = SimpleUploadedFile("回单.pdf", PDF)

    scan = li.client.post(f"/api/v1/deliveries/{delivery.number}/attachments/", {"file": file, "kind": "receipt"})
    assert scan.status_code == 201
    given = {"signed_by": "客户仓库", "signed_on": str(day(0)), "attachment": scan.json()["id"]}
    assert li.post(f"deliveries/{delivery.number}/deliver/", given).json()["receipt"] == scan.json()["id"]


@pytest.mark.rule("A55")
def test_carriers_are_kept(cast: Cast) -> None:
    li = Caller(cast.xiaoli)

    assert li.post("carriers/", {"code": "L009", "name": "快捷物流"}).status_code == 201
    assert li.patch("carriers/L009/", {"active": False}).json()["active"] is False
    assert [row["code"] for row in li.get("carriers/", active="false").json()["results"]] == ["L009"]
    assert Caller(cast.printing_qc).post("carriers/", {"code": "L1", "name": "x"}).status_code == 403
