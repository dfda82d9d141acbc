"""冲销、退款与以后再分配（第六章，A63、I7）。"""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from ledger import services
from ledger.balances import balance_of
from ledger.models import Allocation, Payment, PaymentReversal
from tests.cast import Cast, accepted
from tests.cast_ledger import (
    TOTAL,
    against,
    deposited,
    invoiced,
    on,
    paid,
    placed,
    registered,
    shipped,
    taken_back,
)
from workflow.guards import Blocked, WrongState


def again(payment: Payment) -> Payment:
    found: Payment = Payment.objects.select_related("customer").get(pk=payment.pk)
    return found


@pytest.mark.rule("A63")
def test_a_reversal_takes_every_line_back(cast: Cast) -> None:
    order = shipped(cast)
    invoice = invoiced(cast, order)
    payment = paid(cast, order, TOTAL, on(invoice, TOTAL))

    services.reverse_payment(payment, "银行退票", actor=cast.finance)

    assert balance_of(order).receivable == balance_of(order).invoiced_unpaid == TOTAL
    assert [amount for *_where, amount in placed(payment)] == [12500, 1600, -12500, -1600]
    assert PaymentReversal.objects.get().reason == "银行退票"
    assert again(payment).state == "confirmed"
    assert paid(cast, order, TOTAL, on(invoice, TOTAL)).state == "confirmed"


@pytest.mark.rule("A63")
def test_it_needs_a_reason_is_done_once_and_after_confirmation(cast: Cast) -> None:
    order = shipped(cast)
    payment = paid(cast, order, "10")
    with pytest.raises(ValidationError, match="请写明理由"):
        services.reverse_payment(payment, " ", actor=cast.finance)
    with pytest.raises(PermissionDenied):
        services.reverse_payment(payment, "错了", actor=cast.director)
    services.reverse_payment(payment, "错了", actor=cast.finance)
    with pytest.raises(Blocked, match="已经冲销"):
        services.reverse_payment(payment, "错了", actor=cast.finance)
    with pytest.raises(WrongState):
        services.reverse_payment(registered(cast, order, "10"), "错了", actor=cast.finance)


@pytest.mark.rule("A63")
def test_what_was_left_over_is_allocated_later(cast: Cast) -> None:
    order = shipped(cast)
    payment = paid(cast, order, "6000")
    invoice = invoiced(cast, order, (1, "400"))

    payment = services.allocate_payment(payment, [on(invoice, "5000"), against(order, "600")], actor=cast.finance)

    assert payment.unallocated == 400
    assert balance_of(order).received == 5600
    with pytest.raises(ValidationError, match="超过可分的 400"):
        services.allocate_payment(again(payment), [against(order, "400.01")], actor=cast.finance)
    with pytest.raises(Blocked, match=r"还欠 0.00 元"):
        services.allocate_payment(again(payment), [on(invoice, "1")], actor=cast.finance)


@pytest.mark.rule("A63")
def test_only_finance_allocates_and_never_what_was_reversed(cast: Cast) -> None:
    order = shipped(cast)
    payment = paid(cast, order, "10")
    with pytest.raises(PermissionDenied):
        services.allocate_payment(payment, [against(order, "1")], actor=cast.laowang)
    services.reverse_payment(payment, "错了", actor=cast.finance)
    with pytest.raises(ValidationError, match="超过可分的 0"):
        services.allocate_payment(again(payment), [against(order, "1")], actor=cast.finance)
    assert not Allocation.objects.exists()


@pytest.mark.rule("A63")
def test_a_prepayment_is_refunded(cast: Cast) -> None:
    order = accepted(cast)
    deposit = deposited(cast, order, "4230")

    refund = paid(cast, order, "1000", kind="refund", order=order)

    assert sum(amount for *_where, amount in placed(refund)) == -1000
    assert balance_of(order).receivable == -3230
    with pytest.raises(Blocked, match=r"预收只有 3,230.00 元，退不了 3,230.01 元"):
        paid(cast, order, "3230.01", kind="refund", order=order)
    with pytest.raises(Blocked, match=r"有 1,000.00 元已经退给客户"):
        services.reverse_payment(deposit, "银行退票", actor=cast.finance)
    services.reverse_payment(refund, "没退成", actor=cast.finance)
    services.reverse_payment(deposit, "银行退票", actor=cast.finance)
    assert balance_of(order).received == 0


@pytest.mark.rule("A63")
def test_money_on_an_invoice_is_refunded_after_the_red_letter(cast: Cast) -> None:
    order = shipped(cast)
    invoice = invoiced(cast, order)
    paid(cast, order, TOTAL, on(invoice, TOTAL))
    with pytest.raises(Blocked, match="请先开红字发票"):
        paid(cast, order, "100", kind="refund", order=order)

    taken_back(cast, invoice, (1, "8"))
    paid(cast, order, "100", kind="refund", order=order)

    assert (balance_of(order).received, balance_of(order).settled) == (TOTAL - 100, TOTAL - 100)


@pytest.mark.rule("A63")
def test_money_on_nothing_is_refunded_from_what_lies_there(cast: Cast) -> None:
    order = shipped(cast)
    source = paid(cast, order, "500")
    with pytest.raises(Blocked, match=r"未分配的收款只有 500.00 元，退不了 500.01 元"):
        paid(cast, order, "500.01", kind="refund")

    refund = paid(cast, order, "300", kind="refund")

    assert again(source).unallocated == 200
    with pytest.raises(Blocked, match=r"有 300.00 元已经退给客户"):
        services.reverse_payment(again(source), "错了", actor=cast.finance)
    services.reverse_payment(refund, "没退成", actor=cast.finance)
    assert again(source).unallocated == 500


@pytest.mark.rule("I7")
def test_the_database_refuses_what_slips_past_the_guards(cast: Cast) -> None:
    order = shipped(cast)
    invoice = invoiced(cast, order, (1, "8"))
    payment = paid(cast, order, "100", on(invoice, "100"))
    with pytest.raises(IntegrityError, match="given out beyond its amount"), transaction.atomic():
        Allocation.objects.create(payment=payment, order=order, amount=Decimal("0.01"), by=cast.finance)
    row = payment.allocations.get().lines.get()
    row.pk, row._state.adding = None, True
    with pytest.raises(IntegrityError, match="paid beyond its amount"), transaction.atomic():
        row.save()
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        connection.cursor().execute("UPDATE ledger_payment SET amount = 1")
