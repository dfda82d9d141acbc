"""询盘、报价、合同的接口（B1、B1b）：从询盘到业务单，错了说哪里。"""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries

from orders.models import Order, Quotation
from tests.caller import Caller
from tests.cast import Cast, accepted
from tests.cast_quotations import PDF, agreed, contracted, day, inquired, posted, quoted, sent

LINE = {
    "product": "P001",
    "unit": "本",
    "steps": [{"quantity": "500", "unit_price": "13.80"}, {"quantity": "1000", "unit_price": "12.50"}],
    "tooling_fee": "800",
    "lead_days": 12,
}


def body(**changes: Any) -> dict[str, Any]:
    given = {"customer": "C001", "business_kind": "printing", "valid_until": str(day(15)), "lines": [LINE]}
    return given | changes


@pytest.mark.rule("B1")
def test_from_inquiry_to_order(cast: Cast) -> None:
    li = Caller(cast.xiaoli)
    asked = {"customer": "C001", "asked_by": "刘婷", "channel": "phone", "asked": "画册", "due": str(day(2))}
    inquiry = li.post("inquiries/", asked).json()
    assert (inquiry["number"], inquiry["state"]) == ("XP26-000001", "open")
    draft = li.post("quotations/", body(inquiry=inquiry["number"])).json()
    assert (draft["state"], draft["lines"][0]["steps"][1]["amount"]) == ("draft", "12500.00")
    number = draft["number"]
    out = li.post(f"quotations/{number}/send/", {"to": "刘婷", "how": "邮件"}).json()
    assert (out["number"], out["state"], out["inquiry"]) == ("BJ26-000001", "sent", "XP26-000001")
    assert li.get("inquiries/XP26-000001/").json()["state"] == "answered"
    done = li.post(f"quotations/{number}/accept/", {"answer": "做"}).json()
    step = done["lines"][0]["steps"][1]["id"]
    choice = {"choices": [{"step": step, "quantity": "1200"}], "basis": "written", "requested_date": str(day(20))}
    order = li.post("quotations/BJ26-000001/order/", choice)
    assert (order.status_code, order.json()["amount"], order.json()["state"]) == (201, "15800.00", "draft")
    assert li.get("quotations/BJ26-000001/").json()["order"] == order.json()["number"] == Order.objects.get().number


@pytest.mark.rule("B1")
def test_the_moves_are_offered_and_a_new_version_is_made(cast: Cast) -> None:
    quotation, li = sent(cast), Caller(cast.xiaoli)
    moves = li.get(f"quotations/{quotation.number}/").json()["moves"]
    assert [(move["name"], move["refusals"]) for move in moves] == [("accept", []), ("decline", [])]
    answer = li.post(f"quotations/{quotation.number}/revise/")
    fresh = answer.json()
    assert (answer.status_code, fresh["version"], fresh["first_version"]) == (201, 2, "BJ26-000001")
    li.post(f"quotations/{fresh['number']}/send/", {"to": "刘婷", "how": "邮件"})
    assert li.get("quotations/BJ26-000001/").json()["state"] == "superseded"
    listed = li.get("quotations/", state="sent").json()["results"]
    assert [one["number"] for one in listed] == ["BJ26-000001-2"]


@pytest.mark.rule("B1")
def test_a_draft_is_patched_and_a_sent_one_is_not(cast: Cast) -> None:
    quotation, li = quoted(cast), Caller(cast.xiaoli)
    path = f"quotations/{quotation.number}/"
    changed = li.patch(path, {"contact": "石磊", "prospect": "朗芯新厂", "customer": "C002"}).json()
    assert (changed["contact"], changed["customer"], len(changed["lines"])) == ("石磊", "C002", 2)
    assert [step["quantity"] for step in changed["lines"][0]["steps"]] == ["500.000", "1000.000", "3000.000"]
    assert len(li.patch(path, {"lines": [LINE]}).json()["lines"]) == 1
    assert li.patch(path, {"state": "sent"}).status_code == 400
    li.post(f"{path}send/", {"to": "刘婷", "how": "邮件"})
    assert li.patch(path, {"contact": "刘婷"}).status_code == 409


BAD: list[tuple[dict[str, Any], str]] = [
    ({"customer": "C999"}, "customer"),
    ({"valid_until": "2020-01-01"}, "valid_until"),
    ({"valid_until": "明天"}, "valid_until"),
    ({"business_kind": "none"}, "business_kind"),
    ({"inquiry": "XP26-999999"}, "inquiry"),
    ({"coordinator": "sales"}, "coordinator"),
    ({"lines": [LINE | {"product": "P999"}]}, "lines.0.product"),
    ({"lines": [LINE | {"steps": []}]}, "lines"),
    ({"lines": [LINE | {"lead_days": 0}]}, "lines"),
    ({"nonsense": 1}, "nonsense"),
]


@pytest.mark.parametrize(("changes", "field"), BAD)
def test_what_is_wrong_is_400_at_its_field(cast: Cast, changes: dict[str, Any], field: str) -> None:
    answer = Caller(cast.xiaoli).post("quotations/", body(**changes))
    assert answer.status_code == 400
    assert any(error["field"].startswith(field) for error in answer.json()["errors"]), answer.json()
    assert not Quotation.objects.exists()


@pytest.mark.rule("B1")
def test_what_waits_is_422_and_the_wrong_state_409(cast: Cast) -> None:
    li = Caller(cast.xiaoli)
    empty = quoted(cast, lines=[])
    blocked = li.post(f"quotations/{empty.number}/send/", {"to": "刘婷", "how": "邮件"})
    assert (blocked.status_code, blocked.json()["refusals"][0]["rule"]) == (422, "B1")
    assert li.post(f"quotations/{empty.number}/accept/").status_code == 409
    assert li.get(f"quotations/{empty.number}/pdf/").status_code == 409
    stale = li.post(f"quotations/{empty.number}/discard/", If_Match='"99"')
    assert (stale.status_code, Quotation.objects.get().state) == (412, "draft")


@pytest.mark.rule("B1b")
def test_a_confirmation_over_the_api(cast: Cast) -> None:
    order, li = accepted(cast), Caller(cast.xiaoli)
    made = li.post(f"orders/{order.number}/contracts/", {"terms": "按签样"})
    number = made.json()["number"]
    assert (made.status_code, made.json()["form"], made.json()["order_version"]) == (201, "confirmation", 1)
    assert li.post(f"orders/{order.number}/contracts/").status_code == 409
    assert li.post(f"contracts/{number}/send/", {"to": "刘婷", "how": "邮件"}).json()["state"] == "sent"
    given = {"signed_on": str(day(0)), "file": SimpleUploadedFile("签回.pdf", PDF)}
    signed = li.client.post(f"/api/v1/contracts/{number}/sign-back/", given)
    assert (signed.status_code, signed.json()["state"], signed.json()["signed_on"]) == (200, "signed", str(day(0)))
    assert [one["number"] for one in li.get(f"orders/{order.number}/contracts/").json()["results"]] == [number]
    assert li.get(f"contracts/{number}/pdf/").status_code in {200, 202}


@pytest.mark.rule("B1b")
def test_signing_back_without_a_scan_is_400(cast: Cast) -> None:
    contract, li = posted(cast), Caller(cast.xiaoli)
    path = f"/api/v1/contracts/{contract.number}/sign-back/"
    assert li.client.post(path, {"signed_on": str(day(0))}).status_code == 400
    assert li.client.post(path, {"file": SimpleUploadedFile("a.pdf", PDF)}).status_code == 400
    assert li.post(f"contracts/{contracted(cast).number}/void/", {"reason": "写错"}).json()["state"] == "void"


@pytest.mark.rule("B7")
def test_prices_are_not_for_everybody(cast: Cast) -> None:
    quotation, contract = sent(cast, inquiry=inquired(cast)), posted(cast)
    paths = ("quotations/", f"quotations/{quotation.number}/", "inquiries/", f"contracts/{contract.number}/")
    assert {Caller(cast.warehouse).get(path).status_code for path in paths} == {403}
    assert Caller(cast.xiaochen).get(f"quotations/{quotation.number}/").status_code == 404


def test_the_list_asks_as_often_for_many(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    li = Caller(cast.xiaoli)
    agreed(cast)
    li.get("quotations/")
    with django_assert_max_num_queries(10) as few:
        li.get("quotations/")
    for _ in range(3):
        agreed(cast)
    with django_assert_max_num_queries(len(few.captured_queries)):
        assert len(li.get("quotations/").json()["results"]) == 4
