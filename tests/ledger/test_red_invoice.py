"""红字发票（第六章，A63）：指明原票、写明理由、不超过原票；收过的款退回预收，应收不动。"""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ledger import services
from ledger.balances import balance_of
from ledger.models import AllocationLine, Invoice
from ledger.services import InvoiceLineInput, RedInput
from tests.cast import Cast
from tests.cast_ledger import TOTAL, afresh, drafted, invoiced, on, paid, placed, shipped, taken_back
from tests.cast_shipping import again, delivered, line_of, received
from workflow import clock
from workflow.guards import Blocked, WrongState


def red(*lines: InvoiceLineInput, number: str = "R1", reason: str = "客户退货") -> RedInput:
    return RedInput(number, clock.today(), reason, lines)


@pytest.mark.rule("A63")
def test_without_lines_the_whole_is_taken_back(cast: Cast) -> None:
    order = shipped(cast)
    original = invoiced(cast, order)

    taken = services.create_red_invoice(afresh(original), red(), actor=cast.finance)

    assert (taken.state, taken.red_of, taken.amount, taken.tax) == ("draft", original, -original.amount, -original.tax)
    assert balance_of(order).uninvoiced == 0
    services.issue_invoice(taken, actor=cast.finance)
    assert balance_of(order).uninvoiced == TOTAL


@pytest.mark.rule("A63")
def test_parts_of_it_add_up_to_the_original(cast: Cast) -> None:
    order = shipped(cast)
    original = invoiced(cast, order, (1, "1000"))

    parts = [taken_back(cast, original, (1, part)).amount for part in ("333", "333", "334")]

    assert parts == [Decimal("-4162.50"), Decimal("-4162.50"), Decimal("-4175.00")]
    assert balance_of(order).invoiced == 0
    with pytest.raises(ValidationError, match="原票已经全部冲红"):
        services.create_red_invoice(afresh(original), red(), actor=cast.finance)


@pytest.mark.rule("A63")
def test_never_more_than_the_original(cast: Cast) -> None:
    order = shipped(cast)
    original = invoiced(cast, order, (1, "600"))
    too_much = InvoiceLineInput(line_of(order, 1), Decimal(601))

    with pytest.raises(ValidationError, match="原票还能冲 600，要冲 601"):
        services.create_red_invoice(afresh(original), red(too_much), actor=cast.finance)
    first = services.create_red_invoice(afresh(original), red(), actor=cast.finance)
    second = services.create_red_invoice(afresh(original), red(number="R2"), actor=cast.finance)
    services.issue_invoice(first, actor=cast.finance)
    with pytest.raises(Blocked, match="原票还能冲 0 本，这张红字要冲 600") as blocked:
        services.issue_invoice(second, actor=cast.finance)
    assert [r.rule for r in blocked.value.refusals] == ["A63"]


@pytest.mark.rule("I7")
def test_money_on_the_original_returns_to_the_prepayments(cast: Cast) -> None:
    order = shipped(cast)
    original = invoiced(cast, order, (1, "1000"))
    payment = paid(cast, order, "10000", on(original, "10000"))
    line = original.lines.get().pk

    taken_back(cast, original, (1, "400"))

    assert placed(payment)[1:] == [(1, line, Decimal("-2500.00")), (1, None, Decimal("2500.00"))]
    balance = balance_of(order)
    assert (balance.received, balance.settled, balance.invoiced_unpaid) == (10000, 7500, 0)
    assert balance.receivable == TOTAL - 10000


@pytest.mark.rule("A62")
def test_goods_that_came_back_ask_for_a_red_letter(cast: Cast) -> None:
    delivery = delivered(cast)
    order = again(delivery.orders_now[0])
    original = invoiced(cast, order)
    received(cast, delivery, "100", "credit")
    assert (balance_of(order).uninvoiced, balance_of(order).to_invoice) == (Decimal("-1250.00"), Decimal(-100))

    taken_back(cast, original, (1, "100"))

    assert (balance_of(order).uninvoiced, balance_of(order).to_invoice) == (0, 0)


@pytest.mark.rule("A63")
def test_only_an_issued_black_one_can_be_taken_back(cast: Cast) -> None:
    order = shipped(cast)
    draft = drafted(cast, order, (1, "1"))
    with pytest.raises(WrongState, match="蓝字"):
        services.create_red_invoice(draft, red(), actor=cast.finance)
    taken = taken_back(cast, services.issue_invoice(draft, actor=cast.finance))
    with pytest.raises(WrongState, match="蓝字"):
        services.create_red_invoice(taken, red(number="R9"), actor=cast.finance)


@pytest.mark.rule("A63")
def test_a_reason_and_finance(cast: Cast) -> None:
    original = invoiced(cast, shipped(cast))

    with pytest.raises(ValidationError, match="请写明开红字的理由"):
        services.create_red_invoice(original, red(reason="  "), actor=cast.finance)
    with pytest.raises(PermissionDenied):
        services.create_red_invoice(original, red(), actor=cast.director)
    assert Invoice.objects.count() == 1
    assert not AllocationLine.objects.exists()
