"""询盘、报价、合同的页面：照着做一遍，填错不丢（B1、B1b）。"""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries

from orders.models import Inquiry, Order, OrderContract, Quotation
from tests.cast import Cast, accepted
from tests.cast_quotations import PDF, agreed, contracted, day, inquired, posted, quoted, sent, step_of
from tests.pages import browser, words
from workflow.paging import keyset

CEILING = 16
HEAD = {"customer": "C001 瑞禾茶业有限公司", "business_kind": "printing", "payment_terms": "monthly_30", "tax": "0.13+"}
LINE = {"product_name": "P001", "unit": "本", "q1": "500", "p1": "13.80", "q2": "1000", "p2": "12.50"}


def sheet(*lines: dict[str, str], **changes: str) -> dict[str, str]:
    rows = [LINE | line for line in lines] or [LINE]
    data = HEAD | {"valid_until": str(day(15)), "lines-TOTAL_FORMS": str(len(rows)), "lines-INITIAL_FORMS": "0"}
    for place, row in enumerate(rows):
        data |= {f"lines-{place}-{name}": value for name, value in row.items()}
    return data | changes


@pytest.mark.rule("B1")
def test_from_inquiry_to_order_by_the_pages(cast: Cast) -> None:
    li = browser(cast.xiaoli)
    asked = {"customer": "青竹文创", "asked_by": "林青", "channel": "chat", "received_at": "2026-01-05 09:30",
             "due": str(day(2)), "asked": "画册 1,000 本"}  # fmt: skip
    answer = li.post("/inquiries/new/", asked, follow=True)
    inquiry = Inquiry.objects.get()
    assert (inquiry.customer, "编报价单" in words(answer)) == (None, True)
    assert "画册 1,000 本" in words(li.get(f"/quotations/new/?inquiry={inquiry.number}"))
    li.post("/quotations/new/", sheet(inquiry=inquiry.number, customer="青竹文创"))
    quotation = Quotation.objects.get()
    assert (quotation.inquiry, quotation.customer_name) == (inquiry, "青竹文创")
    li.post(f"/quotations/{quotation.number}/send/", {"to": "林青", "how": "微信"})
    page = li.post("/quotations/BJ26-000001/accept/", {"answer": "做 1,000 本"}, follow=True)
    assert "成单：登记业务单" in words(page)
    line = quotation.lines_now[0]
    chosen = {f"step{line.pk}": str(step_of(quotation, 1, "1000")), f"quantity{line.pk}": ""}
    given = {"basis": "chat", "requested_date": str(day(20)), "new_customer": "C018", **chosen}
    answer = li.post("/quotations/BJ26-000001/order/", given)
    order = Order.objects.get()
    assert answer["Location"] == f"/orders/{order.number}/edit/"
    assert (order.customer.code, str(order.amount)) == ("C018", "12500.00")
    assert "BJ26-000001" in words(li.get(f"/orders/{order.number}/?tab=contracts"))


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"valid_until": "2020-01-01"}, "有效期 2020-01-01 不在今天以后"),
    ({"customer": ""}, "请填客户"),
    ({"lines-0-q2": ""}, "数量和单价要成对"),
    ({"lines-0-q2": "500"}, "同一数量写了两个单价"),
    ({"lines-0-unit": ""}, "请填单位"),
    ({"lines-0-lead_days": "0"}, "交货天数不像是真的"),
]


@pytest.mark.rule("B1")
@pytest.mark.parametrize(("changes", "said"), WRONG)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(cast: Cast, changes: dict[str, str], said: str) -> None:
    answer = browser(cast.xiaoli).post("/quotations/new/", sheet(contact="刘婷", **changes))
    assert answer.status_code == 400
    assert said in words(answer)
    assert 'value="刘婷"' in answer.content.decode()
    assert not Quotation.objects.exists()


@pytest.mark.rule("B1")
def test_a_draft_is_shown_as_it_is_and_saved_anew(cast: Cast) -> None:
    quotation = quoted(cast)
    li = browser(cast.xiaoli)
    page = li.get(f"/quotations/{quotation.number}/edit/").content.decode()
    assert 'value="10.9"' in page
    li.post(f"/quotations/{quotation.number}/edit/", sheet(contact="石磊"))
    assert (Quotation.objects.get().contact, len(Quotation.objects.get().lines_now)) == ("石磊", 1)
    sent_one = sent(cast)
    assert li.get(f"/quotations/{sent_one.number}/edit/").status_code == 409
    assert li.post(f"/quotations/{sent_one.number}/edit/", sheet()).status_code == 409


@pytest.mark.rule("B1")
def test_a_new_version_opens_as_a_draft(cast: Cast) -> None:
    quotation = sent(cast)
    answer = browser(cast.xiaoli).post(f"/quotations/{quotation.number}/revise/")
    fresh = Quotation.objects.latest("pk")
    assert answer["Location"] == f"/quotations/{fresh.number}/edit/"
    assert "第 2 版" in words(browser(cast.laowang).get(f"/quotations/{quotation.number}/"))


@pytest.mark.rule("B1")
def test_every_line_is_decided_on_the_page(cast: Cast) -> None:
    quotation = agreed(cast)
    given = {"basis": "written", "requested_date": str(day(20))}
    answer = browser(cast.xiaoli).post(f"/quotations/{quotation.number}/order/", given)
    assert answer.status_code == 400
    assert "第 1 行还没有选" in words(answer)
    first, second = quotation.lines_now
    given |= {
        f"step{first.pk}": str(step_of(quotation, 1, "500")),
        f"quantity{first.pk}": "600",
        f"step{second.pk}": "",
    }
    browser(cast.xiaoli).post(f"/quotations/{quotation.number}/order/", given)
    assert [str(line.quantity) for line in Order.objects.get().goods_now] == ["600.000"]


@pytest.mark.rule("B1b")
def test_a_confirmation_is_made_sent_and_signed_by_the_pages(cast: Cast) -> None:
    order, li = accepted(cast), browser(cast.xiaoli)
    assert "发订单确认书" in words(li.get(f"/orders/{order.number}/"))
    assert "逾期视为合格" in words(li.get(f"/orders/{order.number}/contracts/new/"))
    li.post(f"/orders/{order.number}/contracts/new/", {"form": "confirmation", "terms": "按签样验收"})
    address = f"/contracts/{OrderContract.objects.get().number}/"
    assert li.post(f"{address}send/", {"to": "", "how": "邮件"}).status_code == 400
    li.post(f"{address}send/", {"to": "刘婷", "how": "邮件"})
    assert li.post(f"{address}sign-back/", {"signed_on": str(day(0))}).status_code == 400
    scan = SimpleUploadedFile("签回.pdf", PDF)
    li.post(f"{address}sign-back/", {"signed_on": str(day(0)), "file": scan})
    contract = OrderContract.objects.get()
    assert (contract.state, contract.scan.name) == ("signed", "签回.pdf")
    assert "已签回" in words(li.get(f"/orders/{order.number}/?tab=contracts"))


@pytest.mark.rule("B7")
def test_prices_are_for_those_who_may_see_them(cast: Cast) -> None:
    contract, quotation = posted(cast), sent(cast)
    for who in (cast.engineering, cast.warehouse):
        assert browser(who).get(f"/contracts/{contract.number}/").status_code == 403
        assert browser(who).get("/quotations/").status_code == 403
        assert browser(who).get(f"/quotations/{quotation.number}/").status_code == 403
    assert browser(cast.xiaochen).get(f"/quotations/{quotation.number}/").status_code == 404
    assert browser(cast.xiaochen).get(f"/contracts/{contract.number}/").status_code == 404


@pytest.mark.rule("B1")
@pytest.mark.parametrize(
    ("query", "found"),
    [("", True), ("?chip=sent", True), ("?chip=drafts", False), ("?q=rhcy", True), ("?q=没有", False)],
)
def test_the_list_narrows(cast: Cast, query: str, found: bool) -> None:
    quotation = sent(cast)
    assert (quotation.number in words(browser(cast.xiaoli).get(f"/quotations/{query}"))) is found
    assert browser(cast.xiaoli).get("/quotations/?order=password").status_code == 400


def test_old_versions_are_out_of_the_way_but_found(cast: Cast) -> None:
    old = sent(cast)
    li = browser(cast.xiaoli)
    li.post(f"/quotations/{old.number}/revise/")
    li.post(f"/quotations/B-{Quotation.objects.latest('pk').pk:06d}/send/", {"to": "刘婷", "how": "邮件"})
    assert f">{old.number}<" not in li.get("/quotations/").content.decode()
    assert f">{old.number}<" in li.get("/quotations/?chip=gone").content.decode()


@pytest.mark.parametrize("path", ["/quotations/", "/inquiries/", "/quotations/rates/"])
def test_the_lists_ask_as_often_for_many_rows(
    cast: Cast, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    li = browser(cast.xiaoli)
    sent(cast, inquiry=inquired(cast))
    with django_assert_max_num_queries(CEILING) as few:
        li.get(path)
    for _ in range(3):
        sent(cast, inquiry=inquired(cast))
    with django_assert_max_num_queries(len(few.captured_queries)):
        li.get(path)


@pytest.mark.parametrize("path", ["/quotations/", "/inquiries/"])
def test_pages_follow_each_other(cast: Cast, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(keyset.__kwdefaults__, "size", 2)
    for _ in range(3):
        quoted(cast, inquiry=inquired(cast))
    li, seen, url = browser(cast.xiaoli), [], path
    while url:
        page = li.get(url).context["page"]
        seen += [row.pk for row in page.rows]
        url = f"{path}{page.next_url}" if page.next_url else ""
    assert (len(seen), seen) == (3, sorted(seen, reverse=True))


def test_the_documents_ask_little(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    quotation, contract, li = agreed(cast), contracted(cast), browser(cast.xiaoli)
    for path in (f"/quotations/{quotation.number}/", f"/contracts/{contract.number}/"):
        with django_assert_max_num_queries(22):
            assert li.get(path).status_code == 200
