"""收货完成、对账、结算、取消（第四章，A41、A23.5）。"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from outsourcing.services import (
    cancel_outsourcing,
    finish_receiving,
    reconcile_outsourcing,
    return_material,
    settle_outsourcing,
)
from tests.cast import Cast
from tests.cast_outsourcing import came_back, issued_material, made, received, reconciled, sent
from workflow import clock
from workflow.guards import Blocked, WrongState


@pytest.mark.rule("A41")
def test_everything_must_be_back_or_the_shortage_explained(cast: Cast) -> None:
    document = sent(cast)
    came_back(cast, document, "900", "50")

    with pytest.raises(Blocked) as blocked:
        finish_receiving(document, actor=cast.xiaoli)
    assert blocked.value.refusals[0].words == "第 1 行产品画册覆膜收货合格 900／1,000 本；短收要写明原因"

    document = finish_receiving(document, actor=cast.xiaoli, reason="加工商报废 50 本")
    assert (document.state, document.short_reason) == ("received", "加工商报废 50 本")


@pytest.mark.rule("A41")
def test_within_tolerance_is_enough(cast: Cast) -> None:
    document = sent(cast)
    came_back(cast, document, "979", concession=Decimal(1), received=Decimal(980))

    assert finish_receiving(document, actor=cast.material).state == "received"


@pytest.mark.rule("A23.5")
def test_reconciling_computes_what_is_owed(cast: Cast) -> None:
    document = reconcile_outsourcing(received(cast), actor=cast.laowang, deduction=Decimal("20.00"), reason="返工误期")

    assert (document.payable, document.deduction) == (Decimal("330.00"), Decimal("20.00"))


@pytest.mark.rule("A23.5")
def test_a_deduction_has_its_limit_and_its_reason(cast: Cast) -> None:
    document = received(cast)

    for given in ({"deduction": Decimal(351), "reason": "多扣"}, {"deduction": Decimal(1)}):
        with pytest.raises(ValidationError, match="扣款"):
            reconcile_outsourcing(document, actor=cast.laowang, **given)
    with pytest.raises(PermissionDenied):
        reconcile_outsourcing(document, actor=cast.xiaoli)


@pytest.mark.rule("A23.5")
def test_finance_settles_what_is_reconciled(cast: Cast) -> None:
    document = reconciled(cast)

    with pytest.raises(PermissionDenied):
        settle_outsourcing(document, actor=cast.laowang)
    with pytest.raises(ValidationError, match="付款日期"):
        settle_outsourcing(document, actor=cast.finance, paid_on=clock.today() + dt.timedelta(days=1))
    document = settle_outsourcing(document, actor=cast.finance)
    assert (document.state, document.paid_on) == ("settled", clock.today())


@pytest.mark.rule("A41")
def test_each_step_has_its_place(cast: Cast) -> None:
    document = sent(cast)

    with pytest.raises(WrongState):
        reconcile_outsourcing(document, actor=cast.laowang)
    with pytest.raises(WrongState):
        settle_outsourcing(document, actor=cast.finance)
    with pytest.raises(WrongState):
        finish_receiving(made(cast), actor=cast.xiaoli)


@pytest.mark.rule("A41")
def test_cancelling_leaves_nothing_outside(cast: Cast) -> None:
    document = sent(cast)
    issue = issued_material(cast, document, "100")

    with pytest.raises(Blocked, match="没有全部退回"):
        cancel_outsourcing(document, actor=cast.xiaoli)
    return_material(document, issue.pk, Decimal(100), actor=cast.material)
    assert cancel_outsourcing(document, actor=cast.xiaoli, reason="改为自产").state == "cancelled"


@pytest.mark.rule("A41")
def test_what_was_received_is_not_cancelled(cast: Cast) -> None:
    document = sent(cast)
    came_back(cast, document, "10")

    with pytest.raises(Blocked, match="已经收过货"):
        cancel_outsourcing(document, actor=cast.xiaoli)
    with pytest.raises(PermissionDenied):
        cancel_outsourcing(document, actor=cast.xiaochen)
