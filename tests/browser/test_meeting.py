"""分散评审谈不拢转为会议，会上定的日期让一个签字失效（第十九条、第二十条）；与客户协商以后的第二轮评审。"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from reviews.models import Round
from tests.browser.stage import People, picture
from tests.browser.steps_orders import day
from tests.cast import Cast
from tests.cast_meetings import negotiating
from tests.cast_reviews import answer_of, reviewing, signed

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.rule("A19.3")
def test_a_distributed_review_is_turned_into_a_meeting(people: People, cast: Cast) -> None:
    review = signed(cast, reviewing(cast))
    page = people.at("xiaoli", f"/reviews/{review.pk}/")
    page.get_by_text("谈不拢，申请集中评审").click()
    page.get_by_label("理由").fill("物控和制造的日期对不上")
    page.get_by_role("button", name="送主任决定").click()
    expect(page.get_by_role("status")).to_contain_text("申请已送主任")

    page = people.at("laowang", f"/reviews/{review.pk}/")
    _turn(page)
    _hold(page)
    assert not answer_of(review, "engineering").is_signed
    assert answer_of(review, "material_control").is_signed

    page = people.at("engineering", f"/reviews/{review.pk}/answers/engineering/")
    page.get_by_role("button", name=re.compile("^签字")).click()
    expect(page.locator("main")).to_contain_text("已签")
    page = people.at("laowang", f"/reviews/{review.pk}/")
    page.get_by_role("button", name="下结论").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("通过")


def _turn(page: Page) -> None:
    form = page.locator("form[action$='turn-into-meeting/']")
    form.get_by_label("理由").fill("当面定")
    form.get_by_label("会议时间").fill(f"{day(0)} 23:50")
    form.get_by_label("会议地点").fill("二楼会议室")
    form.get_by_label("还请谁").fill("邓海燕")
    form.get_by_role("button", name="转为集中").click()
    expect(page.get_by_role("status")).to_contain_text("各部门的答复都留着")


def _hold(page: Page) -> None:
    page.get_by_role("link", name="会议安排、到会与纪要").click()
    for choice in page.get_by_text("到会", exact=True).all():
        choice.click()
    page.get_by_label("技术中心会上定的日期").fill(day(9))
    page.get_by_label("谭志强的发言要点").fill("提前三天出版")
    page.get_by_label("会上定了什么").fill("技术中心提前到 9 天")
    picture(page, "review-meeting")
    page.get_by_role("button", name="登记到会，出会议纪要").click()
    expect(page.get_by_role("status")).to_contain_text("纪要已存")
    expect(page.locator("main")).to_contain_text("评审会议纪要")
    page.goto(page.url.replace("meeting/", ""))
    expect(page.locator("main")).to_contain_text("技术中心还没有在现在的内容上签字")


@pytest.mark.rule("A20.6")
def test_what_the_customer_wants_otherwise_is_reviewed_again(people: People, cast: Cast) -> None:
    order = negotiating(cast)
    page = people.phone("xiaoli", f"/orders/{order.number}/negotiations/")
    page.get_by_label("跟客户的谁").fill("采购 姚丽")
    page.get_by_label("怎么联系").fill("电话")
    page.get_by_label("说了什么").fill("要分两批，第一批提前")
    page.get_by_text("谈定的与评审结果不同", exact=True).click()
    picture(page, "negotiation")
    page.get_by_role("button", name="记下这次协商").click()
    expect(page.locator("main")).to_contain_text("要分两批，第一批提前")

    page = people.at("laowang", f"/orders/{order.number}/")
    expect(page.locator("main")).to_contain_text("最近一次跟客户谈定的与评审结果不同，请重新评审")
    page.get_by_role("link", name="重新评审").click()
    page.get_by_label("选这种形式的理由").fill("客户要分两批")
    page.get_by_role("button", name="送 4 个部门评审").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("第 2 轮评审")

    page.goto(f"/orders/{order.number}/?tab=reviews")
    page.get_by_role("link", name="2 轮并排对照").click()
    picture(page, "rounds-compared")
    expect(page.locator("main")).to_contain_text("须与客户协商")
    assert list(Round.objects.order_by("number").values_list("state", flat=True)) == ["unmet", "open"]
