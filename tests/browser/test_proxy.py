"""分散评审里受权人代签，负责人从补签的一叠里补签（第十九条）；请假的几天由代理人办，留痕写明代谁（第三条）。"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from reviews.models import Answer, Signature
from tests.browser.stage import People, picture
from tests.browser.steps_orders import day
from tests.browser.steps_reviews import fill_answer
from tests.cast import Cast, draft
from tests.cast_parties import away
from tests.cast_reviews import reviewing

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.rule("A19.2")
def test_a_delegate_signs_and_the_head_countersigns(people: People, cast: Cast) -> None:
    review = reviewing(cast)
    page = people.at("engineering2", f"/reviews/{review.pk}/answers/engineering/")
    fill_answer(page)
    picture(page, "proxy-answer")
    page.get_by_role("button", name=re.compile("^代签")).click()
    expect(page.locator("main")).to_contain_text("已签")

    page = people.phone("engineering", "/reviews/?chip=countersign")
    expect(page.get_by_role("link", name=review.order.number)).to_be_visible()
    page.goto("/reviews/countersign/")
    expect(page.locator("main")).to_contain_text("方晓")
    page.get_by_role("checkbox").check()
    picture(page, "countersign")
    page.get_by_role("button", name="补签勾选的").click()

    expect(page.locator("main")).to_contain_text("没有等您补签的")
    assert Answer.objects.get(round=review, department__code="engineering").state == "countersigned"
    assert Signature.objects.filter(act="countersign", auth_time__isnull=False).count() == 1


@pytest.mark.rule("A3")
def test_leave_is_entered_and_the_deputy_works(people: People, cast: Cast) -> None:
    order = draft(cast)
    page = people.at("xiaoli", "/leaves/")
    page.get_by_label("第一天").fill(day(0))
    page.get_by_label("最后一天").fill(day(2))
    page.get_by_label("代理人").select_option(label="陈思远")
    page.get_by_role("button", name="登记请假").click()
    expect(page.get_by_role("status")).to_contain_text("由陈思远代办")

    page = people.at("xiaochen", f"/orders/{order.number}/")
    page.get_by_role("button", name="提交审核").click()
    expect(page.locator("main")).to_contain_text("陈思远（代 李晓雯）提交审核")
    picture(page, "deputy-order")


@pytest.mark.rule("A19.2")
def test_a_heads_deputy_finds_the_answer_and_leaves_the_signature(people: People, cast: Cast) -> None:
    review = reviewing(cast)
    away(cast.material, cast.planning)
    page = people.at("planning", "/duties/")
    expect(page.locator("main")).to_contain_text("代 黄丽珍")
    page.get_by_role("link", name="去答复").click()
    fill_answer(page)
    expect(page.get_by_role("button", name=re.compile("签字|代签"))).to_have_count(0)
    page.get_by_role("button", name="存好，交负责人签").click()

    expect(page.locator("main")).to_contain_text("还没有签字")
    assert Answer.objects.get(round=review, department__code="material_control").state == "answered"
