"""接单的各种来路：传真、口头请示、拖放与粘贴的图片、退回的意见。"""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.stage import People, picture
from tests.browser.steps_orders import day, number_of

CARRY = """async ([kind, name]) => {
    const canvas = document.createElement("canvas");
    canvas.width = 300;
    canvas.height = 200;
    canvas.getContext("2d").fillRect(0, 0, 300, 200);
    const drawn = await new Promise((made) => canvas.toBlob(made, "image/png"));
    const held = new DataTransfer();
    held.items.add(name.endsWith("png") ? new File([drawn], name, {type: "image/png"}) : new File(["MZ"], name));
    const told = {bubbles: true, cancelable: true};
    document.body.dispatchEvent(kind === "drop" ? new DragEvent("drop", {...told, dataTransfer: held})
        : new ClipboardEvent("paste", {...told, clipboardData: held}));
}"""


def carry(page: Page, kind: str, name: str) -> None:
    """Drop or paste a picture (or something else) on the page."""
    page.evaluate(CARRY, [kind, name])


def fill(page: Page, basis: str, po: str = "RH-2611-018") -> None:
    """A whole order of one line, on the form in front of us."""
    page.get_by_label("客户 *", exact=True).fill("C001 瑞禾茶业有限公司")
    page.get_by_label("客户单号").fill(po)
    page.get_by_label("要求交期").fill(day(20))
    page.get_by_role("group", name="下单依据").get_by_text(basis, exact=True).click()
    page.get_by_label("质量标准").fill("按签样")
    page.get_by_label("包装要求").fill("50 本/箱")
    line = page.locator("tr[data-row]").first
    line.get_by_label("品名").press_sequentially("P001")
    line.get_by_label("品名").press("Enter")
    expect(line.get_by_label("单价")).to_have_value("12.5")
    line.get_by_label("数量").press_sequentially("1000")


def asks(people: People, why: str) -> str:
    """小李登记口头订单，写请示；草稿的单号。"""
    page = people.at("xiaoli", "/orders/new/")
    fill(page, "口头，没有书面", po="")
    expect(page.get_by_role("link", name="口头订单要先请示，同意后才能提交")).to_be_visible()
    page.get_by_role("button", name="保存草稿").click()
    page.get_by_role("link", name="去请示").click()
    page.get_by_label("请示事由").fill(why)
    page.get_by_role("button", name="送主任请示").click()
    expect(page.locator("#instructions")).to_contain_text("待答复")
    return number_of(page)


def answers(people: People, number: str, words: str, button: str) -> None:
    """主任在我的一天上答复。"""
    page = people.at("laowang", "/")
    question = page.get_by_role("listitem").filter(has=page.get_by_role("link", name=number, exact=True)).last
    question.get_by_label("答复").fill(words)
    picture(page, "home-asked")
    question.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("已答复")


def returns(people: People, number: str) -> None:
    """主任退回，意见写在包装要求旁。"""
    page = people.at("laowang", f"/orders/{number}/")
    page.get_by_role("button", name="退回补充").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("原因").fill("要求不全")
    dialog.get_by_label("栏目 1").select_option(label="包装要求")
    dialog.get_by_label("意见 1").fill("没有写每箱数量")
    picture(page, "return-dialog")
    dialog.get_by_role("button", name="退回补充").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("登记")
