"""填错的表单（RELIABILITY 第三节 1–22）：一句中文，4xx，什么都没有改，填的都还在。"""

from __future__ import annotations

import pytest

from orders.models import Order, OrderLine
from tests.cast import Cast, draft
from tests.pages import browser, sheet, words
from workflow.models import TransitionLog

NEW = "/orders/new/"
HEAD_FAULTS = [
    ("customer", "", "请填客户"),
    ("customer", "　 　", "请填客户"),
    ("customer", "C999", "没有这个客户"),
    ("customer_po", "甲" * 70, "最多 60 个字"),
    ("customer_po", "RH\u202e8102", "看不见的控制字符"),
    ("customer_po", "RH\u200b2611", "看不见的控制字符"),
    ("customer_po", "RH\x002611", "看不见的控制字符"),
    ("requested_date", "2026-02-30", "没有这一天"),
    ("requested_date", "0001-01-01", "日期不像是真的"),
    ("requested_date", "9999-12-31", "日期不像是真的"),
    ("requested_date", "26-12-15", "日期写成 2026-11-28 这样"),
    ("requested_date", "2/1/2026", "日期写成 2026-11-28 这样"),
    ("received_at", "2026-01-05 25:00", "没有这个钟点"),
    ("received_at", "2099-01-05 09:00", "收单时间不能在将来"),
    ("business_kind", "no-such-kind", "请从列出的里面选业务种类"),
    ("basis", "telepathy", "请从列出的里面选下单依据"),
    ("payment_terms", "never", "请从列出的里面选付款方式"),
    ("salesperson", "gm", "请从列出的里面选业务员"),
    ("lines-TOTAL_FORMS", "100000", "300"),
]
LINE_FAULTS = [
    ("quantity", "", "请填数量"),
    ("quantity", "0", "要大于零"),
    ("quantity", "-5", "不能是负数"),
    ("quantity", "-0", "不能是负数"),
    ("quantity", "1e5", "请填数字"),
    ("quantity", "1_000", "请填数字"),
    ("quantity", "1,000", "数字里不要逗号"),
    ("quantity", "٣", "请填数字"),
    ("quantity", "NaN", "请填数字"),
    ("quantity", "Infinity", "请填数字"),
    ("quantity", "1.0005", "最多 3 位小数"),
    ("quantity", "9" * 13, "数字太大"),
    ("unit_price", "0.1234567", "最多 6 位小数"),
    ("unit_price", "", "请填单价"),
    ("unit", "", "请填单位"),
    ("unit", "一个很长很长很长的单位", "最多 10 个字"),
    ("product_name", "", "请填品名"),
    ("requested_date", "2026/13/01", "没有这一天"),
]


@pytest.mark.parametrize(("field", "value", "said"), HEAD_FAULTS)
def test_a_fault_in_the_head_is_said_beside_it(cast: Cast, field: str, value: str, said: str) -> None:
    answer = browser(cast.xiaoli).post(NEW, sheet(**{field: value, "other": "这句话还在"}))
    assert answer.status_code == 400
    assert said in words(answer)
    assert "这句话还在" in answer.content.decode()
    assert not Order.objects.exists()


@pytest.mark.parametrize(("field", "value", "said"), LINE_FAULTS)
def test_a_fault_in_a_line_is_said_in_its_cell(cast: Cast, field: str, value: str, said: str) -> None:
    answer = browser(cast.xiaoli).post(NEW, sheet({field: value}))
    assert answer.status_code == 400
    assert said in words(answer)
    assert not Order.objects.exists()


def test_full_width_digits_count(cast: Cast) -> None:
    browser(cast.xiaoli).post(NEW, sheet({"quantity": "１２３．５", "unit_price": "２"}))
    line = OrderLine.objects.get()
    assert (str(line.quantity), str(line.amount)) == ("123.500", "247.00")


def test_rare_characters_and_markup_stay_what_they_are(cast: Cast) -> None:
    odd = "𠮷野家🎁<script>alert(1)</script>{{7*7}}"
    page = browser(cast.xiaoli).post(NEW, sheet({"product_name": odd}, other="<b hx-get=/x>"), follow=True)
    text = page.content.decode()
    assert OrderLine.objects.get().product_name == odd
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert "<b hx-get" not in text


def test_composed_and_decomposed_letters_are_one(cast: Cast) -> None:
    browser(cast.xiaoli).post(NEW, sheet(customer_po="Cafe\u0301"))
    assert Order.objects.get().customer_po == "Café"


def test_ten_megabytes_in_a_field_are_refused(cast: Cast) -> None:
    answer = browser(cast.xiaoli).post(NEW, sheet(customer_po="x" * 6_000_000))
    assert answer.status_code == 400
    assert not Order.objects.exists()


def test_a_form_without_its_frame_is_refused(cast: Cast) -> None:
    data = {key: value for key, value in sheet().items() if not key.endswith("_FORMS")}
    assert browser(cast.xiaoli).post(NEW, data).status_code == 400
    assert not Order.objects.exists()


@pytest.mark.parametrize("twice", [True, False])
def test_lines_of_another_order_or_named_twice_are_refused(cast: Cast, twice: bool) -> None:
    order, other = draft(cast), draft(cast)
    own, foreign = order.lines_now[0].pk, other.lines_now[0].pk
    lines = [{"id": str(own)}, {"id": str(own if twice else foreign)}]
    data = sheet(*lines, revision=str(order.revision))
    answer = browser(cast.xiaoli).post(f"/orders/{order.number}/edit/", data)
    assert answer.status_code == 400
    assert "明细里有不属于这张单的行" in words(answer)
    assert TransitionLog.objects.filter(move="edit").count() == 0


def test_fields_that_nobody_offers_are_not_taken(cast: Cast) -> None:
    data = sheet(state="completed", amount="1", coordinator="director", formal_number="GD26-999999", version="9")
    browser(cast.xiaoli).post(NEW, data)
    order = Order.objects.get()
    assert (order.state, str(order.amount), order.version) == ("draft", "12500.00", 1)
    assert (order.coordinator, order.formal_number) == (cast.xiaoli, None)
