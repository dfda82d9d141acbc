"""一份更改的页面：影响、评审、签发、旧单收回、各版对照（第二十二条）。"""

from __future__ import annotations

from typing import Any

import pytest

from reviews.models import Notice
from tests.cast import Cast, line_input
from tests.cast_changes import agreed, drafted, effective, reissued, reviewing, submitted
from tests.cast_production import producing
from tests.cast_shipping import dispatched as sent
from tests.cast_shipping import in_store
from tests.pages import words
from tests.reviews.browsing import browser
from tests.reviews.test_page_ceilings import counted

pytestmark = [pytest.mark.django_db, pytest.mark.rule("A22")]


def test_the_supervisor_organises_the_review_of_the_departments_concerned(cast: Cast) -> None:
    change, page = submitted(cast), browser(cast.laowang)
    shown = words(page.get(f"/changes/{change.pk}/reviews/new/"))
    assert "只送勾选的部门，业务单照旧。" in shown

    chosen = {"departments": ["material_control", "printing_manufacturing"]}
    form = {"form": "distributed", "reason": "客户追加"}
    none = page.post(f"/changes/{change.pk}/reviews/new/", form)
    assert (none.status_code, "至少请一个部门" in words(none)) == (400, True)
    answer = page.post(f"/changes/{change.pk}/reviews/new/", form | chosen)

    seen = words(browser(cast.printing_mfg).get(f"{answer['Location']}answers/printing_manufacturing/"))
    for said in ("更改对照", "1,200", "影响", "产品画册 1,200 本"):
        assert said in seen


def test_the_signer_sees_the_differences_and_that_it_stands_alone(cast: Cast) -> None:
    notice, page = drafted(cast), browser(cast.gm)
    shown = words(page.get(f"/notices/{notice.number}/"))
    for said in ("更改对照", "1,000 本 1,200 本", "立即作废，要单独签", "影响"):
        assert said in shown
    assert "不能批量签" in page.get("/notices/sign/").content.decode()

    page.post(f"/notices/{notice.number}/sign/", {"version": str(notice.revision)})

    assert Notice.objects.get(pk=notice.pk).state == "signed"


def test_the_old_copies_are_followed_until_they_are_back(cast: Cast) -> None:
    notice = reissued(cast)
    page = browser(cast.xiaoli)

    shown = words(page.get(f"/changes/{notice.change_id}/"))

    assert "还有 4／4 份没有收回" in shown
    assert shown.count("在手里，要交回") == 4
    assert "旧单没收齐" in words(page.get("/changes/?chip=recall"))
    assert notice.change.number in words(page.get("/changes/?chip=recall"))
    page.post(f"/notices/{notice.change_of.number}/copies/engineering/return-copy/")  # type: ignore[union-attr]
    assert "还有 3／4 份没有收回" in words(page.get(f"/changes/{notice.change_id}/"))


def test_versions_stand_side_by_side_without_prices_for_departments(cast: Cast) -> None:
    order = effective(cast).order
    path = f"/orders/{order.number}/versions/"

    shown = words(browser(cast.xiaoli).get(path))
    assert "第 1 版与第 2 版" in shown
    assert "数量 1,000 1,200" in shown
    assert "14,100.00" in shown
    assert "14,100" not in words(browser(cast.printing_mfg).get(path))
    assert browser(cast.xiaoli).get(f"{path}?old=9").status_code == 400


def test_the_agreement_and_the_notice_are_made_here(cast: Cast) -> None:
    change = agreed(cast)
    page = browser(cast.xiaoli)
    assert "编制通知单（更改）" in words(page.get(f"/changes/{change.pk}/"))

    answer = page.post(f"/changes/{change.pk}/notices/")

    assert answer["Location"] == f"/notices/{Notice.objects.get(state='draft').number}/"
    assert "看通知单（更改）" in words(page.get(f"/changes/{change.pk}/"))


def test_the_impact_names_what_is_done_shipped_and_invoiced(cast: Cast) -> None:
    order = in_store(cast, producing(cast), (1, "1000"))
    sent(cast, order, amounts=[(1, "400")])
    change = submitted(cast, order, cancel=False)

    shown = words(browser(cast.xiaoli).get(f"/changes/{change.pk}/"))

    for said in ("已净发 400 本，已发的仍是原价", "订货金额从 14,100.00 元变成 16,600.00 元", "有 4 份在外面"):
        assert said in shown
    seen = words(browser(cast.material).get(f"/changes/{change.pk}/"))
    assert ("有 4 份在外面" in seen, "订货金额" in seen) == (True, False)


def test_a_list_asks_the_same_for_one_and_for_many(cast: Cast) -> None:
    client: Any = browser(cast.gm)
    submitted(cast)
    few = counted(client, "/changes/")
    for _more in range(3):
        reviewing(cast, producing(cast, lines=[line_input() for _ in range(9)]))

    assert counted(client, "/changes/") == few
    assert few <= 12


def test_a_page_stays_within_its_queries(cast: Cast) -> None:
    notice = reissued(cast)

    assert counted(browser(cast.laowang), f"/changes/{notice.change_id}/") <= 40
    assert counted(browser(cast.xiaoli), f"/orders/{notice.order.number}/?tab=changes") <= 60
