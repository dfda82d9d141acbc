"""业务通知单的页面（第六条、第二十条、第二十二条）：签、发、签收、报失，一页看清谁手里有哪一份。"""

from __future__ import annotations

import pytest

from reviews import services
from reviews.models import Notice
from tests.cast import Cast
from tests.cast_reviews import agreed, copy_of, day, drafted, issued_notice, signed_notice
from tests.reviews.browsing import PASSWORD, browser


@pytest.mark.rule("A20.6")
def test_the_coordinator_makes_it_from_the_orders_page(cast: Cast) -> None:
    order, client = agreed(cast), browser(cast.xiaoli)
    assert "编制业务通知单" in client.get(f"/orders/{order.number}/?tab=notice").content.decode()

    reply = client.post(f"/orders/{order.number}/notices/")

    assert reply.url == f"/notices/{Notice.objects.get().number}/"
    assert client.post(f"/orders/{order.number}/notices/").status_code == 409


@pytest.mark.rule("A6.3a")
def test_the_gm_reads_it_and_signs(cast: Cast) -> None:
    notice, client = drafted(cast), browser(cast.gm)
    page = client.get(f"/notices/{notice.number}/").content.decode()
    for words in ("产品画册", "设计制版", "技术中心", "签发", "不签"):
        assert words in page

    reply = client.post(f"/notices/{notice.number}/sign/", {"version": notice.revision})

    notice = Notice.objects.get()
    assert (reply.url, notice.state) == (f"/notices/{notice.number}/", "signed")
    assert notice.number.startswith("TZ")


@pytest.mark.rule("A20.1")
def test_a_stale_page_signs_nothing(cast: Cast) -> None:
    notice = drafted(cast)

    reply = browser(cast.gm).post(f"/notices/{notice.number}/sign/", {"version": notice.revision + 1})

    assert reply.status_code == 409
    assert Notice.objects.get().state == "draft"


@pytest.mark.rule("A20.6")
def test_refusing_needs_a_reason(cast: Cast) -> None:
    notice, client = drafted(cast), browser(cast.gm)

    assert client.post(f"/notices/{notice.number}/refuse/", {"reason": ""}).status_code == 400
    assert client.post(f"/notices/{notice.number}/refuse/", {"reason": "价格太低"}).status_code == 302
    assert "总经理没有签：价格太低" in client.get(f"/notices/{notice.number}/").content.decode()


@pytest.mark.rule("A6.3b")
def test_issue_acknowledge_and_who_has_what(cast: Cast) -> None:
    notice = signed_notice(cast)
    assert browser(cast.xiaoli).post(f"/notices/{notice.number}/issue/").status_code == 302

    client, path = browser(cast.engineering2), f"/notices/{notice.number}/"
    assert "待签收" in client.get(path).content.decode()
    assert client.post(f"{path}copies/engineering/acknowledge/").status_code == 302
    assert browser(cast.engineering2).post(f"{path}copies/material_control/acknowledge/").status_code == 403

    page = browser(cast.xiaoli).get(path).content.decode()
    assert "1／4 已签收" in page
    assert "方晓" in page


@pytest.mark.rule("A6.3b")
def test_a_loss_goes_from_the_holder_to_the_supervisor(cast: Cast) -> None:
    notice = issued_notice(cast)
    path = f"/notices/{notice.number}/copies/engineering/"

    assert browser(cast.engineering).post(f"{path}report-lost/", {"reason": ""}).status_code == 400
    assert browser(cast.engineering).post(f"{path}report-lost/", {"reason": "搬家丢了"}).status_code == 302
    assert "核准遗失" in browser(cast.laowang).get(f"/notices/{notice.number}/").content.decode()
    assert browser(cast.laowang).post(f"{path}approve-lost/").status_code == 302
    assert copy_of(notice, "engineering").state == "lost"


@pytest.mark.rule("A22")
def test_a_void_one_says_so_and_takes_copies_back(cast: Cast) -> None:
    notice = services.void_notice(issued_notice(cast), "客户取消", actor=cast.laowang)

    page = browser(cast.engineering).get(f"/notices/{notice.number}/").content.decode()
    assert "作废：客户取消" in page
    assert (
        browser(cast.engineering).post(f"/notices/{notice.number}/copies/engineering/return-copy/").status_code == 302
    )
    assert copy_of(notice, "engineering").state == "returned"


@pytest.mark.rule("A6.3a")
def test_nobody_sees_what_is_not_theirs(cast: Cast) -> None:
    notice = drafted(cast)

    assert browser(cast.engineering).get(f"/notices/{notice.number}/").status_code == 404
    assert browser(cast.xiaochen).get(f"/notices/{notice.number}/").status_code == 404
    assert browser(cast.engineering).get("/notices/sign/").status_code == 403


@pytest.mark.rule("A6.3a")
def test_the_gm_signs_several_with_one_password(cast: Cast) -> None:
    notices = [drafted(cast, requested_date=day(18)) for _ in range(2)]
    client = browser(cast.gm, fresh=False)
    chosen = {"notice": [notice.pk for notice in notices]} | {f"seen_{n.pk}": n.sha256 for n in notices}

    assert "再输一次口令" in client.post("/notices/sign/", chosen).content.decode()
    reply = client.post("/notices/sign/", {**chosen, "password": PASSWORD})

    assert reply.url == "/notices/sign/"
    assert {notice.state for notice in Notice.objects.all()} == {"signed"}


@pytest.mark.rule("A20.6")
def test_what_is_not_plain_is_opened_alone(cast: Cast) -> None:
    plain, late = drafted(cast, requested_date=day(18)), drafted(cast, requested_date=day(17))
    client = browser(cast.gm)
    page = client.get("/notices/sign/").content.decode()
    assert "交期比客户要求晚，要单独看过协商记录再签。" in page
    assert page.count("disabled") == 1

    chosen = {"notice": [plain.pk, late.pk], f"seen_{plain.pk}": plain.sha256, f"seen_{late.pk}": late.sha256}
    reply = client.post("/notices/sign/", chosen)

    assert reply.status_code == 422
    assert {notice.state for notice in Notice.objects.all()} == {"draft"}
    assert client.post("/notices/sign/", {}).status_code == 400


@pytest.mark.rule("A20.1")
def test_one_that_changed_meanwhile_stops_the_whole_batch(cast: Cast) -> None:
    notices = [drafted(cast, requested_date=day(18)) for _ in range(2)]
    chosen = {"notice": [n.pk for n in notices], f"seen_{notices[0].pk}": notices[0].sha256}

    reply = browser(cast.gm).post("/notices/sign/", chosen | {f"seen_{notices[1].pk}": "0" * 64})

    assert reply.status_code == 409
    assert {notice.state for notice in Notice.objects.all()} == {"draft"}
