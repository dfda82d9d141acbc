"""附件（B8）：按内容收，看得见业务单的人才看得见。"""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.caller import Caller
from tests.cast import Cast, draft
from workflow import clock
from workflow.models import TransitionLog

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def upload(caller: Caller, number: str, name: str, content: bytes) -> object:
    file = SimpleUploadedFile(name, content)
    return caller.client.post(f"/api/v1/orders/{number}/attachments/", {"file": file, "kind": "order"})


@pytest.mark.rule("B8", "A6.1a")
def test_a_scan_is_filed_and_listed(cast: Cast) -> None:
    order, li = draft(cast), Caller(cast.xiaoli)
    reply = upload(li, order.number, "客户订单.pdf", PDF)
    assert reply.status_code == 201, reply.content  # type: ignore[attr-defined]
    rows = li.get(f"orders/{order.number}/attachments/").json()["results"]
    assert [(row["name"], row["media_type"], row["kind"]) for row in rows] == [
        ("客户订单.pdf", "application/pdf", "order")
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.pdf", b""), ("a.pdf.exe", b"MZ"), ("a.pdf", b"MZ"), ("a.svg", b"<svg/>")],
)
def test_what_is_not_what_it_says_is_refused(cast: Cast, name: str, content: bytes) -> None:
    order, li = draft(cast), Caller(cast.xiaoli)
    assert upload(li, order.number, name, content).status_code == 400  # type: ignore[attr-defined]
    assert li.get(f"orders/{order.number}/attachments/").json()["results"] == []


@pytest.mark.rule("B7")
def test_a_stranger_finds_no_order_to_file_on(cast: Cast) -> None:
    assert upload(Caller(cast.xiaochen), draft(cast).number, "a.pdf", PDF).status_code == 404  # type: ignore[attr-defined]


def test_a_name_that_turns_round_is_straightened(cast: Cast) -> None:
    reply = upload(Caller(cast.xiaoli), draft(cast).number, "a\u202egpj.pdf", PDF)
    assert reply.json()["name"] == "agpj.pdf"  # type: ignore[attr-defined]


@pytest.mark.rule("A6.1b")
def test_the_original_is_registered_with_its_scan(cast: Cast) -> None:
    order, li = draft(cast, basis="fax"), Caller(cast.xiaoli)
    scan = upload(li, order.number, "原件.pdf", PDF).json()["id"]  # type: ignore[attr-defined]
    other = upload(li, draft(cast, basis="fax").number, "别的.pdf", PDF).json()["id"]  # type: ignore[attr-defined]
    body = {"received_on": str(clock.today())}

    refused = li.post(f"orders/{order.number}/original/", {**body, "attachment": other})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "attachment")
    reply = li.post(f"orders/{order.number}/original/", {**body, "attachment": scan})

    assert (reply.status_code, reply.json()["original_pending"]) == (200, False)
    assert f'"attachment":{scan}' in TransitionLog.objects.get(move="register_original").data_text
