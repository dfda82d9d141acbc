"""谁手里有什么、收发登记、批量签收的页面（第六条、第二十二条）：一眼看清，可以打印。"""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reviews import services
from reviews.models import Notice, NoticeCopy
from reviews.notice_reminders import original_to_archive
from tests.caller import Caller
from tests.cast import Cast
from tests.cast_reviews import copy_of, issued, issued_notice
from tests.cast_samples import day, standard
from tests.pages import browser, words
from workflow import clock
from workflow.duties import Scope

PAGE, REGISTER, QUEUE = "/notices/copies/", "/notices/copies/register/", "/notices/acknowledge/"


def lost_one(cast: Cast) -> Notice:
    """One copy reported lost, one acknowledged, the others handed."""
    notice = issued_notice(cast)
    services.report_lost(copy_of(notice, "material_control"), "搬仓库时遗失", actor=cast.material)
    services.acknowledge_copy(copy_of(notice, "engineering"), actor=cast.engineering2)
    return notice


@pytest.mark.rule("A6.3b")
def test_who_has_what_stands_on_one_page(cast: Cast) -> None:
    notice = lost_one(cast)
    page = browser(cast.xiaoli).get(PAGE)
    (row,) = page.context["rows"]
    held = {copy.department.code: copy.state for copy in row.cells if copy}
    assert (row.notice, held["engineering"], held["printing_quality"]) == (notice, "acknowledged", "handed")
    tally = {one.department.code: (one.sign, one.back, one.reported) for one in page.context["tallies"]}
    assert tally == {
        "material_control": (1, 0, 1), "printing_manufacturing": (1, 0, 0), "printing_quality": (1, 0, 0),
    }  # fmt: skip
    said = words(page)
    for expected in (notice.number, "报失待核准", "在手", "待签收"):
        assert expected in said


@pytest.mark.rule("A22")
def test_a_void_one_stays_until_every_copy_is_back(cast: Cast) -> None:
    notice = services.void_notice(lost_one(cast), "客户取消", actor=cast.laowang)
    client = browser(cast.xiaoli)
    assert "待收回" in words(client.get(f"{PAGE}?chip=return&department=engineering"))
    for copy in NoticeCopy.objects.filter(notice=notice).select_related("notice__order", "department"):
        services.return_copy(copy, actor=cast.xiaoli)
    assert list(client.get(PAGE).context["rows"]) == []


@pytest.mark.rule("A6.3b")
def test_the_supervisor_approves_the_loss_from_the_page(cast: Cast) -> None:
    notice = lost_one(cast)
    chief = browser(cast.laowang)
    page = chief.get(PAGE)
    assert [copy.department.code for copy, _moves in page.context["mine"]] == ["material_control"]
    url = next(move.url for _copy, moves in page.context["mine"] for move in moves if move.name == "approve_lost")
    assert chief.post(url).status_code == 302
    assert copy_of(notice, "material_control").state == "lost"
    assert [row.notice for row in chief.get(f"{PAGE}?chip=lost").context["rows"]] == [notice]


@pytest.mark.rule("A3")
def test_each_sees_what_is_theirs_to_see(cast: Cast) -> None:
    notice = lost_one(cast)
    seen = {
        who: len(browser(getattr(cast, who)).get(PAGE).context["rows"]) for who in ("gm", "engineering", "xiaochen")
    }
    assert seen == {"gm": 1, "engineering": 1, "xiaochen": 0}
    assert list(browser(cast.xiaochen).get(REGISTER).context["page"].rows) == []
    assert notice.number not in words(browser(cast.hr).get(PAGE))


@pytest.mark.rule("A6.3b")
def test_one_tap_or_all_at_once(cast: Cast) -> None:
    notices = [issued_notice(cast, customer_po=f"T{n}") for n in range(3)]
    client = browser(cast.engineering)
    keys = [str(copy.pk) for copy in client.get(QUEUE).context["rows"]]
    assert len(keys) == 3
    client.post(QUEUE, {"one": keys[0], "copy": keys})
    assert [copy_of(notice, "engineering").state for notice in notices] == ["acknowledged", "handed", "handed"]
    assert client.post(QUEUE, {"copy": keys[1:]}).status_code == 302
    assert [copy_of(notice, "engineering").state for notice in notices] == ["acknowledged"] * 3
    assert client.post(QUEUE, {}).status_code == 400
    assert client.post(QUEUE, {"copy": keys}).status_code == 409
    assert browser(cast.xiaoli).get(QUEUE).status_code == 403


@pytest.mark.rule("A6.3b")
def test_the_register_says_who_received_and_returned(cast: Cast) -> None:
    notice = lost_one(cast)
    client = browser(cast.xiaoli)
    page = client.get(f"{REGISTER}?q={notice.number}")
    assert len(page.context["page"].rows) == 4
    for said in ("收发登记", str(cast.engineering2), "报失待核准", "打印"):
        assert said in words(page), said
    assert len(client.get(f"{REGISTER}?department=engineering").context["page"].rows) == 1
    assert list(client.get(f"{REGISTER}?until={day(-1)}").context["page"].rows) == []
    assert client.get(f"{REGISTER}?since=2026-02-30").status_code == 400
    assert client.get(f"{PAGE}?chip=gold").status_code == 400
    assert client.get(f"{REGISTER}?colour=red").status_code == 400


@pytest.mark.rule("A6.3c")
def test_the_notice_page_hands_out_the_standard_and_files_the_original(cast: Cast) -> None:
    notice = issued_notice(cast)
    sample, client = standard(cast, notice.order), browser(cast.xiaoli)
    page = f"/notices/{notice.number}/"
    assert "还没有归档营销中心" in words(client.get(page))
    hand = f"{page}copies/printing_manufacturing/hand-out/"
    assert client.post(hand, {"sample": sample.number, "due_back": "soon"}).status_code == 400
    assert client.post(hand, {"sample": "YP26-999999", "due_back": str(day(3))}).status_code == 404
    assert client.post(hand, {"sample": sample.number, "due_back": str(day(3))}).status_code == 302
    assert client.post(f"{page}archive/", {"place": "x" * 61}).status_code == 400
    assert client.post(f"{page}archive/", {"place": "2 号柜"}).status_code == 302
    said = words(client.get(page))
    assert (sample.name in said, "2 号柜" in said) == (True, True)


@pytest.mark.rule("A6.3b")
def test_the_coordinator_is_reminded_to_file_the_original(cast: Cast) -> None:
    notice = issued_notice(cast)
    (due,) = original_to_archive(Scope(clock.now(), cast.xiaoli))
    assert (due.about, due.climbs_to_id) == (notice.about, cast.laowang.pk)
    services.archive_original(notice, "2 号柜", actor=cast.xiaoli)
    assert list(original_to_archive(Scope(clock.now()))) == []


@pytest.mark.rule("I24")
def test_the_api_tells_who_holds_which_copy_of_which_version(cast: Cast) -> None:
    notice = services.void_notice(lost_one(cast), "客户取消", actor=cast.laowang)
    li = Caller(cast.xiaoli)
    held = li.get("notice-copies/", open="return", department="engineering").json()["results"]
    assert [(one["notice"], one["notice_state"], one["acknowledged_by"]) for one in held] == [
        (notice.number, "void", "engineering2")
    ]
    assert li.get("notice-copies/", open="gold").status_code == 400
    assert len(li.get("notice-copies/", order=notice.order.number).json()["results"]) == 4
    assert li.post(f"notices/{notice.number}/archive/", {"place": "2 号柜"}).status_code == 200
    assert li.post(f"notices/{notice.number}/archive/", {"place": ""}).status_code == 400


def test_the_pages_ask_as_much_for_many_as_for_few(cast: Cast) -> None:
    issued(cast)
    lost_one(cast)
    client, counts = browser(cast.xiaoli), []
    for more in range(2):
        found = {}
        for path in (PAGE, REGISTER, f"{PAGE}?chip=sign"):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(path).status_code == 200
            found[path] = len(asked)
        counts.append(found)
        for n in range(2):
            issued_notice(cast, customer_po=f"Q{more}{n}")
    assert counts[0] == counts[1]
    assert max(counts[1].values()) <= 14
