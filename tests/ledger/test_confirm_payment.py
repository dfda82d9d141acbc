"""确认到账（第六章，A53、A63）：落到行上，按比例分，最后一行收尾差；两边都不超（I7）。"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ledger import services
from ledger.balances import balance_of
from ledger.models import AllocationLine, Payment
from ledger.services import AllocationInput
from tests.cast import Cast, accepted, draft, line_input
from tests.cast_ledger import (
    TOTAL,
    against,
    deposited,
    drafted,
    invoiced,
    on,
    paid,
    payment_input,
    placed,
    registered,
    sent,
    shipped,
)
from workflow import clock
from workflow.guards import Blocked, WrongState
from workflow.models import TransitionLog


def refused(cast: Cast, given: services.PaymentInput) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as error:
        services.register_payment(given, actor=cast.finance)
    assert not Payment.objects.exists()
    return error.value.message_dict


@pytest.mark.rule("A62")
def test_it_moves_receivable_and_nothing_else(cast: Cast) -> None:
    order = shipped(cast)
    invoice = invoiced(cast, order)
    waiting = registered(cast, order, TOTAL, on(invoice, TOTAL))
    assert balance_of(order).received == 0

    payment = services.confirm_payment(waiting, actor=cast.finance)

    balance = balance_of(order)
    assert (balance.uninvoiced, balance.receivable, balance.invoiced_unpaid) == (0, 0, 0)
    assert (payment.state, payment.confirmed_by, payment.unallocated) == ("confirmed", cast.finance, 0)
    step = TransitionLog.objects.get(subject_type="ledger_payment", subject_id=payment.pk, move="confirm")
    assert (step.source, step.target, step.article) == ("registered", "confirmed", "第六章，收款")


@pytest.mark.rule("A63")
def test_an_allocation_is_split_pro_rata_the_last_line_takes_the_remainder(cast: Cast) -> None:
    lines = [line_input("P001", "1", "33.33"), line_input("P002", "1", "33.33"), line_input("P003", "1", "33.34")]
    order = accepted(cast, lines=lines)
    sent(cast, order, (1, "1"), (2, "1"), (3, "1"))
    invoice = invoiced(cast, order, (1, "1"), (2, "1"), (3, "1"))

    payment = paid(cast, order, "50.00", on(invoice, "50.00"))

    assert [amount for _line, _invoice, amount in placed(payment)] == [
        Decimal("16.67"),
        Decimal("16.66"),
        Decimal("16.67"),
    ]


@pytest.mark.rule("A63")
def test_what_is_given_to_nothing_stays_visible(cast: Cast) -> None:
    order = shipped(cast)
    payment = paid(cast, order, "1000")

    assert payment.unallocated == 1000
    assert balance_of(order).received == 0


@pytest.mark.rule("I7")
def test_never_more_than_an_invoice_still_owes(cast: Cast) -> None:
    order = shipped(cast)
    invoice = invoiced(cast, order, (1, "400"))
    first, second = (registered(cast, order, "3000", on(invoice, "3000")) for _ in range(2))
    services.confirm_payment(first, actor=cast.finance)

    with pytest.raises(Blocked) as blocked:
        services.confirm_payment(second, actor=cast.finance)

    assert [(r.rule, r.words) for r in blocked.value.refusals] == [
        ("A63", f"发票 {invoice.number} 还欠 2,000.00 元，分不下 3,000.00 元")
    ]
    assert Payment.objects.get(pk=second.pk).state == "registered"
    assert not AllocationLine.objects.filter(allocation__payment=second).exists()


@pytest.mark.rule("I7")
def test_never_on_an_invoice_that_is_not_issued(cast: Cast) -> None:
    order = shipped(cast)
    waiting = registered(cast, order, "100", on(drafted(cast, order, number="FP7"), "100"))

    with pytest.raises(Blocked, match="发票 FP7 还没有开出"):
        services.confirm_payment(waiting, actor=cast.finance)


@pytest.mark.rule("I7")
def test_never_more_than_an_order_comes_to(cast: Cast) -> None:
    order = accepted(cast)
    deposited(cast, order, "14000")

    with pytest.raises(Blocked, match=f"业务单 {order.number} 还要收 100.00 元，分不下 100.01 元"):
        deposited(cast, order, "100.01")
    assert balance_of(order).received == 14000


@pytest.mark.rule("A63")
def test_money_on_an_order_goes_on_to_what_is_invoiced_there(cast: Cast) -> None:
    order = shipped(cast)
    invoice = invoiced(cast, order, (1, "1000"))

    paid(cast, order, TOTAL, against(order, TOTAL))

    balance = balance_of(order)
    assert (balance.receivable, balance.settled, balance.invoiced_unpaid) == (0, invoice.amount, 0)


@pytest.mark.rule("A63")
def test_what_no_payment_may_say(cast: Cast) -> None:
    order, other = shipped(cast), draft(cast)
    tomorrow = clock.today() + dt.timedelta(days=1)

    assert list(refused(cast, payment_input(order, "0"))) == ["amount"]
    assert list(refused(cast, payment_input(order, "1", date=tomorrow))) == ["date"]
    assert list(refused(cast, payment_input(order, "1", kind="deposit"))) == ["order"]
    assert list(refused(cast, payment_input(order, "1", order=other))) == ["order"]
    assert list(refused(cast, payment_input(order, "1", against(order, "2")))) == ["allocations"]
    assert list(refused(cast, payment_input(order, "9", against(order, "2"), against(order, "3")))) == ["allocations.1"]
    assert list(refused(cast, payment_input(order, "9", AllocationInput(Decimal(1))))) == ["allocations.0"]
    assert list(refused(cast, payment_input(order, "9", against(order, "1"), kind="refund"))) == ["allocations"]


@pytest.mark.rule("A53")
def test_finance_registers_and_confirms_even_the_own_ones(cast: Cast) -> None:
    order = shipped(cast)
    with pytest.raises(PermissionDenied):
        services.register_payment(payment_input(order, "1"), actor=cast.laowang)
    waiting = registered(cast, order, "1")
    with pytest.raises(PermissionDenied):
        services.confirm_payment(waiting, actor=cast.director)
    services.confirm_payment(waiting, actor=cast.finance)
    with pytest.raises(WrongState, match="已确认"):
        services.confirm_payment(waiting, actor=cast.finance)


@pytest.mark.rule("A63")
def test_a_registered_one_is_discarded_a_confirmed_one_is_not(cast: Cast) -> None:
    order = shipped(cast)
    assert services.discard_payment(registered(cast, order, "5"), actor=cast.finance).state == "discarded"
    with pytest.raises(WrongState, match="已确认"):
        services.discard_payment(paid(cast, order, "5"), actor=cast.finance)
