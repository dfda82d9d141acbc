"""评审会议的页面与接口（第十九条）：登记不全的话留住写的，参加的人看得到，别的部门看不到。"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from papers.models import Paper
from reviews.models import ReviewMeeting, Round
from tests.caller import Caller
from tests.cast import Cast, accepted
from tests.cast_meetings import called, held, meeting_of, plan
from tests.cast_reviews import answer_of, day, reviewing, signed
from tests.reviews.browsing import browser


def everybody_came(review: Round, **more: str) -> dict[str, str]:
    came = {f"came_{one.user_id}": "yes" for one in meeting_of(review).attendees_now}
    return {**came, "decisions": "12 天完成", **more}


@pytest.mark.rule("A19.1")
def test_the_organiser_records_it_with_the_dates(cast: Cast) -> None:
    review, client = signed(cast, called(cast)), browser(cast.laowang)
    path, head = f"/reviews/{review.pk}/meeting/", cast.engineering.pk
    dates = {f"planned_{getattr(cast, who).pk}": str(day(12)) for who in ("material", "printing_mfg", "printing_qc")}
    given = everybody_came(
        review, **dates, **{f"planned_{head}": str(day(8)), f"instead_{head}": str(cast.engineering2.pk)}
    )

    assert client.post(path, given | {"decisions": ""}).status_code == 400
    assert client.post(path, given).status_code == 302

    assert ReviewMeeting.objects.get().decisions == "12 天完成"
    assert answer_of(review, "engineering").planned_date == day(8)
    page = client.get(path).content.decode()
    assert "方晓代到" in page
    assert "更正纪要，出新的一版" in page


@pytest.mark.rule("A19.1")
def test_what_is_missing_is_said_and_nothing_typed_is_lost(cast: Cast) -> None:
    review = called(cast)
    given = {**everybody_came(review), f"said_{cast.material.pk}": "纸要先付一半"}
    given.pop(f"came_{cast.material.pk}")

    reply = browser(cast.xiaoli).post(f"/reviews/{review.pk}/meeting/", given)

    assert reply.status_code == 400
    page = reply.content.decode()
    assert "请填黄丽珍到没到会" in page
    assert "纸要先付一半" in page


@pytest.mark.rule("A19.1")
def test_the_coordinator_is_not_asked_for_dates(cast: Cast) -> None:
    review = signed(cast, called(cast))

    assert "会上定的日期" not in browser(cast.xiaoli).get(f"/reviews/{review.pk}/meeting/").content.decode()
    assert "会上定的日期" in browser(cast.laowang).get(f"/reviews/{review.pk}/meeting/").content.decode()


@pytest.mark.rule("A19.1")
def test_convening_names_others_by_their_name(cast: Cast) -> None:
    order, client = accepted(cast), browser(cast.laowang)
    path = f"/orders/{order.number}/reviews/new/"
    given = {"form": "meeting", "reason": "新材料", "meeting_at": f"{day(1)} 09:00", "meeting_place": "二楼"}

    assert "没有叫「王二」的人" in client.post(path, given | {"others": "邓海燕、王二"}).content.decode()
    assert client.post(path, given | {"others": "邓海燕", "agenda": "纸"}).status_code == 302
    assert ReviewMeeting.objects.get().attendees.filter(user=cast.purchasing).exists()


@pytest.mark.rule("A19.1")
def test_the_minutes_are_for_who_was_asked_and_for_marketing(cast: Cast) -> None:
    review = held(cast)
    paper = Paper.objects.get(kind="review_minutes")

    for who, status in (("material", 202), ("sales", 202), ("laowang", 202), ("engineering2", 404), ("paper_mfg", 404)):
        assert browser(getattr(cast, who)).get(f"/papers/{paper.pk}/pdf/").status_code == status, who
    assert browser(cast.engineering2).get(f"/reviews/{review.pk}/meeting/").status_code == 404
    assert browser(cast.material).get(f"/reviews/{review.pk}/meeting/").status_code == 200


@pytest.mark.rule("A19.1")
def test_the_api_convenes_reads_changes_and_records(cast: Cast) -> None:
    order, caller = accepted(cast), Caller(cast.laowang)
    body: dict[str, Any] = {"form": "meeting", "reason": "新工艺"}
    assert caller.post(f"orders/{order.number}/reviews/", body).status_code == 400
    when = {"time": f"{day(1)}T09:00:00+08:00", "place": "二楼", "agenda": "纸", "attendees": ["purchasing"]}
    opened = caller.post(f"orders/{order.number}/reviews/", body | when)
    assert opened.status_code == 201
    path = f"reviews/{opened.json()['id']}/meeting/"

    asked = caller.get(path).json()
    assert (asked["state"], asked["agenda"], len(asked["attendees"])) == ("called", "纸", 7)
    moved = caller.put(path, {"time": f"{day(2)}T09:00:00+08:00", "place": "三楼"})
    assert (moved.status_code, moved.json()["place"]) == (200, "三楼")
    attendance = [{"attendee": one["attendee"], "present": True, "said": "可以"} for one in asked["attendees"]]
    done = caller.post(path, {"attendance": attendance, "decisions": "定了"})
    assert (done.status_code, done.json()["state"], done.json()["minutes"]) == (200, "held", 1)
    assert done.json()["minutes_number"].startswith("HY26-")
    assert caller.post(path, {"attendance": attendance, "decisions": "定了", "chair": "nobody9"}).status_code == 400


@pytest.mark.rule("A19.3")
def test_the_api_turns_it_with_or_without_time(cast: Cast) -> None:
    first, second = reviewing(cast), reviewing(cast)
    caller = Caller(cast.laowang)

    assert caller.post(f"reviews/{first.pk}/turn-into-meeting/", {"reason": "当面"}).json()["form"] == "meeting"
    when = {"reason": "当面", "time": f"{day(1)}T09:00:00+08:00", "place": "二楼"}
    turned = caller.post(f"reviews/{second.pk}/turn-into-meeting/", when)
    assert (turned.status_code, turned.json()["place"]) == (200, "二楼")


@pytest.mark.rule("A19.1")
def test_the_page_asks_the_same_for_few_and_many(cast: Cast) -> None:
    few, many = called(cast), called(cast, meeting=plan(attendees=[cast.purchasing, cast.planning, cast.finance]))
    client = browser(cast.laowang)

    counts = []
    for review in (few, few, many):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/reviews/{review.pk}/meeting/").status_code == 200
        counts.append(len(queries))
    assert counts[2] <= counts[1] <= 22
