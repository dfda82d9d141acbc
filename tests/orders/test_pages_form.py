"""登记与修改的页面（第六条）：存得上、交得出，交两次只登记一张，草稿自己存。"""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from django.urls import reverse

from orders.models import Order
from orders.services import accept_order
from tests.cast import Cast, draft, submitted
from tests.pages import browser, sheet, words
from workflow.models import TransitionLog

NEW = "/orders/new/"
TOKEN = "a-form-that-was-opened-once"


@pytest.mark.rule("A6.1a")
def test_a_new_order_is_a_draft_of_the_one_who_entered_it(cast: Cast) -> None:
    answer = browser(cast.xiaoli).post(NEW, sheet())
    order = Order.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, reverse("orders:edit", args=[order.number]))
    assert (order.state, order.coordinator, order.amount) == ("draft", cast.xiaoli, Decimal("12500.00"))
    assert (order.lines_now[0].product_code, order.lines_now[0].product_name) == ("P001", "产品画册")


@pytest.mark.rule("A6.1e")
def test_a_full_form_goes_to_the_supervisor_at_once(cast: Cast) -> None:
    answer = browser(cast.xiaoli).post(NEW, sheet(submit="1"), follow=True)
    assert Order.objects.get().state == "submitted"
    assert "已提交审核，主任王建国会收到待办" in words(answer)


@pytest.mark.rule("A6.1d")
def test_what_the_kind_asks_for_stops_the_submission_and_nothing_is_kept(cast: Cast) -> None:
    answer = browser(cast.xiaoli).post(NEW, sheet(submit="1", packing=""))
    assert answer.status_code == 422
    assert "没填包装要求，印刷类必填" in words(answer)
    assert not Order.objects.exists()


def test_the_same_form_sent_twice_makes_one_order(cast: Cast) -> None:
    li = browser(cast.xiaoli)
    for _ in range(2):
        assert li.post(NEW, sheet(token=TOKEN)).status_code == 302
    assert Order.objects.count() == 1
    assert TransitionLog.objects.filter(move="edit").count() == 0


def test_saving_keeps_the_lines_and_logs_the_change(cast: Cast) -> None:
    order = draft(cast)
    ids = [str(line.pk) for line in order.lines_now]
    lines = [{"id": ids[0], "quantity": "900"}, {"id": ids[1], "product_name": "P002", "DELETE": "on"}]
    data = sheet(*lines, revision=str(order.revision))
    answer = browser(cast.xiaoli).post(f"/orders/{order.number}/edit/", data)
    assert answer.status_code == 302
    kept = Order.objects.get().lines_now
    assert [(str(line.pk), line.quantity) for line in kept] == [(ids[0], Decimal(900))]


@pytest.mark.rule("A6.1d")
def test_the_panel_says_what_is_missing(cast: Cast) -> None:
    order = draft(cast, requirements={"standard": "按签样"}, basis="fax")
    page = words(browser(cast.xiaoli).get(f"/orders/{order.number}/edit/"))
    assert "还缺 1 项才能提交" in page
    assert "没填包装要求，印刷类必填" in page
    assert "客户原件 提交后自动列入待办" in page


def test_a_new_form_begins_with_what_is_missing(cast: Cast) -> None:
    page = words(browser(cast.xiaoli).get(NEW))
    assert "请填客户" in page
    assert "还没有明细，至少要有一行" in page


def test_a_draft_saves_itself(cast: Cast) -> None:
    li = browser(cast.xiaoli)
    answer = li.post(f"{NEW}draft/", sheet(token=TOKEN))
    order = Order.objects.get()
    assert answer.status_code == 200
    assert answer["X-Draft-Url"] == reverse("orders:edit", args=[order.number])
    assert answer["X-Draft-Revision"] == str(order.revision)
    assert json.loads(answer["X-Draft-Lines"]) == [["lines-0-id", order.lines_now[0].pk]]
    later = sheet({"id": str(order.lines_now[0].pk)}, revision=str(order.revision), colour="PANTONE 186 C")
    assert li.post(f"/orders/{order.number}/edit/draft/", later).status_code == 200
    assert Order.objects.get().requirements["colour"] == "PANTONE 186 C"


def test_half_a_draft_is_not_stored_but_told(cast: Cast) -> None:
    answer = browser(cast.xiaoli).post(f"{NEW}draft/", sheet({"unit_price": ""}))
    assert answer.status_code == 422
    assert "第 1 行：请填单价" in words(answer)
    assert not Order.objects.exists()


def test_what_is_with_the_supervisor_is_not_edited(cast: Cast) -> None:
    order = submitted(cast)
    li = browser(cast.xiaoli)
    page = li.get(f"/orders/{order.number}/edit/")
    assert (page.status_code, "内容只能经更改程序改" in words(page)) == (409, True)
    answer = li.post(f"/orders/{order.number}/edit/", sheet(revision=str(order.revision)))
    assert answer.status_code == 409
    assert Order.objects.get().lines.count() == 2


@pytest.mark.rule("A20.6")
def test_an_accepted_order_is_saved_as_a_new_version(cast: Cast) -> None:
    order = accept_order(submitted(cast), actor=cast.laowang)
    page = browser(cast.xiaoli).get(f"/orders/{order.number}/edit/")
    assert "存成新的一版" in words(page)
    browser(cast.xiaoli).post(f"/orders/{order.number}/edit/", sheet(revision=str(order.revision)))
    assert Order.objects.get().version == 2


def test_an_old_order_is_opened_anew(cast: Cast) -> None:
    order = draft(cast)
    answer = browser(cast.xiaoli).post(f"/orders/{order.number}/copy/")
    fresh = Order.objects.latest("pk")
    assert answer["Location"] == reverse("orders:edit", args=[fresh.number])
    assert (fresh.customer_po, fresh.lines.count()) == ("", 2)


def test_products_and_customers_are_found_while_typing(cast: Cast) -> None:
    li = browser(cast.xiaoli)
    assert 'value="P006 岩茶礼盒"' in li.get("/orders/products/", {"q": "礼盒"}).content.decode()
    assert 'value="C005 北岭酒业有限公司"' in li.get("/orders/customers/", {"q": "北岭"}).content.decode()


def test_strangers_to_the_chapter_may_not_enter_orders(cast: Cast) -> None:
    assert browser(cast.engineering).get(NEW).status_code == 403
    assert browser(cast.finance).post(NEW, sheet()).status_code == 403
    assert not Order.objects.exists()
