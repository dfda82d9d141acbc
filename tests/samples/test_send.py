"""寄样（第六条、第五章，寄样）：备好、凭放行条寄出、送到、答复；一路有数。"""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from papers.models import Paper
from samples import services
from samples.models import SampleDispatch
from tests.cast import Cast
from tests.cast_reviews import issued
from tests.cast_samples import again, allowed, day, dispatch_input, lent, loose, pass_of, prepared, sent, standard
from workflow.guards import Blocked, WrongState
from workflow.models import TransitionLog


@pytest.mark.rule("A57")
def test_it_is_prepared_and_the_pass_asked_for(cast: Cast) -> None:
    order, mark = issued(cast), uuid.uuid4()
    sample = standard(cast, order)
    dispatch = prepared(cast, sample, mark=mark)
    assert (dispatch.state, dispatch.order, dispatch.customer) == ("prepared", order, order.customer)
    assert dispatch.number.startswith("J-")
    assert (pass_of(dispatch).state, pass_of(dispatch).what) == ("asked", "产品画册签样 1 本，瑞禾茶业有限公司")
    assert prepared(cast, sample, mark=mark) == dispatch


@pytest.mark.rule("C7")
def test_nothing_leaves_without_the_approved_pass(cast: Cast) -> None:
    dispatch = prepared(cast)
    with pytest.raises(Blocked, match="放行条，不能出厂"):
        services.send_dispatch(dispatch, actor=cast.xiaoli, courier="顺丰速运")
    assert (again(dispatch).state, Paper.objects.filter(kind="dispatch_slip").exists()) == ("prepared", False)


@pytest.mark.rule("A57")
def test_it_is_sent_with_courier_number_and_cost(cast: Cast) -> None:
    dispatch = sent(cast)
    assert (dispatch.state, dispatch.courier, dispatch.cost) == ("sent", "顺丰速运", Decimal(23))
    assert dispatch.number.startswith("JY26-")
    assert pass_of(dispatch).state == "used"
    sample = dispatch.lines.get().sample
    assert (sample.balance.left, sample.movements.get().kind) == (0, "sent")
    slip = Paper.objects.get(kind="dispatch_slip").content
    assert (slip["waybill"], slip["gate_pass"]) == ("SF1390277746511", pass_of(dispatch).number)


@pytest.mark.rule("A57")
def test_what_is_lent_meanwhile_is_not_sent(cast: Cast) -> None:
    sample = standard(cast)
    dispatch = allowed(cast, sample)
    lent(cast, sample)
    with pytest.raises(Blocked, match="在手只有 0 本，不够寄 1"):
        services.send_dispatch(dispatch, actor=cast.xiaoli, courier="自送")
    assert pass_of(dispatch).state == "approved"


@pytest.mark.rule("A57")
@pytest.mark.parametrize(
    ("changes", "field"),
    [({"lines": []}, "lines"), ({"sent_to": ""}, "sent_to"), ({"address": " "}, "address"),
     ({"purpose": ""}, "purpose"), ({"feedback_due": day(-1)}, "feedback_due")],
)  # fmt: skip
def test_what_is_missing_is_named(cast: Cast, changes: dict[str, Any], field: str) -> None:
    sample = standard(cast)
    with pytest.raises(ValidationError) as refused:
        services.prepare_dispatch(dispatch_input(sample, **changes), actor=cast.xiaoli)
    assert field in refused.value.message_dict
    assert not SampleDispatch.objects.exists()


@pytest.mark.rule("A57")
def test_one_parcel_is_of_one_order(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="同一张业务单"):
        prepared(cast, standard(cast), loose(cast))
    with pytest.raises(ValidationError, match="没有写明客户"):
        prepared(cast, loose(cast, customer=None))
    assert prepared(cast, loose(cast)).order is None


@pytest.mark.rule("A6.5b")
def test_it_is_followed_to_arrival_and_answer(cast: Cast) -> None:
    dispatch = sent(cast)
    with pytest.raises(ValidationError, match="寄出以后"):
        services.arrive_dispatch(dispatch, actor=cast.xiaoli, on=day(-1))
    assert services.arrive_dispatch(dispatch, actor=cast.xiaoli).arrived_on == day(0)
    with pytest.raises(ValidationError, match="对方怎么说"):
        services.answer_dispatch(dispatch, " ", actor=cast.xiaoli)
    answered = services.answer_dispatch(dispatch, "颜色认可，开窗再大 2 mm", actor=cast.xiaoli, accepted=False)
    assert (answered.state, answered.answer, answered.accepted) == ("answered", "颜色认可，开窗再大 2 mm", False)
    for again_ in (services.arrive_dispatch, services.cancel_dispatch):
        with pytest.raises(WrongState):
            again_(answered, actor=cast.xiaoli, **({"reason": "晚了"} if again_ is services.cancel_dispatch else {}))


@pytest.mark.rule("A57")
def test_one_that_is_not_sent_is_called_off_with_its_pass(cast: Cast) -> None:
    dispatch = services.cancel_dispatch(allowed(cast), "客户自己来看样", actor=cast.xiaoli)
    assert (dispatch.state, pass_of(dispatch).state) == ("cancelled", "refused")


@pytest.mark.rule("A3")
@pytest.mark.parametrize("who", ["xiaochen", "warehouse", "gm"])
def test_who_does_not_work_the_order_leaves_no_trace(cast: Cast, who: str) -> None:
    dispatch = allowed(cast)
    before = TransitionLog.objects.count()
    with pytest.raises(PermissionDenied):
        services.send_dispatch(dispatch, actor=getattr(cast, who), courier="自送")
    with pytest.raises(PermissionDenied):
        services.cancel_dispatch(dispatch, "不寄", actor=getattr(cast, who))
    assert TransitionLog.objects.count() == before
