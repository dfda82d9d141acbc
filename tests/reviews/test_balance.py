"""平衡（第二十条）：改了日期的部门要重签，没改的签字照样有效。"""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from reviews import services
from tests.cast import Cast
from tests.cast_reviews import answer_input, answer_of, day, reviewing, signed
from workflow.guards import Blocked, WrongState
from workflow.models import TransitionLog


@pytest.mark.rule("A20.1")
def test_a_changed_date_voids_that_signature_alone(cast: Cast) -> None:
    review = signed(cast)

    review = services.balance(review, {"engineering": day(8), "material_control": day(12)}, actor=cast.xiaoli)

    states = {answer.department.code: answer.state for answer in review.answers_now}
    assert states == {
        "engineering": "answered",
        "material_control": "signed",
        "printing_manufacturing": "signed",
        "printing_quality": "signed",
    }
    assert answer_of(review, "engineering").planned_date == day(8)
    assert (review.balanced_by, review.is_balancing) == (cast.xiaoli, True)


@pytest.mark.rule("A20.1")
def test_until_it_is_signed_again_the_round_cannot_pass(cast: Cast) -> None:
    review = services.balance(signed(cast), {"engineering": day(8)}, actor=cast.xiaoli)

    with pytest.raises(Blocked, match="技术中心还没有在现在的内容上签字"):
        services.conclude(review, "pass", actor=cast.laowang)
    services.sign_answer(answer_of(review, "engineering"), actor=cast.engineering)
    assert services.conclude(review, "pass", actor=cast.laowang).state == "passed"


@pytest.mark.rule("A20.1")
def test_a_department_that_has_not_answered_cannot_be_balanced(cast: Cast) -> None:
    with pytest.raises(ValidationError) as refused:
        services.balance(reviewing(cast), {"engineering": day(8), "paper_quality": day(8)}, actor=cast.xiaoli)
    assert set(refused.value.message_dict) == {"engineering", "paper_quality"}


@pytest.mark.rule("A20.1")
@pytest.mark.parametrize("who", ["xiaochen", "engineering", "gm", "laowang", "director"])
def test_a_distributed_round_is_balanced_by_its_coordinator_alone(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied, match="分散评审的日期由这张单的跟单员平衡"):
        services.balance(signed(cast), {"engineering": day(8)}, actor=getattr(cast, who))
    assert not TransitionLog.objects.filter(move="balance").exists()


@pytest.mark.rule("A20.1")
@pytest.mark.parametrize("who", ["laowang", "director"])
def test_in_a_meeting_the_organiser_sets_the_date(cast: Cast, who: str) -> None:
    review = services.turn_into_meeting(signed(cast), "当面定", actor=cast.laowang)

    review = services.balance(review, {"engineering": day(8)}, actor=getattr(cast, who))
    assert answer_of(review, "engineering").state == "answered"


@pytest.mark.rule("A20.1")
@pytest.mark.parametrize("who", ["xiaoli", "engineering", "gm"])
def test_in_a_meeting_nobody_else_does(cast: Cast, who: str) -> None:
    review = services.turn_into_meeting(signed(cast), "当面定", actor=cast.laowang)

    with pytest.raises(PermissionDenied, match="集中评审的日期由组织评审的主任在会上定"):
        services.balance(review, {"engineering": day(8)}, actor=getattr(cast, who))


@pytest.mark.rule("A20.1")
def test_after_the_conclusion_it_is_too_late(cast: Cast) -> None:
    review = services.conclude(signed(cast), "pass", actor=cast.laowang)

    with pytest.raises(WrongState, match="通过"):
        services.balance(review, {"engineering": day(8)}, actor=cast.xiaoli)


@pytest.mark.rule("A20.1")
def test_the_log_has_old_and_new_date(cast: Cast) -> None:
    review = services.balance(signed(cast), {"engineering": day(8)}, actor=cast.xiaoli)

    row = TransitionLog.objects.get(subject_type="reviews_answer", move="balance")
    assert row.data_text == f'{{"planned_date":["{day(12)}","{day(8)}"]}}'
    assert row.chain == review.chain


@pytest.mark.rule("A20.1")
def test_a_date_gone_by_is_no_date(cast: Cast) -> None:
    review = reviewing(cast)
    services.save_answer(answer_of(review, "engineering"), answer_input(), actor=cast.engineering)

    with pytest.raises(ValidationError, match="不能早于今天"):
        services.balance(review, {"engineering": day(-1)}, actor=cast.xiaoli)
