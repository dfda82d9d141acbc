"""到货确认（A52、A6.5a）：跟谁、怎么、哪天到；只加不改。"""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from shipping import services
from shipping.models import Confirmation
from tests.cast import Cast, draft
from tests.cast_shipping import confirmed, day, dispatched, drafted
from workflow.guards import WrongState
from workflow.history import AppendOnlyError
from workflow.models import TransitionLog


@pytest.mark.rule("A52")
@pytest.mark.rule("A6.5a")
def test_who_when_how_and_what_was_said_is_kept(cast: Cast) -> None:
    delivery = drafted(cast, draft(cast))
    one = services.confirm_arrival(delivery, day(2), " 刘婷 ", "电话", said="上午到", actor=cast.xiaoli)

    assert (one.arrival_date, one.with_whom, one.how, one.said, one.by) == (
        day(2),
        "刘婷",
        "电话",
        "上午到",
        cast.xiaoli,
    )
    step = TransitionLog.objects.get(subject_id=delivery.pk, move="confirm_arrival")
    assert (step.source, step.target, step.rule, step.reason) == ("draft", "draft", "A52", "上午到")


@pytest.mark.rule("A52")
def test_a_confirmation_is_never_changed(cast: Cast) -> None:
    one = services.confirm_arrival(drafted(cast, draft(cast)), day(2), "刘婷", "电话", actor=cast.xiaoli)

    one.arrival_date = day(9)
    with pytest.raises(AppendOnlyError):
        one.save()


@pytest.mark.rule("A52")
@pytest.mark.parametrize(
    ("after", "who", "how"), [(-1, "刘婷", "电话"), (400, "刘婷", "电话"), (1, " ", "电话"), (1, "刘婷", "")]
)
def test_a_confirmation_without_a_day_a_person_or_a_way_is_none(cast: Cast, after: int, who: str, how: str) -> None:
    with pytest.raises(ValidationError):
        services.confirm_arrival(drafted(cast, draft(cast)), day(after), who, how, actor=cast.xiaoli)
    assert not Confirmation.objects.exists()


@pytest.mark.rule("A3")
def test_another_coordinator_may_not(cast: Cast) -> None:
    delivery = drafted(cast, draft(cast))

    for person in (cast.xiaochen, cast.warehouse):
        with pytest.raises(PermissionDenied):
            services.confirm_arrival(delivery, day(1), "刘婷", "电话", actor=person)
    assert len(confirmed(cast, delivery).confirmations_now) == 2


@pytest.mark.rule("A52")
def test_after_the_goods_have_left_there_is_nothing_to_confirm(cast: Cast) -> None:
    with pytest.raises(WrongState, match="已发出"):
        services.confirm_arrival(dispatched(cast), day(1), "刘婷", "电话", actor=cast.xiaoli)
