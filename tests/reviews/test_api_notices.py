"""接口上的业务通知单（API.md notices/）：签、发、签收、收回，公开核验地址。"""

from __future__ import annotations

import pytest
from django.test import Client

from papers.services import render_paper
from reviews import services
from reviews.selectors import issued_paper
from tests.caller import Caller
from tests.cast import Cast
from tests.cast_reviews import HEADS, agreed, drafted, issued_notice, signed_notice

PRINTING = ("engineering", "material_control", "printing_manufacturing", "printing_quality")


@pytest.mark.rule("A6.3b")
def test_from_draft_to_the_last_receipt(cast: Cast) -> None:
    order, li = agreed(cast), Caller(cast.xiaoli)
    made = li.post(f"orders/{order.number}/notices/")
    assert (made.status_code, made.json()["state"], made.json()["verify_url"]) == (201, "draft", None)

    signed = Caller(cast.gm).post(f"notices/{made.json()['number']}/sign/").json()
    assert (signed["state"], signed["number"][:2]) == ("signed", "TZ")
    issued = li.post(f"notices/{signed['number']}/issue/").json()
    assert [(copy["department"], copy["state"]) for copy in issued["copies"]] == [(code, "handed") for code in PRINTING]
    for code in PRINTING:
        head = Caller(getattr(cast, HEADS[code]))
        reply = head.post(f"notices/{signed['number']}/copies/{code}/acknowledge/")
        assert (reply.status_code, reply.json()["state"]) == (200, "acknowledged")

    assert li.post(f"orders/{order.number}/start-production/").json()["state"] == "producing"
    assert li.get(f"notices/{made.json()['number']}/").json()["number"] == signed["number"]


@pytest.mark.rule("A6.3b")
def test_it_is_complete_from_the_signature_on(cast: Cast) -> None:
    notice = signed_notice(cast)

    body = Caller(cast.xiaoli).get(f"notices/{notice.number}/").json()

    assert (body["version"], body["change_of"], body["signed_by"]) == (1, None, "gm")
    assert [(copy["number"], copy["department"]) for copy in body["copies"]] == list(enumerate(PRINTING, start=1))
    assert [move["name"] for move in body["moves"]] == ["issue"]
    assert body["verify_url"].startswith(f"http://testserver/v/{notice.number}/")


@pytest.mark.rule("A22")
def test_everybody_may_verify_it_and_learns_nothing_of_the_customer(cast: Cast) -> None:
    notice = issued_notice(cast)
    url = Caller(cast.xiaoli).get(f"notices/{notice.number}/").json()["verify_url"]
    public = Client()

    assert "现行" in public.get(url).content.decode()
    services.void_notice(notice, "客户取消", actor=cast.laowang)
    said = public.get(url).content.decode()

    assert "作废" in said
    assert "瑞禾" not in said


@pytest.mark.rule("A6.3a")
def test_the_pdf_is_awaited_and_then_handed_out(cast: Cast) -> None:
    draft = drafted(cast)
    li = Caller(cast.xiaoli)
    assert li.get(f"notices/{draft.number}/pdf/").status_code == 409

    notice = services.sign_notice(draft, actor=cast.gm)
    waiting = li.get(f"notices/{notice.number}/pdf/")
    assert (waiting.status_code, waiting.headers["Retry-After"]) == (202, "2")
    for kind in ("notice", "review"):
        paper = issued_paper(notice, kind)
        assert paper
        render_paper(paper.pk)

    for annex in ("1", "2"):
        reply = li.get(f"notices/{notice.number}/pdf/", annex=annex)
        assert (reply.status_code, reply.headers["Content-Type"]) == (200, "application/pdf")
        assert reply.content.startswith(b"%PDF")
    assert li.get(f"notices/{notice.number}/pdf/", annex="3").status_code == 400


@pytest.mark.rule("A6.3a")
def test_a_department_sees_it_only_when_it_holds_a_copy(cast: Cast) -> None:
    notice = signed_notice(cast)
    engineering = Caller(cast.engineering)
    assert engineering.get(f"notices/{notice.number}/").status_code == 404

    notice = services.issue_notice(notice, actor=cast.xiaoli)
    assert engineering.get(f"notices/{notice.number}/").status_code == 200
    assert Caller(cast.paper_mfg).get(f"notices/{notice.number}/").status_code == 404
    assert Caller(cast.xiaochen).get(f"notices/{notice.number}/").status_code == 404


@pytest.mark.rule("A6.3a")
def test_who_may_not_is_told_so(cast: Cast) -> None:
    notice = drafted(cast)

    assert Caller(cast.xiaoli).post(f"notices/{notice.number}/sign/").status_code == 403
    assert Caller(cast.xiaoli).post(f"notices/{notice.number}/refuse/", {"reason": "不好"}).status_code == 403
    assert Caller(cast.gm).post(f"notices/{notice.number}/issue/").status_code == 409
    assert Caller(cast.gm).post(f"notices/{notice.number}/refuse/", {}).status_code == 400
    refused = Caller(cast.gm).post(f"notices/{notice.number}/refuse/", {"reason": "价格太低"})
    assert (refused.json()["state"], refused.json()["refused_reason"]) == ("refused", "价格太低")


@pytest.mark.rule("A22")
def test_return_and_loss_of_copies(cast: Cast) -> None:
    notice = issued_notice(cast)
    copies = f"notices/{notice.number}/copies"
    engineering, wang = Caller(cast.engineering), Caller(cast.laowang)
    assert engineering.post(f"{copies}/engineering/return/").status_code == 422
    assert engineering.post(f"{copies}/engineering/lost/", {}).status_code == 400

    lost = engineering.post(f"{copies}/engineering/lost/", {"reason": "搬办公室"})
    assert (lost.json()["state"], lost.json()["lost_reason"]) == ("handed", "搬办公室")
    assert wang.post(f"{copies}/engineering/approve-lost/").json()["state"] == "lost"
    services.void_notice(notice, "客户取消", actor=cast.laowang)
    assert Caller(cast.material).post(f"{copies}/material_control/return/").json()["state"] == "returned"
    assert wang.post(f"{copies}/hr/return/").status_code == 404


@pytest.mark.rule("B7")
def test_lists_know_their_parameters(cast: Cast) -> None:
    notice = issued_notice(cast)
    li, path = Caller(cast.xiaoli), f"orders/{notice.order.number}/notices/"

    assert [row["number"] for row in li.get(path, state="issued").json()["results"]] == [notice.number]
    assert li.get(path, state="void").json() == {"results": [], "next": None, "previous": None}
    assert li.get(path, state="lost").status_code == 400
    assert li.get(path, colour="red").status_code == 400
    assert li.get(f"orders/{notice.order.number}/reviews/", state="passed").json()["results"][0]["round"] == 1
