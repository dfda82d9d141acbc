"""接单的三张清单（第六条）：待审核一行够决定；原件待补两下登记；请示在清单上答。"""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries

from orders import services
from orders.models import Order
from papers.services import attachments_of
from tests.cast import Cast, draft, order_input, submitted
from tests.pages import browser, words
from workflow import clock

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
QUEUE, ORIGINALS, ASKED = "/orders/queue/", "/orders/originals/", "/orders/instructions/"
CEILING = 20


@pytest.mark.rule("A6.1e")
def test_a_row_of_the_queue_says_all_that_decides(cast: Cast) -> None:
    first = submitted(cast)
    submitted(cast, basis="fax", customer_po="rh-2611-018")
    page = words(browser(cast.laowang).get(QUEUE))
    for part in ("李晓雯", "瑞禾茶业", "产品画册 1,000 本，等 2 项", "14,100.00", "没有附件，原件待补"):
        assert part in page
    assert f"客户单号 RH-2611-018 在 {first.number} 用过" in page


@pytest.mark.rule("A6.1e")
def test_ones_own_submission_cannot_be_ticked(cast: Cast) -> None:
    services.submit_order(services.create_order(order_input(), actor=cast.laowang), actor=cast.laowang)
    answer = browser(cast.laowang).get(QUEUE)
    assert "您提交的，自己不能审" in words(answer)
    assert "disabled" in answer.content.decode().split("data-tick data-may")[1].split(">")[0]


@pytest.mark.rule("A6.1e")
def test_accepting_from_the_queue_comes_back_to_it(cast: Cast) -> None:
    order = submitted(cast)
    given = {"number": order.number, f"seen-{order.number}": str(order.revision), "back": "queue"}
    assert browser(cast.laowang).post("/orders/accept/", given)["Location"] == QUEUE


@pytest.mark.rule("A6.1e")
def test_the_queue_asks_as_often_for_many(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    wang = browser(cast.laowang)
    submitted(cast), submitted(cast)
    with django_assert_max_num_queries(CEILING) as few:
        wang.get(QUEUE)
    for _ in range(4):
        submitted(cast, customer_po="RH-1")
    with django_assert_max_num_queries(len(few.captured_queries)):
        wang.get(QUEUE)


@pytest.mark.rule("A6.1b")
def test_the_list_of_originals_says_how_long(cast: Cast) -> None:
    with clock.told(clock.now() - dt.timedelta(days=12)):
        late = submitted(cast, basis="chat")
    submitted(cast, basis="fax")
    submitted(cast)
    page = words(browser(cast.xiaoli).get(ORIGINALS))
    assert f"{late.number} 李晓雯" in page
    assert "12 天" in page
    assert "超 2 天 已报主任王建国" in page
    assert "还有 10 天" in page
    assert "书面订单" not in page


@pytest.mark.rule("A6.1b")
def test_an_original_is_registered_from_the_list_with_its_scan(cast: Cast) -> None:
    order = submitted(cast, basis="fax")
    given = {"received_on": str(clock.today()), "back": "originals", "file": SimpleUploadedFile("o.pdf", PDF)}
    answer = browser(cast.xiaoli).post(f"/orders/{order.number}/original/", given)
    assert answer["Location"] == ORIGINALS
    assert Order.objects.get().original_received_on == clock.today()
    assert [file.kind for file in attachments_of(order)] == ["original"]
    assert "没有要补的原件" in words(browser(cast.xiaoli).get(ORIGINALS))


@pytest.mark.rule("A6.1b")
def test_the_originals_ask_as_often_for_many(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    li = browser(cast.xiaoli)
    submitted(cast, basis="fax")
    with django_assert_max_num_queries(CEILING) as few:
        li.get(ORIGINALS)
    for _ in range(4):
        submitted(cast, basis="fax")
    with django_assert_max_num_queries(len(few.captured_queries)):
        li.get(ORIGINALS)


@pytest.mark.rule("A6.1c")
@pytest.mark.parametrize(("page", "back"), [(ASKED, "asked"), ("/", "home")])
def test_a_question_is_answered_where_it_waits(cast: Cast, page: str, back: str) -> None:
    asked = services.ask_instruction(draft(cast, basis="none"), "客户电话下单，急", actor=cast.xiaoli)
    for who in (cast.laowang, cast.director):
        assert "客户电话下单，急" in words(browser(who).get(page))
    path = f"/orders/{asked.order.number}/instructions/{asked.pk}/grant/"
    answer = browser(cast.laowang).post(path, {"answer": "先做", "back": back})
    assert answer["Location"] == page
    assert "客户电话下单，急" not in words(browser(cast.laowang).get(page))


@pytest.mark.rule("A6.1c", "A3")
def test_who_asked_sees_that_it_waits_and_others_nothing(cast: Cast) -> None:
    services.ask_instruction(draft(cast, basis="none"), "客户电话下单，急", actor=cast.xiaoli)
    assert "等主任或总监答复" in words(browser(cast.xiaoli).get(ASKED))
    assert "客户电话下单，急" not in words(browser(cast.xiaochen).get(ASKED))
    assert browser(cast.finance).get(ASKED).status_code == 403


@pytest.mark.rule("A6.1c")
def test_a_refused_order_says_who_ended_it_and_why(cast: Cast) -> None:
    asked = services.ask_instruction(draft(cast, basis="none"), "客户电话下单", actor=cast.xiaoli)
    services.refuse_instruction(asked, "没有书面不做", actor=cast.director)
    page = words(browser(cast.xiaoli).get(f"/orders/{asked.order.number}/"))
    assert "已拒绝：" in page
    assert "拒绝接单，理由：没有书面不做" in page
