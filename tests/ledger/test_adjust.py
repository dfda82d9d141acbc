"""应收调整（第六章，A63）：财务提出，总监批准才动应收；自己提的自己不能批。"""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ledger import services
from ledger.balances import balance_of
from ledger.models import Adjustment
from orders.models import Order
from tests.cast import Cast
from tests.cast_ledger import TOTAL, shipped
from tests.cast_shipping import line_of
from workflow.guards import WrongState
from workflow.models import TransitionLog


def proposed(cast: Cast, order: Order, amount: str = "-100", kind: str = "discount") -> Adjustment:
    return services.propose_adjustment(line_of(order, 1), Decimal(amount), kind, "色差折让", actor=cast.finance)


@pytest.mark.rule("A63")
def test_an_approved_one_moves_receivable_and_nothing_else(cast: Cast) -> None:
    order = shipped(cast)
    adjustment = proposed(cast, order)
    assert balance_of(order).receivable == TOTAL

    services.approve_adjustment(adjustment, actor=cast.director)

    balance = balance_of(order)
    assert (balance.receivable, balance.uninvoiced, balance.adjusted) == (TOTAL - 100, TOTAL, -100)
    step = TransitionLog.objects.get(subject_type="ledger_adjustment", move="approve")
    assert (step.source, step.target, step.chain) == ("proposed", "approved", f"orders_order:{order.pk}")


@pytest.mark.rule("A63")
def test_a_refused_one_moves_nothing(cast: Cast) -> None:
    order = shipped(cast)
    adjustment = proposed(cast, order)
    with pytest.raises(ValidationError, match="请写明理由"):
        services.refuse_adjustment(adjustment, "", actor=cast.director)

    assert services.refuse_adjustment(adjustment, "客户已签收", actor=cast.director).state == "refused"
    assert balance_of(order).receivable == TOTAL
    with pytest.raises(WrongState, match="未批准"):
        services.approve_adjustment(adjustment, actor=cast.director)


@pytest.mark.rule("A63")
def test_finance_proposes_the_director_approves(cast: Cast) -> None:
    order = shipped(cast)
    with pytest.raises(PermissionDenied):
        services.propose_adjustment(line_of(order, 1), Decimal(-1), "discount", "x", actor=cast.director)
    adjustment = proposed(cast, order)
    for person in (cast.finance, cast.laowang, cast.gm):
        with pytest.raises(PermissionDenied):
            services.approve_adjustment(adjustment, actor=person)
    Adjustment.objects.filter(pk=adjustment.pk).update(proposed_by=cast.director)
    with pytest.raises(PermissionDenied, match="自己提出的调整，自己不能批"):
        services.approve_adjustment(adjustment, actor=cast.director)


@pytest.mark.rule("A63")
def test_what_no_adjustment_may_say(cast: Cast) -> None:
    order = shipped(cast)
    for amount, kind, field in (("0", "price", "amount"), ("5", "discount", "amount"), ("-5", "gift", "kind")):
        with pytest.raises(ValidationError) as error:
            proposed(cast, order, amount, kind)
        assert list(error.value.message_dict) == [field]
    assert proposed(cast, order, "5", "price").amount == 5
    assert Adjustment.objects.count() == 1
