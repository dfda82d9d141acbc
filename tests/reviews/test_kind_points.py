"""种类自己的评审项（A18）：六项可以换说法、另加项，写定在一轮评审里；种类以后再改，旧的评审不变。"""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import Error, connection, transaction

from orders.kind_sheet import KindSheet
from papers.models import Paper
from reviews import points, services
from reviews.models import Answer, Round
from tests.caller import Caller
from tests.cast import Cast, line_input
from tests.cast_kinds import changed_kind, kind, page_of
from tests.cast_reviews import answer_input, answer_of, day, reviewing, signed
from tests.pages import browser as seen_by
from tests.pages import words
from tests.reviews.browsing import browser
from workflow.guards import Blocked

OWN: dict[str, Any] = {
    "point_words": {"valid": {"title": "合同有效", "hint": "双方盖章"}, "lawful": {"hint": "食品接触法规"}},
    "points": [{"code": "export", "title": "出口单证能办", "hint": "报关、原产地证"}],
}
SEVEN = dict.fromkeys((*points.CODES, "export"), True)


@pytest.fixture
def own(cast: Cast) -> None:
    changed_kind(cast, **OWN)


@pytest.mark.rule("A18")
@pytest.mark.usefixtures("own")
def test_the_page_asks_in_the_kinds_words_and_what_it_adds(cast: Cast) -> None:
    review = reviewing(cast)
    page = words(browser(cast.engineering).get(f"/reviews/{review.pk}/answers/engineering/"))
    for said in (
        "评审 7 项",
        "1. 合同有效 双方盖章",
        "6. 符合法规和其他要求 食品接触法规",
        "7. 出口单证能办 报关、原产地证",
    ):
        assert said in page
    assert "订单有效" not in page


@pytest.mark.rule("A18")
@pytest.mark.usefixtures("own")
def test_every_point_must_be_answered_before_it_is_signed(cast: Cast) -> None:
    answer = answer_of(reviewing(cast), "engineering")
    with pytest.raises(Blocked, match="还有 1 项没答：出口单证能办"):
        services.sign_answer(answer, answer_input(), actor=cast.engineering)
    assert services.sign_answer(answer, answer_input(points=SEVEN), actor=cast.engineering).is_signed


@pytest.mark.rule("A18")
def test_what_the_kind_does_not_ask_is_not_taken(cast: Cast) -> None:
    review = reviewing(cast)
    assert review.points == []
    with pytest.raises(ValidationError, match="没有「export」这一项"):
        services.save_answer(answer_of(review, "engineering"), answer_input(points=SEVEN), actor=cast.engineering)


@pytest.mark.rule("A18", "A5")
@pytest.mark.usefixtures("own")
def test_an_old_round_stays_as_it_was_and_its_signatures_hold(cast: Cast) -> None:
    old = signed(cast, reviewing(cast), points=SEVEN)
    changed_kind(cast, point_words=None, points=[{"code": "label", "title": "标签样已确认", "hint": ""}])
    now = Round.objects.get(pk=old.pk)
    assert [str(point.title) for point in points.of(now)][::6] == ["合同有效", "出口单证能办"]
    assert all(answer.is_signed for answer in now.answers_now)
    fresh = reviewing(cast, customer_po="另一张")
    assert [str(point.title) for point in points.of(fresh)][::6] == ["订单有效", "标签样已确认"]


@pytest.mark.rule("A18", "A20.1")
@pytest.mark.usefixtures("own")
def test_what_was_asked_is_signed_for_and_stays(cast: Cast) -> None:
    review = signed(cast, reviewing(cast), points=SEVEN)
    assert review.answers_now[0].content["asked"] == review.points
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE reviews_round SET points = '[]' WHERE id = %s", [review.pk])
    answer = Answer.objects.select_related("round").get(pk=review.answers_now[0].pk)
    answer.round.points = [{**row, "title": "别的"} for row in review.points]
    assert not answer.is_signed


@pytest.mark.rule("A18")
@pytest.mark.usefixtures("own")
def test_the_review_form_prints_them(cast: Cast) -> None:
    remarks = {"export": "客户自办商检"}
    review = signed(cast, reviewing(cast), points=SEVEN, remarks=remarks)
    order = services.conclude(review, "pass", actor=cast.laowang, delivery_date=day(18)).order
    services.sign_notice(services.create_notice(order, actor=cast.xiaoli), actor=cast.gm)
    content = Paper.objects.get(kind="review").content
    assert [point["title"] for point in content["points"]][::6] == ["合同有效", "出口单证能办"]
    assert {answer["opinion"] for answer in content["answers"]} == {"可以；出口单证能办：客户自办商检"}


@pytest.mark.rule("A18", "A6.4e")
def test_parts_of_two_kinds_are_asked_what_both_ask_once(cast: Cast) -> None:
    changed_kind(cast, **OWN)
    also = [{"code": "export", "title": "别的说法", "hint": ""}, {"code": "dieline", "title": "刀模有了", "hint": ""}]
    changed_kind(cast, "paper", point_words={"valid": {"title": "订单齐全"}}, points=also)
    lines = [line_input(), line_input("P006", "300", "16.80", business_kind=kind("paper"))]
    asked = points.of(reviewing(cast, lines=lines))
    assert [str(point.title) for point in asked][:1] + [str(point.title) for point in asked][6:] == [
        "合同有效", "出口单证能办", "刀模有了",
    ]  # fmt: skip


@pytest.mark.rule("A18")
@pytest.mark.usefixtures("own")
def test_the_api_answers_them_by_their_codes(cast: Cast) -> None:
    review = reviewing(cast)
    address, caller = f"reviews/{review.pk}/answers/engineering/", Caller(cast.engineering)
    reply = caller.put(address, {"points": {**SEVEN, "export_remark": "客户自办"}, "comment": "可以"})
    assert (reply.status_code, reply.json()["points"]["export"]) == (200, True)
    assert reply.json()["points"]["export_remark"] == "客户自办"
    for wrong in ({"export": "yes"}, {"nothing": True}, {"export_remark": 1}):
        assert caller.put(address, {"points": wrong}).status_code == 400


@pytest.mark.rule("A18")
@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"code": "valid", "title": "又一个"}, "points.0.code"),
        ({"code": "comment", "title": "意见"}, "points.0.code"),
        ({"code": "x_remark", "title": "说明"}, "points.0.code"),
        ({"code": "Export", "title": "大写"}, "points.0.code"),
        ({"code": "export", "title": " "}, "points.0.title"),
    ],
)
def test_what_is_added_stands_beside_the_six_and_takes_no_place(cast: Cast, row: dict[str, str], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        changed_kind(cast, points=[{"hint": "", **row}])
    assert field in refused.value.message_dict
    with pytest.raises(ValidationError, match="写了两遍"):
        changed_kind(cast, points=[OWN["points"][0]] * 2)
    assert kind().version == 1


@pytest.mark.rule("A18", "A5")
def test_the_editor_shows_takes_and_compares_them(cast: Cast) -> None:
    row = {"points-TOTAL_FORMS": "1", "points-0-code": "export", "points-0-title": "出口单证能办", "points-0-hint": ""}
    given = page_of(point_valid_title="合同有效", point_valid_hint="双方盖章", **row)
    li = seen_by(cast.laowang)
    shown = words(li.post("/kinds/printing/", given | {"preview": "1"}))
    assert "评审各项换的说法 — 订单有效：合同有效（双方盖章）" in shown
    assert li.post("/kinds/printing/", given).status_code == 302
    rules = kind().rules
    assert rules.point_words == {"valid": {"title": "合同有效", "hint": "双方盖章"}}
    assert [dict(one) for one in rules.points] == [{"code": "export", "title": "出口单证能办", "hint": ""}]
    assert KindSheet.of(kind()).form["point_valid_title"].value() == "合同有效"
    bad = li.post("/kinds/printing/", page_of(**(row | {"points-0-code": "valid"})))
    assert (bad.status_code, "不与六项和别的栏目重名" in words(bad)) == (400, True)
