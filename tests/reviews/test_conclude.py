"""结论（第二十条）：签齐、没有不同意才通过；否则协商或拒绝，业务单跟着走。"""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from orders import services as order_services
from orders.models import Order, State
from reviews import services
from reviews.models import Round
from tests.cast import Cast
from tests.cast_reviews import answer_input, answer_of, day, reviewing, signed
from workflow.guards import Blocked, WrongState


@pytest.mark.rule("A20.1")
def test_passed_it_sets_the_delivery_date(cast: Cast) -> None:
    review = services.conclude(signed(cast), "pass", actor=cast.laowang, delivery_date=day(18), note="正常")

    assert (review.state, review.delivery_date, review.note) == ("passed", day(18), "正常")
    order = Order.objects.get()
    assert (order.state, order.promised_date) == (State.AGREED, day(18))
    assert {line.promised_date for line in order.lines.all()} == {day(18)}


@pytest.mark.rule("A17")
def test_without_a_date_it_is_the_latest_planned_and_the_kinds_buffer(cast: Cast) -> None:
    review = signed(cast)
    services.sign_answer(
        answer_of(review, "printing_quality"), answer_input(planned_date=day(14)), actor=cast.printing_qc
    )

    review = services.conclude(review, "pass", actor=cast.laowang)

    assert review.delivery_date == day(15)


@pytest.mark.rule("A20.1")
def test_every_department_must_have_signed(cast: Cast) -> None:
    review = reviewing(cast)
    services.sign_answer(answer_of(review, "engineering"), answer_input(), actor=cast.engineering)
    services.save_answer(answer_of(review, "material_control"), answer_input(), actor=cast.material)

    with pytest.raises(Blocked) as blocked:
        services.conclude(review, "pass", actor=cast.laowang, delivery_date=day(18))

    assert [refusal.words for refusal in blocked.value.refusals] == [
        "物控部还没有在现在的内容上签字", "印刷制造部还没有答复", "印刷品质部还没有答复",
    ]  # fmt: skip
    assert Order.objects.get().state == State.REVIEWING


@pytest.mark.rule("A20.6")
def test_a_standing_no_does_not_pass_but_may_be_answered_again(cast: Cast) -> None:
    review = signed(cast)
    services.sign_answer(answer_of(review, "engineering"), answer_input(verdict="disagree"), actor=cast.engineering)
    with pytest.raises(Blocked, match="技术中心不同意"):
        services.conclude(review, "pass", actor=cast.laowang)

    services.sign_answer(answer_of(review, "engineering"), answer_input(), actor=cast.engineering)
    assert services.conclude(review, "pass", actor=cast.laowang).state == "passed"


@pytest.mark.rule("A20.6")
@pytest.mark.parametrize(
    ("outcome", "state", "order_state"), [("negotiate", "unmet", "negotiating"), ("reject", "rejected", "rejected")]
)
def test_otherwise_it_is_negotiated_or_rejected(cast: Cast, outcome: str, state: str, order_state: str) -> None:
    review = services.conclude(reviewing(cast), outcome, actor=cast.laowang, note="产能不够")

    assert (review.state, review.order.state) == (state, order_state)
    assert Order.objects.get().promised_date is None


@pytest.mark.rule("A20.6")
def test_what_the_customer_agrees_to_is_the_reviewed_date(cast: Cast) -> None:
    review = services.conclude(signed(cast), "negotiate", actor=cast.laowang)
    assert review.delivery_date == day(13)

    order = order_services.agree_as_reviewed(review.order, "同意", actor=cast.laowang)

    assert order.promised_date == day(13)
    assert {line.promised_date for line in order.lines.all()} == {day(13)}


@pytest.mark.rule("A20.6")
def test_after_negotiating_a_new_round_starts_and_the_old_one_is_kept(cast: Cast) -> None:
    order = services.conclude(signed(cast), "negotiate", actor=cast.laowang).order

    services.open_round(order, "distributed", actor=cast.laowang)

    assert list(Round.objects.order_by("number").values_list("number", "state")) == [(1, "unmet"), (2, "open")]


@pytest.mark.rule("A20.1")
@pytest.mark.parametrize(("after", "words"), [(11, "早于部门签下的"), (9999, "不像是真的")])
def test_a_promise_the_departments_cannot_keep_is_refused(cast: Cast, after: int, words: str) -> None:
    with pytest.raises(ValidationError, match=words) as refused:
        services.conclude(signed(cast), "pass", actor=cast.laowang, delivery_date=day(after))

    assert list(refused.value.message_dict) == ["delivery_date"]
    assert Round.objects.get().state == "open"


@pytest.mark.rule("A20.1")
def test_only_the_supervisor_concludes(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        services.conclude(signed(cast), "pass", actor=cast.xiaoli)
    assert Round.objects.get().state == "open"


@pytest.mark.rule("A20.1")
def test_it_is_concluded_once(cast: Cast) -> None:
    review = services.conclude(signed(cast), "pass", actor=cast.laowang)

    with pytest.raises(WrongState, match="通过"):
        services.conclude(review, "negotiate", actor=cast.laowang)


@pytest.mark.rule("A20.1")
def test_no_other_outcome(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="结论是"):
        services.conclude(signed(cast), "perhaps", actor=cast.laowang)


@pytest.mark.rule("A17")
@pytest.mark.parametrize(
    ("after", "words"), [(12, "比建议的 .* 早 1 天，请写明理由"), (18, "比建议的 .* 晚 5 天，请写明理由")]
)
def test_another_date_than_the_suggested_one_gives_its_reason(cast: Cast, after: int, words: str) -> None:
    review = signed(cast)
    with pytest.raises(ValidationError, match=words) as refused:
        services.conclude(review, "pass", actor=cast.laowang, delivery_date=day(after), note=" ")
    assert set(refused.value.message_dict) == {"note"}
    assert Order.objects.get().state == State.REVIEWING

    review = services.conclude(review, "pass", actor=cast.laowang, delivery_date=day(after), note="客户自提")
    assert (review.delivery_date, review.note) == (day(after), "客户自提")


@pytest.mark.rule("A17")
def test_where_no_words_are_asked_the_difference_is_noted(cast: Cast) -> None:
    review = services.conclude(signed(cast), "pass", actor=cast.laowang, delivery_date=day(18))

    assert review.note == f"交期比建议的 {day(13):%m-%d} 晚 5 天"
