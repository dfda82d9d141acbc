"""评审与下单：组织、答复、结论、通知单签发、发放、签收。"""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from reviews.points import POINTS
from tests.browser.stage import People, picture
from tests.browser.steps_orders import day, press
from tests.cast_reviews import HEADS

PRINTING = ("engineering", "material_control", "printing_manufacturing", "printing_quality")
ON_PHONE = "material_control"


def convene(people: People, number: str) -> None:
    """主任审核通过，送四个部门评审。"""
    page = people.at("laowang", f"/orders/{number}/")
    page.get_by_role("link", name="组织评审").click()
    page.get_by_label("选这种形式的理由").fill("常规订单")
    page.get_by_role("button", name="送 4 个部门评审").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("第 1 轮评审")


def answer_all(people: People, number: str) -> None:
    """四个部门的第一负责人各自答复、签字，物控在手机上。"""
    for department in PRINTING:
        head = HEADS[department]
        page = people.phone(head, "/reviews/") if department == ON_PHONE else people.at(head, "/reviews/")
        page.get_by_role("link", name=number).click()
        page.get_by_role("link", name=re.compile("去答复")).click()
        fill_answer(page)
        picture(page, f"review-answer-{department}")
        page.get_by_role("button", name=re.compile("签")).click()
        expect(page.locator("main")).to_contain_text("已签。改了日期或答复，签字失效")


def fill_answer(page: Page) -> None:
    page.get_by_label("计划完成").fill(day(12))
    for point in POINTS:
        page.get_by_role("group", name=str(point.title), exact=True).get_by_text("是", exact=True).click()
    page.get_by_role("group", name="结论").get_by_text("同意", exact=True).click()
    page.get_by_label("意见与条件").fill("可以")


def conclude(people: People, number: str) -> None:
    """主任下结论：通过，写下交期。"""
    page = people.at("laowang", f"/orders/{number}/")
    page.get_by_role("link", name="下评审结论").click()
    page.get_by_role("group", name="结论").get_by_text("通过", exact=True).click()
    page.get_by_role("textbox", name="交期").fill(day(18))
    page.get_by_label("不一致怎样处理、说明").fill("客户要求晚几天到")
    page.get_by_role("button", name="下结论").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("通过")


def make_notice(people: People, number: str) -> None:
    """跟单员编制业务通知单。"""
    page = people.at("xiaoli", f"/orders/{number}/")
    page.get_by_role("link", name="编制业务通知单").click()
    page.get_by_role("button", name="编制业务通知单").click()
    expect(page.get_by_role("heading", name="订货明细")).to_be_visible()


def sign_batch(people: People) -> None:
    """总经理在手机上批量签发。"""
    page = people.phone("gm", "/notices/")
    page.get_by_role("link", name="去签发").click()
    picture(page, "notice-signing")
    page.get_by_role("button", name="签发 1 份").click()
    expect(page.get_by_role("status")).to_contain_text("签发了 1 份")


def issue_notice(people: People, number: str) -> str:
    """跟单员发放；通知单号。"""
    page = people.at("xiaoli", f"/orders/{number}/")
    page.get_by_role("link", name="发放通知单").click()
    press(page, "发放", "现行")
    picture(page, "notice")
    return str(page.get_by_role("heading", level=1).inner_text().split()[0])


def acknowledge_all(people: People, notice: str) -> None:
    """各部门签收自己的那一份。"""
    for department in PRINTING:
        page = people.at(HEADS[department], "/notices/")
        page.get_by_role("link", name=notice).click()
        page.get_by_role("button", name="签收").click()
        expect(page.get_by_role("button", name="签收")).to_have_count(0)
