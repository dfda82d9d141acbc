"""余额（第六章，A62）：各行、各单、各客户、各跟单员与总数；台账自证，差异点名。"""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from ledger import balances, services
from ledger.models import Entry
from ledger.proof import differences, inside
from tests import database
from tests.cast import Cast, accepted
from tests.cast_ledger import TOTAL, deposited, invoiced, on, paid, sent, shipped, taken_back
from tests.cast_shipping import again, delivered, received


@pytest.mark.rule("A62")
def test_three_figures_move_apart(cast: Cast) -> None:
    order = accepted(cast)
    deposited(cast, order, "4230")
    sent(cast, order, (1, "600"))
    invoice = invoiced(cast, again(order), (1, "400"))

    balance = balances.balance_of(order)
    assert (balance.shipped_amount, balance.invoiced, balance.received) == (7500, 5000, 4230)
    assert (balance.uninvoiced, balance.receivable, balance.invoiced_unpaid) == (2500, 3270, 1250)
    paid(cast, order, "1250", on(invoice, "1250"))
    balance = balances.balance_of(order)
    assert (balance.uninvoiced, balance.receivable, balance.invoiced_unpaid) == (2500, 2020, 0)


@pytest.mark.rule("A62")
def test_a_line_without_any_row_stands_at_nothing(cast: Cast) -> None:
    order = shipped(cast, (1, "600"))

    first, second = (balance for _line, balance in balances.lines_of(order))

    assert (first.ordered, first.shipped, first.net_shipped, first.uninvoiced) == (1000, 600, 600, 7500)
    assert (second.ordered, second.shipped, second.receivable) == (500, 0, 0)


@pytest.mark.rule("A62")
def test_goods_that_came_back_count_by_kind(cast: Cast) -> None:
    delivery = delivered(cast)
    received(cast, delivery, "100", "credit")
    received(cast, delivery, "50", "replace")

    _line, balance = balances.lines_of(delivery.orders_now[0])[0]

    assert (balance.shipped, balance.returned, balance.net_shipped) == (1000, 150, 850)
    assert (balance.billable, balance.shipped_amount) == (900, 11250)


@pytest.mark.rule("A62")
def test_every_grouping_adds_up_to_the_same_total(cast: Cast) -> None:
    one, two = shipped(cast), shipped(cast, coordinator=None)
    invoice = invoiced(cast, one)
    paid(cast, one, "100", on(invoice, "100"))
    taken_back(cast, invoice, (1, "10"))

    total = balances.total_of(balances.postings())
    assert total.receivable == 2 * TOTAL - 100
    for group in balances.GROUPS:
        found = balances.balances_by(group, balances.postings())
        assert balances.together_of(found.values()) == total
    assert set(balances.balances_by("order", balances.postings())) == {one.pk, two.pk}


@pytest.mark.rule("A62")
def test_the_ledger_proves_itself(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    delivery = delivered(cast)
    order = again(delivery.orders_now[0])
    invoice = invoiced(cast, order)
    paid(cast, order, TOTAL, on(invoice, TOTAL))
    received(cast, delivery, "100", "credit")
    taken_back(cast, invoice, (1, "100"))
    paid(cast, order, "1250", kind="refund", order=order)

    assert list(differences()) == []
    call_command("prove_ledger")
    assert "台账是平的" in capsys.readouterr().out


@pytest.mark.rule("A62")
def test_goods_that_left_without_a_row_are_named(cast: Cast) -> None:
    order = shipped(cast)

    assert list(inside()) == []
    assert list(differences()) == [
        f"{order.number} 第 1 行发货：单据 0，台账 1,000",
        f"{order.number} 第 2 行发货：单据 0，台账 500",
    ]
    with pytest.raises(CommandError, match="2 处不平"):
        call_command("prove_ledger")


@pytest.mark.rule("I3")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "UPDATE ledger_entry SET amount = amount + 0.01 WHERE billable = 1000",
            "应记 12,500.00 元，记了 12,500.01 元",
        ),
        (
            "UPDATE ledger_invoiceline SET amount = amount - 1 WHERE position = 1",
            "合计 14,100.00 元，各行之和 14,099.00",
        ),
        ("UPDATE ledger_allocationline SET amount = amount + 1", "落了 102.00 元"),
        ("UPDATE ledger_allocation SET amount = 99999", "分出 99,999.00 元"),
        ("UPDATE ledger_invoiceline SET quantity = 2000 WHERE position = 1", "开票比发出的多 1,000"),
    ],
)
def test_whatever_is_tampered_with_is_named(cast: Cast, statement: str, said: str) -> None:
    order = shipped(cast)
    paid(cast, order, "100", on(invoiced(cast, order), "100"))
    assert list(inside()) == []

    with database.owner_cursor() as owner:
        owner.execute("SET session_replication_role = replica")
        owner.execute(statement)

    assert any(said in words for words in inside())


@pytest.mark.rule("A61")
def test_a_correction_names_its_row_once(cast: Cast) -> None:
    order = shipped(cast)
    entry = Entry.objects.get(order_line__position=1)

    corrected = services.correct_entry(entry, Decimal("12.40"), "合同价 12.40", actor=cast.finance)

    assert (corrected.corrects, corrected.amount, corrected.quantity) == (entry, Decimal("-100.00"), 0)
    assert balances.balance_of(order).uninvoiced == balances.balance_of(order).receivable == TOTAL - 100
    with pytest.raises(Exception, match="已经更正过"):
        services.correct_entry(entry, Decimal("12.30"), "又错了", actor=cast.finance)
    assert list(inside()) == []
