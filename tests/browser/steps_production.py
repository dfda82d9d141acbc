"""生产跟进：投产、手机上巡查、品质检验、生产完成。"""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.stage import People, picture
from tests.browser.steps_orders import press

SETTLED = "document.addEventListener('htmx:afterSettle', () => { document.body.dataset.settled = 1; }, {once: true})"
LACKING = "第 1 行产品画册检验合格 0／1,000 本"


def start(people: People, number: str) -> None:
    """跟单员投产；没有检验，生产完成说得出差多少。"""
    page = people.at("xiaoli", f"/orders/{number}/")
    press(page, "投产", "生产跟进")


def refused_to_finish(people: People, number: str) -> str:
    """没有检验就完成：按钮锁着，旁边是句子；那一段话。"""
    page = people.at("xiaoli", f"/orders/{number}/")
    button = page.get_by_role("button", name="生产完成")
    expect(button).to_be_disabled()
    picture(page, "refused-to-finish")
    return str(page.locator("#why-finish_production").inner_text())


def visit(people: People, number: str) -> None:
    """跟单员在手机上巡查，报做完的数。"""
    page = people.phone("xiaoli", "/visits/tour/")
    page.get_by_role("link", name=number).click()
    page.get_by_label("工序").fill("印刷")
    page.evaluate(SETTLED)
    page.get_by_label("工序").press("Tab")
    expect(page.locator("body[data-settled]")).to_have_count(1)
    page.get_by_label("产品画册", exact=True).fill("1000")
    page.get_by_label("宣传海报", exact=True).fill("500")
    page.get_by_role("group", name="进度").get_by_text("正常", exact=True).click()
    picture(page, "visit-phone")
    page.get_by_role("button", name="保存，去下一单").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("已登记")


def inspect(people: People, number: str) -> None:
    """品质检验两行，全数合格。"""
    page = people.at("printing_qc", "/inspections/")
    page.get_by_role("link", name=number).first.click()
    for name, quantity in (("产品画册", "1000"), ("宣传海报", "500")):
        sheet = page.get_by_role("region", name=name)
        sheet.get_by_label("合格").fill(quantity)
        sheet.get_by_label("检验报告号").fill(f"J-{quantity}")
    picture(page, "inspection")
    page.get_by_role("button", name="登记检验").click()
    expect(page.get_by_role("status")).to_contain_text(f"{number} 检验 2 行，已登记")


def finish(people: People, number: str) -> None:
    """检验齐了，生产完成。"""
    page = people.at("xiaoli", f"/orders/{number}/")
    press(page, "生产完成", "发货")
