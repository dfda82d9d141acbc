"""答复（第十七条、第十八条）：部门答自己的部分；改了签过的内容，签字就失效。"""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from reviews import services
from tests.cast import Cast
from tests.cast_reviews import answer_input, answer_of, day, reviewing, signed
from workflow.guards import Blocked, Stale
from workflow.models import TransitionLog


@pytest.mark.rule("A17")
def test_anybody_of_the_department_may_write_it(cast: Cast) -> None:
    answer = answer_of(reviewing(cast), "engineering")

    answer = services.save_answer(answer, answer_input(verdict="", points={"valid": True}), actor=cast.engineering2)

    assert (answer.state, answer.verdict, answer.points) == ("answered", "", {"valid": True})
    assert answer.answered_by == cast.engineering2
    assert not answer.is_signed


@pytest.mark.rule("A17")
def test_another_department_may_not(cast: Cast) -> None:
    answer = answer_of(reviewing(cast), "engineering")

    with pytest.raises(PermissionDenied):
        services.save_answer(answer, answer_input(), actor=cast.material)
    assert answer_of(answer.round, "engineering").state == "blank"


@pytest.mark.rule("A20.1")
def test_a_changed_answer_voids_its_signature(cast: Cast) -> None:
    review = signed(cast)
    answer = answer_of(review, "engineering")

    answer = services.save_answer(answer, answer_input(planned_date=day(9)), actor=cast.engineering)

    assert (answer.state, answer.signed_by, answer.signed_sha256) == ("answered", None, "")
    assert answer.signatures.count() == 1


@pytest.mark.rule("A20.1")
def test_the_same_answer_again_changes_nothing(cast: Cast) -> None:
    review = signed(cast)
    before = TransitionLog.objects.count()

    answer = services.save_answer(answer_of(review, "engineering"), answer_input(), actor=cast.engineering)

    assert answer.state == "signed"
    assert TransitionLog.objects.count() == before


@pytest.mark.rule("A20.1")
def test_after_the_conclusion_nothing_is_changed(cast: Cast) -> None:
    review = signed(cast)
    services.conclude(review, "pass", actor=cast.laowang)

    with pytest.raises(Blocked, match="已经结束"):
        services.save_answer(answer_of(review, "engineering"), answer_input(comment="改"), actor=cast.engineering)
    assert answer_of(review, "engineering").is_signed


@pytest.mark.rule("A17")
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"verdict": "maybe"}, "verdict"),
        ({"planned_date": day(-1)}, "planned_date"),
        ({"planned_date": day(9999)}, "planned_date"),
        ({"points": {"pretty": True}}, "points.pretty"),
    ],
)
def test_what_is_no_answer_is_refused_at_its_field(cast: Cast, wrong: dict[str, object], field: str) -> None:
    answer = answer_of(reviewing(cast), "engineering")

    with pytest.raises(ValidationError) as refused:
        services.save_answer(answer, answer_input(**wrong), actor=cast.engineering)

    assert list(refused.value.message_dict) == [field]
    assert answer_of(answer.round, "engineering").state == "blank"


@pytest.mark.rule("A17")
def test_a_colleagues_answer_is_not_run_over(cast: Cast) -> None:
    answer = answer_of(reviewing(cast), "engineering")
    late = answer_of(answer.round, "engineering")
    services.save_answer(answer, answer_input(comment="先答的"), actor=cast.engineering2)

    with pytest.raises(Stale):
        services.save_answer(late, answer_input(comment="后到的"), actor=cast.engineering)
    assert answer_of(answer.round, "engineering").comment == "先答的"


@pytest.mark.rule("A17")
def test_the_log_keeps_what_was_said_before(cast: Cast) -> None:
    answer = answer_of(signed(cast), "engineering")

    services.save_answer(answer, answer_input(comment="要等刀模"), actor=cast.engineering)

    row = TransitionLog.objects.filter(subject_type="reviews_answer", move="answer").order_by("-id")[0]
    assert row.data_text == '{"comment":["可以","要等刀模"]}'
    assert (row.source, row.target, row.article) == ("signed", "answered", "第十七条")
