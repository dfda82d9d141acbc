"""接单：登记、提交、审核、结案，像人一样在页面上做。"""

from __future__ import annotations

import datetime as dt

from playwright.sync_api import Page, expect

from tests.browser.stage import People, picture
from workflow import clock

PASTED = "宣传海报\tA4\t250 g 铜版纸\t正四色\t\t张\t500\t\t3.20\t\n"


def day(after: int) -> str:
    """So many days from today, as people type it."""
    return str(clock.today() + dt.timedelta(days=after))


def register(people: People) -> str:
    """小李登记一张两行的业务单，一行打字、一行从表格粘贴，然后提交；单号。"""
    page = people.at("xiaoli", "/orders/")
    page.get_by_role("link", name="新建业务单").click()
    _head(page)
    _type_line(page)
    _paste_line(page)
    page.keyboard.press("Control+s")
    expect(page.get_by_role("heading", name="可以提交了")).to_be_visible()
    picture(page, "order-form")
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("待审核")
    return number_of(page)


def _head(page: Page) -> None:
    page.get_by_label("业务种类").select_option(label="印刷类")
    page.get_by_label("客户 *", exact=True).fill("C001 瑞禾茶业有限公司")
    page.get_by_label("客户单号").fill("RH-2611-018")
    page.get_by_label("要求交期").fill(day(20))
    page.get_by_role("group", name="下单依据").get_by_text("书面订单", exact=True).click()
    page.get_by_label("质量标准").fill("按签样")
    page.get_by_label("包装要求").fill("50 本/箱")


def _type_line(page: Page) -> None:
    line = page.locator("tr[data-row]").first
    line.get_by_label("品名").press_sequentially("P001")
    line.get_by_label("品名").press("Enter")
    expect(line.get_by_label("单价")).to_have_value("12.5")
    line.get_by_label("数量").press_sequentially("1000")
    expect(line.locator("[data-amount]")).to_have_text("12,500.00")


def _paste_line(page: Page) -> None:
    cell = page.locator("tr[data-row]:visible").nth(1).get_by_label("品名")
    cell.focus()
    cell.evaluate(
        """(cell, text) => {
            const held = new DataTransfer();
            held.setData("text/plain", text);
            cell.dispatchEvent(new ClipboardEvent("paste", {clipboardData: held, bubbles: true, cancelable: true}));
        }""",
        PASTED,
    )
    expect(page.locator("[data-total]")).to_have_text("14,100.00")


def accept(people: People, draft: str) -> str:
    """主任审核通过；取得的业务单号。"""
    page = people.at("laowang", f"/orders/{draft}/")
    press(page, "审核通过", "待评审")
    picture(page, "order")
    return number_of(page)


def number_of(page: Page) -> str:
    """The number in the heading."""
    return str(page.get_by_role("heading", level=1).inner_text().split()[0])


def press(page: Page, name: str, state: str) -> None:
    """Press the button of a move and see what the document became."""
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(state)
