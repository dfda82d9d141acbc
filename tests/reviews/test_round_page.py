"""组织评审与一轮评审的页面（第十六条、第十九条、第二十条）。"""

from __future__ import annotations

import pytest

from orders.models import Order, State
from reviews.models import Round
from tests.cast import Cast, accepted
from tests.cast_reviews import answer_of, day, reviewing, signed
from tests.reviews.browsing import browser


@pytest.mark.rule("A16")
def test_the_supervisor_convenes_and_lands_on_the_round(cast: Cast) -> None:
    order, client = accepted(cast), browser(cast.laowang)
    path = f"/orders/{order.number}/reviews/new/"
    assert "送 4 个部门评审" in client.get(path).content.decode()

    reply = client.post(path, {"form": "distributed", "reason": "常规", "answer_due": f"{day(2)} 17:00"})

    review = Round.objects.get()
    assert reply.url == f"/reviews/{review.pk}/"
    assert review.reason == "常规"


@pytest.mark.rule("A19.1")
def test_a_meeting_without_time_is_refused_with_everything_typed(cast: Cast) -> None:
    order = accepted(cast)

    reply = browser(cast.laowang).post(
        f"/orders/{order.number}/reviews/new/", {"form": "meeting", "reason": "新工艺", "meeting_place": "二楼"}
    )

    assert reply.status_code == 400
    assert "集中评审要写明会议时间" in reply.content.decode()
    assert "新工艺" in reply.content.decode()
    assert Order.objects.get().state == State.ACCEPTED


@pytest.mark.rule("A16")
def test_the_coordinator_is_told_who_convenes(cast: Cast) -> None:
    reply = browser(cast.xiaoli).get(f"/orders/{accepted(cast).number}/reviews/new/")

    assert reply.status_code == 403
    assert "评审由带这张单的主任，或种类定的部门组织" in reply.content.decode()


@pytest.mark.rule("A20.1")
def test_the_page_says_what_still_stands_against_passing(cast: Cast) -> None:
    page = browser(cast.laowang).get(f"/reviews/{reviewing(cast).pk}/").content.decode()

    assert "「通过」还差 4 项：" in page
    assert "技术中心还没有答复" in page


@pytest.mark.rule("A20.1")
def test_balancing_and_concluding_on_the_page(cast: Cast) -> None:
    review = signed(cast)
    dates = {answer.department.code: str(answer.planned_date) for answer in review.answers_now}

    balanced = browser(cast.xiaoli).post(f"/reviews/{review.pk}/balance/", dates | {"engineering": str(day(8))})
    assert balanced.status_code == 302
    assert answer_of(review, "engineering").state == "answered"
    refused = browser(cast.laowang).post(f"/reviews/{review.pk}/conclude/", {"outcome": "pass"})
    assert refused.status_code == 422
    assert "技术中心还没有在现在的内容上签字" in refused.content.decode()

    done = browser(cast.laowang).post(f"/reviews/{review.pk}/conclude/", {"outcome": "negotiate", "note": "晚两天"})
    assert done.status_code == 302
    assert Round.objects.get().note == "晚两天"


@pytest.mark.rule("A20.1")
def test_a_round_that_moved_meanwhile_is_a_conflict(cast: Cast) -> None:
    review = signed(cast)
    browser(cast.xiaoli).post(f"/reviews/{review.pk}/request-meeting/", {"r-reason": "谈不拢"})

    reply = browser(cast.laowang).post(
        f"/reviews/{review.pk}/conclude/", {"outcome": "pass", "version": review.revision}
    )
    assert reply.status_code == 409
    assert Round.objects.get().state == "open"


@pytest.mark.rule("A19.3")
def test_the_supervisor_turns_it_into_a_meeting(cast: Cast) -> None:
    review = reviewing(cast)
    path = f"/reviews/{review.pk}/turn-into-meeting/"

    client, given = browser(cast.laowang), {"m-reason": "当面定", "m-meeting_place": "二楼"}
    refused = client.post(path, given)
    assert refused.status_code == 400
    assert "二楼" in refused.content.decode()
    assert client.post(path, given | {"m-meeting_at": f"{day(1)} 09:00"}).status_code == 302
    assert Round.objects.get().form == "meeting"


@pytest.mark.rule("A3")
def test_lists_show_only_ones_own_and_know_their_chips(cast: Cast) -> None:
    review = reviewing(cast)

    assert review.order.number in browser(cast.engineering).get("/reviews/?chip=mine").content.decode()
    assert review.order.number not in browser(cast.paper_mfg).get("/reviews/").content.decode()
    assert review.order.number not in browser(cast.xiaochen).get("/reviews/").content.decode()
    assert browser(cast.xiaoli).get("/reviews/?chip=nonsense").status_code == 400
    assert browser(cast.xiaoli).get("/reviews/?colour=red").status_code == 400


@pytest.mark.rule("A16")
def test_the_orders_page_has_its_tab_and_its_button(cast: Cast) -> None:
    order = accepted(cast)
    page = browser(cast.laowang).get(f"/orders/{order.number}/").content.decode()
    assert f"/orders/{order.number}/reviews/new/" in page

    review = signed(cast, reviewing(cast))
    page = browser(cast.laowang).get(f"/orders/{review.order.number}/?tab=reviews").content.decode()
    assert "第 1 轮" in page
    assert "下评审结论" in page
    assert "4／4 已签" in page
