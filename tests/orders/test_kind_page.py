"""编订页（A5）：先看改了什么，错在哪一格说在哪一格，填的都还在，历次版本谁改的、改了什么。"""

from __future__ import annotations

from typing import Any

import pytest

from orders.models import BusinessKind, KindVersion
from tests.cast import Cast
from tests.cast_kinds import changed_kind, kind, page_of
from tests.pages import browser, words

PAGE = "/kinds/printing/"
ROW = {"milestones-TOTAL_FORMS": "5", "milestones-4-department": "engineering", "milestones-4-days": "1"}


def sent(cast: Cast, **changes: Any) -> Any:
    return browser(cast.laowang).post(PAGE, page_of(**changes))


def test_the_page_saves_what_it_shows_without_a_new_version(cast: Cast) -> None:
    for code in BusinessKind.objects.filter(active=True).values_list("code", flat=True):
        assert browser(cast.laowang).post(f"/kinds/{code}/", page_of(code)).status_code == 302
    assert set(BusinessKind.objects.values_list("version", flat=True)) == {1}


@pytest.mark.rule("A5")
def test_saving_makes_the_next_version(cast: Cast) -> None:
    row = {**ROW, "milestones-4-code": "proof", "milestones-4-name": "打样"}
    assert sent(cast, buffer_days="2", cut_off_from="8:30", cut_off_to="１７：００", **row).status_code == 302
    saved = kind()
    assert (saved.version, saved.rules.buffer_days, saved.milestones[4]["name"]) == (2, 2, "打样")
    assert saved.options["cut_off"] == {"from": "08:30", "to": "17:00"}


@pytest.mark.rule("A5")
def test_what_would_change_is_shown_first(cast: Cast) -> None:
    page = words(sent(cast, buffer_days="2", preview="1"))
    assert "对新登记的单会有什么不同" in page
    assert "交期余量（天） 1 2" in page
    assert kind().version == 1


@pytest.mark.rule("A5")
def test_history_says_who_changed_what(cast: Cast) -> None:
    changed_kind(cast, buffer_days=4, fax_talk=True)
    page = words(browser(cast.director).get(PAGE))
    assert "第 2 版 王建国" in page
    assert "交期余量（天） 1 4" in page
    assert "传真订单要跟客户电话确认过才提交 — 是" in page
    assert "第 1 版 出厂设置" in page


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "请填名称"),
        ("name", "纸品类", "已经有一个种类叫"),
        ("name", "甲\u202e乙", "看不见的控制字符"),
        ("over_percent", "-1", "不能是负数"),
        ("over_percent", "100.01", "最多 100"),
        ("buffer_days", "1.5", "最多 0 位小数"),
        ("buffer_days", "9999", "最多 60"),
        ("cut_off_from", "25:00", "时间写成 08:30 这样"),
        ("cut_off_from", "08:00", "起和止要一起填"),
        ("return_days_from", "32", "最多 31"),
        ("departments", "no-such", "请从列出的里面选评审部门"),
        ("papers", "合同\n合同", "有一项写了两遍"),
        ("milestones-0-department", "hr", "这个部门不在评审部门里"),
        ("milestones-0-days", "0", "要大于零"),
        ("milestones-0-name", "", "请填节点"),
        ("milestones-1-code", "design", "写了两遍"),
        ("milestones-TOTAL_FORMS", "1000", "30"),
    ],
)
def test_a_fault_is_said_beside_its_field_and_nothing_is_lost(cast: Cast, field: str, value: str, said: str) -> None:
    answer = sent(cast, **{"aspect_engineering": "这句话还在", field: value})
    assert answer.status_code == 400
    assert said in words(answer)
    assert "这句话还在" in answer.content.decode()
    assert KindVersion.objects.filter(kind__code="printing").count() == 1


def test_who_was_second_keeps_what_was_typed(cast: Cast) -> None:
    data = page_of(aspect_engineering="这句话还在")
    changed_kind(cast, buffer_days=5)
    answer = browser(cast.director).post(PAGE, data)
    assert answer.status_code == 409
    assert "别人刚改过这个种类" in words(answer)
    assert "这句话还在" in answer.content.decode()
    assert kind().options["buffer_days"] == 5


@pytest.mark.rule("A5")
def test_a_department_that_is_not_there_is_said_not_crashed(cast: Cast) -> None:
    page = browser(cast.laowang).get("/kinds/garment/")
    assert (page.status_code, "制造（本公司没有）" in words(page)) == (200, True)
    answer = browser(cast.laowang).post("/kinds/garment/", page_of("garment"))
    assert (answer.status_code, "先建部门，或换成别的部门，再启用" in words(answer)) == (400, True)


def test_the_list_shows_all_and_strangers_none(cast: Cast) -> None:
    page = words(browser(cast.laowang).get("/kinds/"))
    assert ("印刷类" in page, "设备类" in page, "备着" in page) == (True, True, True)
    assert browser(cast.xiaoli).get("/kinds/").status_code == 403
    assert browser(cast.xiaoli).post(PAGE, page_of(buffer_days="9")).status_code == 403


def test_a_new_kind_is_made_on_the_page(cast: Cast) -> None:
    data = {**page_of(), "code": "label", "name": "标签类"}
    assert browser(cast.laowang).post("/kinds/new/", data)["Location"] == "/kinds/label/"
    assert browser(cast.laowang).post("/kinds/new/", {**data, "code": "new", "name": "新"}).status_code == 400
    assert kind("label").rules.milestones == kind().rules.milestones
