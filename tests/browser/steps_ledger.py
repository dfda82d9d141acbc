"""收款：开票、登记并确认到账、结案。"""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.stage import People, picture
from tests.browser.steps_orders import press

CUSTOMER = "C001 瑞禾茶业有限公司"


def invoice(people: People) -> None:
    """财务把这个客户已发未开票的开成一张发票。"""
    page = people.at("finance", "/invoices/")
    page.get_by_role("link", name="开发票").click()
    page.get_by_label("客户").select_option(label=CUSTOMER)
    page.get_by_label("发票号码").fill("24332000000000018")
    picture(page, "invoice-form")
    page.get_by_role("button", name="开出发票 ¥14,100.00").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("已开票")


def pay(people: People) -> None:
    """财务登记到账，再确认。"""
    page = people.at("finance", "/payments/")
    page.get_by_role("link", name="登记收款").click()
    page.get_by_label("客户").select_option(label=CUSTOMER)
    page.get_by_label("金额").fill("14100")
    page.get_by_label("流水号").fill("BK-0001")
    expect(page.get_by_label("分给 24332000000000018")).to_have_value("14100")
    picture(page, "payment-form")
    page.get_by_role("button", name="只登记").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("待确认")
    press(page, "确认到账", "已确认")


def complete(people: People, number: str) -> None:
    """主任结案，页面再问一次。"""
    page = people.at("laowang", f"/orders/{number}/")
    page.get_by_role("button", name="结案").click()
    page.get_by_role("dialog").get_by_role("button", name="确定").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("已完成")
    picture(page, "order-completed")
