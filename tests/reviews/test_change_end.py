"""更改不成：撤回、主任答复不能改、总经理不签；业务单照旧，旧单照样现行（第二十二条）。"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from reviews import services
from reviews.models import ChangeRequest, Notice, Round
from reviews.selectors import current_notice
from tests.cast import Cast
from tests.cast_changes import agreed, drafted, effective, fresh, read, requested, reviewing, submitted
from tests.cast_shipping import again
from workflow.guards import WrongState
from workflow.models import TransitionLog

pytestmark = [pytest.mark.django_db, pytest.mark.rule("A22")]


def of(thing: Any) -> ChangeRequest:
    """The change that a walker came to."""
    return fresh(thing if isinstance(thing, ChangeRequest) else thing.change)


@pytest.mark.parametrize("walk", [requested, submitted, reviewing, agreed, drafted])
def test_withdrawing_leaves_nothing_open(cast: Cast, walk: Callable[[Cast], Any]) -> None:
    change = of(walk(cast))
    order = again(change.order)

    change = services.withdraw_change(change, actor=cast.xiaoli, reason="客户不改了")

    assert (change.state, change.ended_reason) == ("withdrawn", "客户不改了")
    assert not Round.objects.open().filter(order=order).exists()
    assert not Notice.objects.filter(order=order, state="draft").exists()
    assert (again(order).version, again(order).state) == (1, "producing")
    assert current_notice(order) is not None


@pytest.mark.parametrize("walk", [submitted, reviewing, drafted])
def test_the_supervisor_says_that_it_cannot_be_changed(cast: Cast, walk: Callable[[Cast], Any]) -> None:
    change = of(walk(cast))
    with pytest.raises(ValidationError):
        services.refuse_change(change, " ", actor=cast.laowang)
    with pytest.raises(PermissionDenied):
        services.refuse_change(change, "已经印完", actor=cast.xiaoli)

    change = services.refuse_change(change, "已经印完", actor=cast.laowang)

    assert (change.state, change.ended_reason) == ("refused", "已经印完")
    assert not Round.objects.open().filter(order=change.order).exists()
    assert not Notice.objects.filter(order=change.order, state="draft").exists()


def test_what_took_effect_is_not_withdrawn(cast: Cast) -> None:
    change = fresh(effective(cast).change)
    before = TransitionLog.objects.count()

    with pytest.raises(WrongState):
        services.withdraw_change(change, actor=cast.xiaoli)
    with pytest.raises(WrongState):
        services.refuse_change(change, "晚了", actor=cast.laowang)
    with pytest.raises(WrongState):
        services.submit_change(change, actor=cast.xiaoli)
    assert TransitionLog.objects.count() == before


def test_a_stranger_withdraws_nothing(cast: Cast) -> None:
    change = submitted(cast)

    for stranger in (cast.xiaochen, cast.gm, cast.material):
        with pytest.raises(PermissionDenied):
            services.withdraw_change(change, actor=stranger)
    assert fresh(change).state == "submitted"


@pytest.mark.rule("A20.6")
def test_after_the_general_manager_did_not_sign_it_goes_on(cast: Cast) -> None:
    notice = drafted(cast)
    services.refuse_notice(notice, "交期再谈", actor=cast.gm)

    change = fresh(notice.change)
    assert (change.state, read(notice).state, change.is_agreed) == ("reviewing", "refused", True)
    assert services.create_change_notice(change, actor=cast.xiaoli).pk != notice.pk
    review = services.open_change_round(fresh(change), "distributed", actor=cast.laowang, reason="交期再评")
    assert not Notice.objects.filter(order=review.order, state="draft").exists()
