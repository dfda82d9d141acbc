"""一张业务单的页面：步骤、按钮与还差什么、请示、原件、文件、时间线；不归他看的就没有。"""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries

from orders import services
from orders.models import Instruction, Order
from papers.models import Attachment
from tests.cast import Cast, accepted, draft, submitted
from tests.pages import browser, words

CEILING = 35
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def page_of(order: Order) -> str:
    return f"/orders/{order.number}/"


@pytest.mark.rule("A3")
def test_not_there_and_not_yours_are_the_same(cast: Cast) -> None:
    order = draft(cast)
    for url in (page_of(order), "/orders/GD26-999999/", "/orders/D-99999999999999999999/"):
        answer = browser(cast.xiaochen).get(url)
        assert (answer.status_code, "没有这张单，或者不归您跟" in words(answer)) == (404, True)


@pytest.mark.rule("A1")
def test_the_page_shows_where_the_order_stands(cast: Cast) -> None:
    order = accepted(cast)
    answer = browser(cast.xiaoli).get(page_of(order))
    assert [step.status for step in answer.context["steps"]] == ["done", "now", "", "", "", ""]
    assert answer.context["steps"][0].note.endswith("王建国审核")
    assert "王建国审核通过" in words(answer)


@pytest.mark.rule("A6.1d")
def test_a_move_that_waits_says_what_for(cast: Cast) -> None:
    order = draft(cast, requirements={"standard": "按签样"})
    answer = browser(cast.xiaoli).get(page_of(order))
    assert "「提交审核」还差一项： 没填包装要求，印刷类必填 第六条" in words(answer)
    assert 'aria-disabled="true" aria-describedby="why-submit"' in answer.content.decode()


@pytest.mark.rule("A6.1d")
def test_a_refused_move_answers_with_every_reason(cast: Cast) -> None:
    order = draft(cast, requirements={})
    li = browser(cast.xiaoli)
    for headers in ({}, {"HX-Request": "true"}):
        answer = li.post(f"{page_of(order)}submit/", headers=headers)
        assert answer.status_code == 422
        assert words(answer).count("必填 第六条") >= 2
    assert Order.objects.get().state == "draft"


@pytest.mark.rule("A6.1e")
def test_the_supervisor_accepts_and_the_number_is_taken(cast: Cast) -> None:
    order = submitted(cast)
    answer = browser(cast.laowang).post(f"{page_of(order)}accept/", {"version": str(order.revision)})
    order = Order.objects.get()
    assert order.state == "accepted"
    assert answer["Location"] == f"/orders/{order.formal_number}/"
    htmx = browser(cast.laowang).post(
        f"{page_of(order)}reject/", {"reason": "客户不合规"}, headers={"HX-Request": "true"}
    )
    assert htmx["HX-Redirect"] == page_of(order)


@pytest.mark.rule("A6.1e")
def test_a_return_wants_its_reason(cast: Cast) -> None:
    order = submitted(cast)
    wang = browser(cast.laowang)
    assert wang.post(f"{page_of(order)}return-to-coordinator/", {"reason": " 　"}).status_code == 400
    assert wang.post(f"{page_of(order)}return-to-coordinator/", {"reason": "缺箱唛"}).status_code == 302
    assert "主任退回：缺箱唛" in words(browser(cast.xiaoli).get(page_of(order)))


@pytest.mark.rule("A6.1e")
def test_nobody_accepts_what_is_not_theirs_to_accept(cast: Cast) -> None:
    order = submitted(cast)
    answer = browser(cast.xiaoli).post(f"{page_of(order)}accept/")
    assert (answer.status_code, "您没有「审核通过」的权限" in words(answer)) == (403, True)
    assert browser(cast.xiaochen).post(f"{page_of(order)}accept/").status_code == 404
    assert browser(cast.laowang).get(f"{page_of(order)}accept/").status_code == 405


@pytest.mark.rule("A6.1c")
def test_an_instruction_is_asked_and_granted(cast: Cast) -> None:
    order = draft(cast, basis="none")
    li = browser(cast.xiaoli)
    assert li.post(f"{page_of(order)}instructions/", {"question": ""}).status_code == 400
    li.post(f"{page_of(order)}instructions/", {"question": "客户电话下单，合同下周补"})
    instruction = Instruction.objects.get()
    address = f"{page_of(order)}instructions/{instruction.pk}/grant/"
    assert li.post(address, {"answer": "可以"}).status_code == 403
    assert browser(cast.laowang).post(address, {"answer": "可以先排版"}).status_code == 302
    assert "可以先排版" in words(li.get(page_of(order)))
    assert li.post(f"{page_of(order)}submit/").status_code == 302


@pytest.mark.rule("A6.1c")
def test_a_refused_instruction_ends_the_order(cast: Cast) -> None:
    order = draft(cast, basis="none")
    instruction = services.ask_instruction(order, "口头下单", actor=cast.xiaoli)
    browser(cast.laowang).post(f"{page_of(order)}instructions/{instruction.pk}/refuse/", {"answer": "不接"})
    assert Order.objects.get().state == "rejected"


@pytest.mark.rule("A6.1b")
def test_the_original_is_registered_with_its_scan(cast: Cast) -> None:
    order = accepted(cast, basis="fax")
    li = browser(cast.xiaoli)
    assert "原件待补" in words(li.get(page_of(order)))
    scan = SimpleUploadedFile("原件.pdf", PDF, "application/pdf")
    assert li.post(f"{page_of(order)}original/", {"received_on": "2026-13-01"}).status_code == 400
    assert li.post(f"{page_of(order)}original/", {"received_on": "2026-01-05", "file": scan}).status_code == 302
    assert not Order.objects.get().original_pending
    assert Attachment.objects.get().kind == "original"


@pytest.mark.rule("B8")
def test_files_are_filed_on_the_order(cast: Cast) -> None:
    order = draft(cast)
    li = browser(cast.xiaoli)
    li.post(f"{page_of(order)}attachments/", {"file": SimpleUploadedFile("图稿.pdf", PDF)})
    assert "图稿.pdf" in words(li.get(f"{page_of(order)}?tab=files"))
    wrong = SimpleUploadedFile("图稿.pdf.exe", b"MZ")
    assert li.post(f"{page_of(order)}attachments/", {"file": wrong}).status_code == 400
    assert li.post(f"{page_of(order)}attachments/").status_code == 400
    assert Attachment.objects.count() == 1


def test_every_tab_opens_and_others_are_refused(cast: Cast) -> None:
    order = accepted(cast)
    li = browser(cast.xiaoli)
    for tab in li.get(page_of(order)).context["tabs"]:
        assert li.get(f"{page_of(order)}?tab={tab.key}").status_code == 200
    assert li.get(f"{page_of(order)}?tab=secrets").status_code == 400


def test_the_page_asks_the_database_not_too_often(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    order = accepted(cast)
    li = browser(cast.xiaoli)
    li.get(page_of(order))
    with django_assert_max_num_queries(CEILING):
        li.get(page_of(order))


@pytest.mark.rule("A53")
def test_only_the_director_lets_a_gate_pass(cast: Cast) -> None:
    order = accepted(cast)
    data = {"gate": "deposit", "reason": "老客户，款周五到"}
    assert browser(cast.laowang).post(f"{page_of(order)}authorise-exception/", data).status_code == 403
    assert browser(cast.director).post(f"{page_of(order)}authorise-exception/", data).status_code == 302
    assert "老客户，款周五到" in words(browser(cast.xiaoli).get(page_of(order)))
