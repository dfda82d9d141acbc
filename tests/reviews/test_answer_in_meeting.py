"""会上替没有答的部门记下它说的，第一负责人事后签字（第十九条）；答过的只定日期。"""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from papers.models import Paper
from reviews import services
from reviews.models import Round
from reviews.services.answer import settle_in_meeting
from tests.caller import Caller
from tests.cast import Cast
from tests.cast_meetings import called, meeting_of, minutes
from tests.cast_reviews import HEADS, answer_input, answer_of, day, reviewing
from tests.pages import words
from tests.reviews.browsing import browser
from workflow.guards import Blocked


def partly_answered(cast: Cast) -> Round:
    """技术中心还没有答，其余都签了。"""
    review = called(cast)
    for code in ("material_control", "printing_manufacturing", "printing_quality"):
        services.sign_answer(answer_of(review, code), answer_input(), actor=getattr(cast, HEADS[code]))
    return review


@pytest.mark.rule("A19.1")
def test_the_meeting_answers_for_a_department_that_has_not_and_its_head_signs_afterwards(cast: Cast) -> None:
    review = partly_answered(cast)
    meeting = meeting_of(review)
    said = answer_input(verdict="conditional", comment="要先看样", planned_date=day(9))

    services.hold_meeting(meeting, minutes(meeting, answers={"engineering": said}), actor=cast.laowang)

    answer = answer_of(review, "engineering")
    assert (answer.state, answer.planned_date, answer.comment) == ("answered", day(9), "要先看样")
    assert (answer.answered_by, answer.is_signed) == (cast.laowang, False)
    (paper,) = Paper.objects.filter(kind="review_minutes")
    assert paper.content["dates"][0]["said"] == "会上答：有条件同意，待谭志强签"
    with pytest.raises(Blocked, match="技术中心还没有在现在的内容上签字"):
        services.conclude(review, "pass", actor=cast.laowang)
    with pytest.raises(PermissionDenied):
        services.sign_answer(answer, actor=cast.laowang)
    services.sign_answer(answer, actor=cast.engineering)
    assert services.conclude(review, "pass", actor=cast.laowang).state == "passed"


@pytest.mark.rule("A19.1")
def test_a_date_alone_is_kept_and_the_head_completes_it(cast: Cast) -> None:
    review = partly_answered(cast)
    meeting = meeting_of(review)

    services.hold_meeting(meeting, minutes(meeting, dates={"engineering": day(9)}), actor=cast.laowang)

    answer = answer_of(review, "engineering")
    assert (answer.state, answer.planned_date) == ("answered", day(9))
    with pytest.raises(Blocked, match="还没有写结论"):
        services.sign_answer(answer, actor=cast.engineering)


@pytest.mark.rule("A19.1")
def test_the_coordinator_answers_for_no_department(cast: Cast) -> None:
    meeting = meeting_of(partly_answered(cast))

    with pytest.raises(PermissionDenied, match="在会上定"):
        services.hold_meeting(meeting, minutes(meeting, answers={"engineering": answer_input()}), actor=cast.xiaoli)
    assert answer_of(meeting.round, "engineering").state == "blank"
    assert not Paper.objects.filter(kind="review_minutes").exists()


@pytest.mark.rule("A19.1")
@pytest.mark.parametrize(
    ("code", "words"),
    [("material_control", "物控部自己答过了，会上只定日期"), ("hr", "没有「hr」这个部门")],
)
def test_it_answers_for_nobody_who_has_and_for_nobody_else(cast: Cast, code: str, words: str) -> None:
    review = partly_answered(cast)
    meeting = meeting_of(review)
    before = answer_of(review, "material_control").sha256

    with pytest.raises(ValidationError, match=words):
        services.hold_meeting(meeting, minutes(meeting, answers={code: answer_input()}), actor=cast.laowang)
    assert answer_of(review, "material_control").sha256 == before


@pytest.mark.rule("A19.1")
def test_a_distributed_review_is_answered_by_the_departments_alone(cast: Cast) -> None:
    review = reviewing(cast)
    given = {"engineering": answer_input()}

    with pytest.raises(PermissionDenied, match="由这张单的跟单员平衡"):
        settle_in_meeting(review, given, {}, actor=cast.laowang)
    with pytest.raises(Blocked, match="会上才替它记"):
        settle_in_meeting(review, given, {}, actor=cast.xiaoli)
    assert answer_of(review, "engineering").state == "blank"


@pytest.mark.rule("A19.1")
def test_the_page_takes_what_was_said_in_the_meeting(cast: Cast) -> None:
    review = partly_answered(cast)
    meeting, client = meeting_of(review), browser(cast.laowang)
    keys = {one.user.username: one.user_id for one in meeting.attendees_now}
    page = words(client.get(f"/reviews/{review.pk}/meeting/"))
    assert page.count("还没有答，会上说的记在这里") == 1
    form = {f"came_{key}": "yes" for key in keys.values()} | {"decisions": "照会上说的办"}
    form |= {f"planned_{keys[who]}": str(day(12)) for who in ("material", "printing_mfg", "printing_qc")}
    mine = keys["engineering"]
    form |= {f"verdict_{mine}": "agree", f"planned_{mine}": str(day(8)), f"points_{mine}": "on"}

    assert client.post(f"/reviews/{review.pk}/meeting/", form).status_code == 302

    answer = answer_of(review, "engineering")
    assert (answer.verdict, answer.planned_date, answer.unanswered_points) == ("agree", day(8), [])
    assert answer_of(review, "material_control").is_signed


@pytest.mark.rule("A19.1")
def test_the_api_takes_it_too(cast: Cast) -> None:
    review = partly_answered(cast)
    body = {
        "attendance": [{"attendee": one.user.username, "present": True} for one in meeting_of(review).attendees_now],
        "decisions": "照办",
        "answers": {"engineering": {"verdict": "agree", "planned_date": str(day(8))}},
    }

    assert Caller(cast.laowang).post(f"reviews/{review.pk}/meeting/", body).status_code == 200
    assert answer_of(review, "engineering").planned_date == day(8)
