"""客户改数量，旧通知单收回三份（第二十二条）：从申请到收齐，各人在各自的页面上。"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from orders.models import Order
from papers.models import Paper
from reviews import services
from reviews.models import ChangeRequest, Notice, NoticeCopy
from tests.browser.stage import People, picture
from tests.browser.steps_orders import press
from tests.cast import Cast
from tests.cast_production import producing
from tests.cast_reviews import HEADS, day, signed
from workflow.history import verify_chain

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
BACK = ("engineering", "material_control", "printing_manufacturing")


@pytest.mark.rule("A22")
def test_a_changed_quantity_recalls_three_copies(people: People, cast: Cast) -> None:
    order = producing(cast)
    old = Notice.objects.get(order=order)

    change = asked_for(people, order)
    reviewed(people, cast, change)
    number = signed_and_issued(people, change)
    for department in BACK:
        give_back(people, old, department)

    assert Order.objects.get(pk=order.pk).lines_now[0].quantity == 1200
    assert Notice.objects.get(pk=old.pk).state == "void"
    page = people.at("xiaoli", f"/changes/{change.pk}/")
    expect(page.get_by_role("heading", name="旧通知单收回").locator("..")).to_contain_text("还有 1／4 份没有收回")
    assert NoticeCopy.objects.filter(notice=old, state="returned").count() == 3
    public = people.stranger(verify_url(old))
    expect(public.locator("main")).to_contain_text(f"由 {number} 取代")
    assert list(verify_chain()) == []


def asked_for(people: People, order: Order) -> ChangeRequest:
    """跟单员：改数量，看影响，提交。"""
    page = people.at("xiaoli", f"/orders/{order.number}/")
    page.get_by_role("link", name="申请更改").first.click()
    page.get_by_role("textbox", name="数量").first.fill("1200")
    page.get_by_label("更改原因").fill("客户追加 200 本")
    page.get_by_role("button", name="存好，看影响").click()
    expect(page.get_by_role("heading", name="影响")).to_be_visible()
    picture(page, "change-impact")
    press(page, "提交更改", "待评审")
    return ChangeRequest.objects.get()


def reviewed(people: People, cast: Cast, change: ChangeRequest) -> None:
    """主任只送有关的部门；各部门签了，主任下结论。"""
    page = people.at("laowang", f"/changes/{change.pk}/")
    page.get_by_role("link", name="组织评审").click()
    page.get_by_label("选这种形式的理由").fill("客户追加")
    expect(page.get_by_label("印刷制造部")).to_be_checked()
    page.get_by_label("技术中心").uncheck()
    page.get_by_role("button", name="送勾选的部门评审").click()
    expect(page.get_by_role("heading", name="更改对照")).to_be_visible()
    assert change.rounds.get().answers.count() == 3
    services.conclude(signed(cast, change.rounds.get()), "pass", actor=cast.laowang, delivery_date=day(22))


def signed_and_issued(people: People, change: ChangeRequest) -> str:
    """跟单员编通知单（更改），总经理单独打开签，跟单员发放；新的单号。"""
    page = people.at("xiaoli", f"/changes/{change.pk}/")
    page.get_by_role("button", name="编制通知单（更改）").click()
    expect(page.get_by_role("heading", name="更改对照")).to_be_visible()
    boss = people.phone("gm", "/notices/sign/")
    boss.get_by_role("link", name="打开", exact=True).first.click()
    picture(boss, "change-signing")
    boss.get_by_role("button", name="签发").click()
    expect(boss.get_by_role("heading", level=1)).to_contain_text("已签，待发放")
    number = str(boss.get_by_role("heading", level=1).inner_text().split()[0])
    page = people.at("xiaoli", f"/notices/{number}/")
    press(page, "发放", "现行")
    return number


def give_back(people: People, old: Notice, department: str) -> None:
    """部门负责人从待办打开旧单，登记交回。"""
    page = people.at(HEADS[department], "/duties/")
    page.get_by_role("link", name=re.compile("去交回")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(old.number)
    page.get_by_role("button", name="交回").click()
    expect(page.get_by_role("button", name="交回")).to_have_count(0)


def verify_url(notice: Notice) -> str:
    """The public page of the notice's paper."""
    return str(Paper.objects.filter(about=notice.about, kind="notice").get().verify_url)
