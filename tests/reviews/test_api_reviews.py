"""接口上的评审（API.md reviews/）：名称、状态、拒绝的话与页面上一样。"""

from __future__ import annotations

from typing import Any

import pytest

from reviews.models import Signature
from reviews.points import CODES
from tests.caller import Caller
from tests.cast import Cast, accepted
from tests.cast_reviews import HEADS, day, reviewing, signed

PRINTING = ("engineering", "material_control", "printing_manufacturing", "printing_quality")


def answer_body(**changes: Any) -> dict[str, Any]:
    body = {
        "verdict": "agree", "planned_date": str(day(12)), "comment": "可以", "points": dict.fromkeys(CODES, True),
    }  # fmt: skip
    return body | changes


@pytest.mark.rule("A20.1")
def test_a_round_from_opening_to_its_conclusion(cast: Cast) -> None:
    wang, number = Caller(cast.laowang), accepted(cast).number
    opened = wang.post(f"orders/{number}/reviews/", {"form": "distributed", "reason": "常规订单"})
    assert opened.status_code == 201, opened.content
    review = opened.json()["id"]
    assert [answer["state"] for answer in opened.json()["answers"]] == ["blank"] * 4

    for code in PRINTING:
        reply = Caller(getattr(cast, HEADS[code])).post(f"reviews/{review}/answers/{code}/sign/", answer_body())
        assert (reply.status_code, reply.json()["state"]) == (200, "signed"), reply.content
    done = wang.post(f"reviews/{review}/conclude/", {"outcome": "pass", "delivery_date": str(day(18))})

    assert (done.status_code, done.json()["state"], done.json()["delivery_date"]) == (200, "passed", str(day(18)))
    assert Caller(cast.xiaoli).get(f"orders/{number}/").json()["state"] == "agreed"


@pytest.mark.rule("A19.2")
def test_what_a_get_says_of_an_answer(cast: Cast) -> None:
    review = reviewing(cast)
    Caller(cast.engineering2).post(f"reviews/{review.pk}/answers/engineering/sign/", answer_body())

    body = Caller(cast.xiaoli).get(f"reviews/{review.pk}/").json()

    answer = body["answers"][0]
    assert (body["state"], body["round"], body["form"], body["moves"]) == ("open", 1, "distributed", [])
    assert {key: answer[key] for key in ("department", "state", "verdict", "signed_by", "is_proxy")} == {
        "department": "engineering", "state": "proxy_signed", "verdict": "agree", "signed_by": "engineering2",
        "is_proxy": True,
    }  # fmt: skip
    assert answer["countersigned_by"] is None
    head = Caller(cast.engineering).post(f"reviews/{review.pk}/answers/engineering/countersign/")
    assert (head.json()["state"], head.json()["countersigned_by"]) == ("countersigned", "engineering")


@pytest.mark.rule("A20.1")
def test_moves_say_what_is_missing(cast: Cast) -> None:
    moves = Caller(cast.laowang).get(f"reviews/{reviewing(cast).pk}/").json()["moves"]

    assert [move["name"] for move in moves] == ["conclude_pass", "conclude_negotiate", "conclude_reject"]
    assert [refusal["words"] for refusal in moves[0]["refusals"]] == [
        "技术中心还没有答复", "物控部还没有答复", "印刷制造部还没有答复", "印刷品质部还没有答复",
    ]  # fmt: skip


@pytest.mark.rule("A20.1")
def test_a_move_may_be_called_by_its_name(cast: Cast) -> None:
    review = signed(cast)

    reply = Caller(cast.laowang).post(f"reviews/{review.pk}/conclude-pass/", {})
    assert (reply.status_code, reply.json()["delivery_date"]) == (200, str(day(13)))


@pytest.mark.rule("A20.1")
def test_saving_and_balancing_void_signatures(cast: Cast) -> None:
    review = signed(cast)
    engineering, li = Caller(cast.engineering), Caller(cast.xiaoli)

    saved = engineering.put(f"reviews/{review.pk}/answers/engineering/", answer_body(comment="改了"))
    balanced = li.put(f"reviews/{review.pk}/balance/", {"planned_dates": {"material_control": str(day(9))}})

    assert (saved.json()["state"], balanced.status_code) == ("answered", 200)
    states = {answer["department"]: answer["state"] for answer in balanced.json()["answers"]}
    assert (states["engineering"], states["material_control"]) == ("answered", "answered")
    again = engineering.post(f"reviews/{review.pk}/answers/engineering/sign/")
    assert again.json()["signed"] is True


@pytest.mark.rule("A19.3")
def test_request_a_meeting_and_turn_into_one(cast: Cast) -> None:
    review = reviewing(cast)

    asked = Caller(cast.xiaoli).post(f"reviews/{review.pk}/request-meeting/", {"reason": "谈不拢"})
    turned = Caller(cast.laowang).post(f"reviews/{review.pk}/turn-into-meeting/", {"reason": "当面定"})

    assert (asked.json()["meeting_requested"], turned.json()["form"]) == ("谈不拢", "meeting")


@pytest.mark.rule("A18")
@pytest.mark.parametrize(
    ("changes", "status", "field"),
    [
        ({"points": {"valid": "yes"}}, 400, "points.valid"),
        ({"points": {"pretty": True}}, 400, "points.pretty"),
        ({"verdict": "maybe"}, 400, "verdict"),
        ({"planned_date": "2026-1-5"}, 400, "planned_date"),
        ({"planned_date": "2020-01-05"}, 400, "planned_date"),
        ({"signed_by": "gm"}, 400, "signed_by"),
        ({"comment": "a\u202eb"}, 400, "comment"),
        ({"points": {"valid": True}}, 422, ""),
    ],
)
def test_what_is_refused_changes_nothing(cast: Cast, changes: dict[str, Any], status: int, field: str) -> None:
    review = reviewing(cast)

    reply = Caller(cast.engineering).post(f"reviews/{review.pk}/answers/engineering/sign/", answer_body(**changes))

    assert reply.status_code == status, reply.content
    assert [error["field"] for error in reply.json()["errors"]] == ([field] if field else [])
    assert review.answers.filter(state="blank").count() == 4
    assert not Signature.objects.exists()


@pytest.mark.rule("A3")
def test_strangers_get_404_and_colleagues_403(cast: Cast) -> None:
    review = reviewing(cast)
    path = f"reviews/{review.pk}/answers/engineering/sign/"

    assert Caller(cast.paper_mfg).get(f"reviews/{review.pk}/").status_code == 404
    assert Caller(cast.paper_mfg).post(path, answer_body()).status_code == 404
    assert Caller(cast.material).post(path, answer_body()).status_code == 403
    assert Caller(cast.xiaoli).post(f"reviews/{review.pk}/conclude/", {"outcome": "reject"}).status_code == 403
    assert Caller(cast.engineering).post(f"reviews/{review.pk}/answers/hr/sign/", answer_body()).status_code == 404


@pytest.mark.rule("A19.2")
def test_a_token_without_the_scope_does_not_sign(cast: Cast) -> None:
    review = reviewing(cast)
    caller = Caller(cast.engineering)
    caller.token.scopes = []
    caller.token.save(update_fields=["scopes"])

    reply = caller.post(f"reviews/{review.pk}/answers/engineering/sign/", answer_body())
    assert (reply.status_code, reply.json()["detail"]) == (403, "这个令牌没有签字的范围（sign）")


@pytest.mark.rule("A20.1")
def test_if_match_guards_against_another_content(cast: Cast) -> None:
    review = reviewing(cast)
    path = f"reviews/{review.pk}/answers/engineering/"
    caller = Caller(cast.engineering)
    etag = caller.get(path).headers["ETag"]
    caller.put(path, answer_body(comment="先答"))

    assert caller.post(f"{path}sign/", answer_body(), If_Match=etag).status_code == 412
    fresh = caller.get(path).headers["ETag"]
    assert caller.post(f"{path}sign/", answer_body(), If_Match=fresh).status_code == 200
