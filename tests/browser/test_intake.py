"""接单在浏览器里（第六条，A6.1a–f）：边填边看缺什么，文件拖进来，传真催原件，口头先请示，退回看得见意见。"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from playwright.sync_api import expect

from orders.models import Order
from papers.services import attachments_of
from tests.browser.stage import People, picture
from tests.browser.steps_intake import answers, asks, carry, fill, returns
from tests.browser.steps_orders import number_of, press
from tests.cast import Cast, submitted
from workflow import clock

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.mark.rule("A6.1d", "A6.1a")
def test_what_is_missing_is_said_while_typing(people: People, cast: Cast) -> None:
    other = submitted(cast)
    page = people.at("xiaoli", "/orders/new/")
    panel = page.get_by_role("complementary")
    expect(panel.get_by_role("link", name="没填质量标准，印刷类必填")).to_be_visible()
    page.get_by_label("质量标准").fill("按签样")
    expect(panel.get_by_role("link", name="没填质量标准，印刷类必填")).to_have_count(0)
    panel.get_by_role("link", name="去填：客户").click()
    expect(page.get_by_label("客户 *", exact=True)).to_be_focused()
    page.get_by_label("客户 *", exact=True).fill("C001 瑞禾茶业有限公司")
    page.get_by_label("客户单号").fill("rh-2611-018")
    same = page.locator("#same-po")
    expect(same).to_contain_text(f"客户单号 RH-2611-018 在 {other.number} 用过")
    expect(same.get_by_role("link", name="去看")).to_have_attribute("href", f"/orders/{other.number}/")
    picture(page, "order-form-gaps")
    assert Order.objects.count() == 1


@pytest.mark.rule("A6.1a")
def test_pictures_are_dropped_and_pasted_before_the_first_save(people: People, cast: Cast) -> None:
    page = people.at("xiaoli", "/orders/new/")
    page.get_by_label("质量标准").fill("按签样")
    carry(page, "drop", "聊天-1.png")
    carry(page, "paste", "image.png")
    carry(page, "drop", "order.exe")
    files = page.locator("#file-list li")
    expect(files).to_have_count(2)
    expect(page.get_by_role("alert")).to_contain_text("不接受这种文件，请上传 pdf、")
    expect(page.get_by_role("complementary")).to_contain_text("2 份文件")
    page.reload()
    expect(files).to_have_count(2)
    expect(page.get_by_label("质量标准")).to_have_value("按签样")
    fill(page, "聊天图片")
    picture(page, "order-form-files")
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("待审核")
    assert attachments_of(Order.objects.get()).count() == 2
    carry(page, "drop", "补充.png")
    expect(page.locator("#basis-files li")).to_have_count(3)


@pytest.mark.rule("A6.1b")
def test_a_fax_goes_ahead_and_its_original_is_chased(people: People, cast: Cast, tmp_path: Path) -> None:
    with clock.told(clock.now() - dt.timedelta(days=12)):
        number = submitted(cast, basis="fax").number
    (tmp_path / "original.pdf").write_bytes(PDF)
    page = people.at("laowang", "/orders/queue/")
    page.get_by_label(f"选择 {number}").check()
    page.get_by_role("button", name="审核通过 1 单").click()
    expect(page.get_by_role("status").first).to_contain_text("审核通过 1 单：GD26-000001")
    page = people.at("xiaoli", "/")
    expect(page.get_by_role("region", name="待办")).to_contain_text("补登书面原件")
    page.goto("/orders/originals/")
    expect(page.get_by_role("row").filter(has_text="GD26-000001")).to_contain_text("超 2 天")
    picture(page, "originals")
    page.get_by_role("button", name="登记原件").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("扫描件").set_input_files(tmp_path / "original.pdf")
    dialog.get_by_role("button", name="登记原件").click()
    expect(page.get_by_text("没有要补的原件")).to_be_visible()
    assert Order.objects.get().original_received_on == clock.today()


@pytest.mark.rule("A6.1c")
def test_a_verbal_order_waits_for_its_answer(people: People, cast: Cast) -> None:
    number = asks(people, "老客户电话下单，合同三天内补")
    answers(people, number, "同意先做", "同意")
    page = people.at("xiaoli", f"/orders/{number}/")
    expect(page.locator("#instructions")).to_contain_text("同意先做")
    press(page, "提交审核", "待审核")


@pytest.mark.rule("A6.1c")
def test_a_refused_question_ends_the_order_and_says_why(people: People, cast: Cast) -> None:
    number = asks(people, "新客户电话下单")
    answers(people, number, "没有书面不做", "不同意")
    page = people.at("xiaoli", f"/orders/{number}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("已拒绝")
    expect(page.get_by_text("拒绝接单，理由：没有书面不做")).to_be_visible()
    expect(page.get_by_role("button", name="提交审核")).to_have_count(0)
    picture(page, "order-refused")


@pytest.mark.rule("A6.1e")
def test_remarks_stand_at_the_fields_until_it_is_submitted_again(people: People, cast: Cast) -> None:
    number = submitted(cast).number
    returns(people, number)
    page = people.at("xiaoli", f"/orders/{number}/edit/")
    remark = page.locator(".field-remark")
    expect(remark).to_have_text("主任：没有写每箱数量")
    page.get_by_role("complementary").get_by_role("link", name="包装要求：没有写每箱数量").click()
    expect(page.get_by_label("包装要求")).to_be_focused()
    page.get_by_label("包装要求").fill("50 本/箱，40 箱")
    picture(page, "order-form-returned")
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("待审核")
    assert number_of(page) == number


@pytest.mark.rule("A6.1f")
def test_the_coordinator_refuses_what_does_not_conform(people: People, cast: Cast) -> None:
    page = people.at("xiaoli", "/orders/new/")
    fill(page, "书面订单")
    page.get_by_role("button", name="保存草稿").click()
    page.get_by_role("link", name="D-").first.click()
    page.get_by_text("更多", exact=True).click()
    page.get_by_role("button", name="不符合要求，不接").click()
    page.get_by_role("dialog").get_by_label("哪里不符合").fill("尺寸与刀模不符")
    page.get_by_role("dialog").get_by_role("button", name="告诉主任").click()
    expect(page.locator("#nonconformities")).to_contain_text("待请客户修改")
    expect(page.locator("#why-submit")).to_contain_text("客户还没改好：尺寸与刀模不符")
    expect(people.at("laowang", "/").get_by_role("region", name="待办")).to_contain_text("跟单员不接")
    page.get_by_label("请了客户的谁").fill("刘婷")
    page.get_by_label("方式").fill("电话")
    page.get_by_role("button", name="记下请客户修改").click()
    page.get_by_label("客户怎么改的").fill("改成 210×285")
    picture(page, "order-nonconformity")
    page.get_by_role("button", name="客户改好了").click()
    press(page, "提交审核", "待审核")
