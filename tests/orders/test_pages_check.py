"""边填边看还缺什么（第六条，A6.1d、A6.1e）：半张表也判，什么都不存；重复的客户单号提醒，不拦。"""

from __future__ import annotations

import pytest

from orders import services
from orders.models import BusinessKind, Order
from tests.cast import Cast, draft, order_input, submitted
from tests.pages import browser, sheet, words

CHECK = "/orders/new/check/"


@pytest.mark.rule("A6.1d")
def test_half_a_form_is_told_everything_at_once(cast: Cast) -> None:
    answer = browser(cast.xiaoli).post(CHECK, sheet({"unit_price": "", "specification": ""}, packing="", customer=""))
    page = words(answer)
    for gap in ("请填客户", "第 1 行：请填单价", "没填包装要求，印刷类必填", "还缺 3 项才能提交", "质量标准"):
        assert gap in page
    assert "行的数量和单价" not in page  # a line that lacks its price is not among what is there
    assert not Order.objects.exists()


@pytest.mark.rule("A6.1d")
def test_the_kind_decides_what_is_asked_and_starred(cast: Cast) -> None:
    kind = BusinessKind.objects.get(code="paper")
    kind.required_order, kind.required_line = ["colour"], ["material"]
    kind.save()
    answer = browser(cast.xiaoli).post(CHECK, sheet(business_kind="paper", packing="", standard=""))
    page = words(answer)
    assert "没填颜色，纸品类必填" in page
    assert "第 1 行「产品画册」没有材料" in page
    assert "没填包装要求" not in page
    musts = answer.content.decode().split('data-musts="')[1].split('"')[0].split()
    assert sorted(musts) == ["colour", "line.material"]


@pytest.mark.rule("A6.1d")
def test_the_gap_leads_to_the_row_on_the_page(cast: Cast) -> None:
    kind = BusinessKind.objects.get(code="printing")
    kind.required_line = ["material"]
    kind.save()
    data = sheet({"DELETE": "on"}, {"product_name": "P002"})
    assert 'data-goes="id_lines-1-material"' in browser(cast.xiaoli).post(CHECK, data).content.decode()


@pytest.mark.rule("A6.1a")
def test_the_same_customer_po_is_warned_of_while_typing(cast: Cast) -> None:
    other = submitted(cast)
    li = browser(cast.xiaoli)
    answer = li.post(CHECK, sheet(customer_po=" rh-2611-018 "))
    assert f"客户单号 RH-2611-018 在 {other.number} 用过，李晓雯" in words(answer)
    assert f'href="/orders/{other.number}/"' in answer.content.decode()
    assert "可以提交了" in words(answer)
    assert "用过" not in words(li.post(CHECK, sheet(customer="C002")))
    assert "用过" not in words(li.post(CHECK, sheet(customer_po="")))


@pytest.mark.rule("A6.1a")
def test_saving_warns_and_does_not_refuse(cast: Cast) -> None:
    other = submitted(cast)
    answer = browser(cast.xiaoli).post("/orders/new/", sheet(submit="1"), follow=True)
    assert Order.objects.latest("pk").state == "submitted"
    assert f"在 {other.number} 用过" in words(answer)


@pytest.mark.rule("A6.1a", "B7")
def test_a_colleagues_order_is_named_without_a_link(cast: Cast) -> None:
    other = services.create_order(order_input(), actor=cast.xiaochen)
    answer = browser(cast.xiaoli).post(CHECK, sheet())
    assert f"在 {other.number} 用过，陈思远" in words(answer)
    assert f"/orders/{other.number}/" not in answer.content.decode()


@pytest.mark.rule("A6.1a")
@pytest.mark.parametrize("end", ["discard", "reject"])
def test_what_was_cancelled_or_refused_does_not_count(cast: Cast, end: str) -> None:
    order = draft(cast)
    if end == "discard":
        services.discard_order(order, actor=cast.xiaoli)
    else:
        services.reject_order(order, "做不了", actor=cast.laowang)
    assert "用过" not in words(browser(cast.xiaoli).post(CHECK, sheet()))


@pytest.mark.rule("A6.1e")
def test_the_supervisors_remarks_stand_at_the_fields(cast: Cast) -> None:
    order = submitted(cast)
    wang = browser(cast.laowang)
    given = {
        "reason": "要求不全",
        "remark_field": ["requirements.packing", "lines.1.specification", ""],
        "remark": ["没有写每箱数量", "A4 还是 A5？", "  "],
    }
    assert wang.post(f"/orders/{order.number}/return-to-coordinator/", given).status_code == 302
    li = browser(cast.xiaoli)
    html = li.get(f"/orders/{order.number}/edit/").content.decode()
    assert "没有写每箱数量" in html.split('id="id_packing"')[1].split("</div>")[0]
    assert "A4 还是 A5？" in html.split('id="id_lines-1-specification"')[1].split("</td>")[0]
    assert 'data-goes="id_lines-1-specification">第 2 行「宣传海报」规格：A4 还是 A5？' in html
    page = words(li.get(f"/orders/{order.number}/"))
    assert "退回： 要求不全" in page
    assert "包装要求：没有写每箱数量" in page
    services.submit_order(Order.objects.get(), actor=cast.xiaoli)
    assert "没有写每箱数量" not in words(li.get(f"/orders/{order.number}/?tab=files")).split("时间线")[0]


@pytest.mark.rule("A6.1f")
def test_the_receipt_and_the_talk_are_set_on_the_form(cast: Cast) -> None:
    li = browser(cast.xiaoli)
    future = li.post("/orders/new/", sheet(received_at="2099-01-01 09:00", confirmed_at="2099-01-01 09:00"))
    assert (future.status_code, "收单时间不能在将来" in words(future)) == (400, True)
    assert "确认时间不能在将来" in words(future)
    li.post(
        "/orders/new/", sheet(received_at="2026-01-04 16:25", confirmed_with="刘婷", confirmed_at="2026-01-04 17:05")
    )
    order = Order.objects.get()
    assert (f"{order.received_at:%m-%d}", order.confirmed_with) == ("01-04", "刘婷")
