"""发货：开单、两次确认、通知仓库、手机上发出、登记回单、发货完成。"""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.stage import People, picture
from tests.browser.steps_orders import day, number_of, press


def make_delivery(people: People, number: str) -> str:
    """跟单员从业务单开送货单，照预填的数发；送货单现在的号。"""
    page = people.at("xiaoli", f"/orders/{number}/")
    page.get_by_role("link", name="新建送货单").click()
    page.get_by_label("承运商").select_option(label="顺途物流")
    picture(page, "delivery-new")
    page.get_by_role("button", name="开送货单").click()
    expect(page.get_by_role("heading", name="到货确认")).to_be_visible()
    return number_of(page)


def confirm_twice(people: People) -> None:
    """跟客户确认到货日期两次。"""
    page = people.at("xiaoli")
    for times, how in enumerate(("电话", "邮件"), start=1):
        _confirm(page, how)
        expect(page.locator("#confirm tbody tr")).to_have_count(times)


def _confirm(page: Page, how: str) -> None:
    sheet = page.get_by_role("region", name="到货确认")
    sheet.get_by_label("到货日期").fill(day(1))
    sheet.get_by_label("跟谁确认").fill("刘婷")
    sheet.get_by_role("group", name="方式").get_by_text(how, exact=True).click()
    sheet.get_by_role("button", name="登记确认").click()


def notify(people: People) -> str:
    """通知仓库备货；取得的送货单号。"""
    page = people.at("xiaoli")
    press(page, "通知仓库", "已通知仓库")
    picture(page, "delivery")
    return number_of(page)


def dispatch(people: People, delivery: str) -> None:
    """仓库在手机上点货发出。"""
    page = people.phone("warehouse", "/deliveries/?chip=send")
    page.get_by_role("link", name=delivery).first.click()
    page.get_by_role("link", name="发出").click()
    page.get_by_label("运单号").fill("SF0001")
    picture(page, "dispatch-phone")
    page.get_by_role("button", name="发出 2 行").click()
    expect(page.get_by_role("status")).to_contain_text("已发出")


def receive_receipt(people: People, delivery: str) -> None:
    """跟单员登记客户签收的回单。"""
    page = people.at("xiaoli", f"/deliveries/{delivery}/")
    page.get_by_role("link", name="登记回单").click()
    page.get_by_label("签收人").fill("客户仓库")
    page.get_by_label("签收日期").fill(day(0))
    page.get_by_role("button", name="包装完好").click()
    page.get_by_role("button", name="登记回单").click()
    expect(page.get_by_role("status")).to_contain_text("回单已登记")


def finish(people: People, number: str) -> None:
    """货发齐、回单收齐，发货完成。"""
    press(people.at("xiaoli", f"/orders/{number}/"), "发货完成", "收款")
