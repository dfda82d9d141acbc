"""入账（第六章，A61）：发货即入账，一行一笔，各批金额加起来正好是这一行的。"""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from ledger.models import Entry
from tests.cast import Cast, accepted, line_input
from tests.cast_ledger import sent, shipped
from tests.cast_shipping import delivered, dispatched, received
from workflow.history import AppendOnlyError


def rows(**where: object) -> list[tuple[str, Decimal, Decimal, Decimal]]:
    found = Entry.objects.filter(**where).order_by("id")
    return [(row.kind, row.quantity, row.billable, row.amount) for row in found]


@pytest.mark.rule("A61")
def test_a_dispatch_is_entered_line_by_line(cast: Cast) -> None:
    delivery = dispatched(cast)

    entries = list(Entry.objects.order_by("id"))
    assert [(row.order_line.position, row.quantity, row.unit_price, row.amount, row.tax) for row in entries] == [
        (1, Decimal(1000), Decimal("12.50"), Decimal("12500.00"), Decimal("1438.05")),
        (2, Decimal(500), Decimal("3.20"), Decimal("1600.00"), Decimal("184.07")),
    ]
    assert {row.delivery_line.delivery_id for row in entries} == {delivery.pk}
    assert {(row.customer.code, row.day, row.by.username) for row in entries} == {
        ("C001", delivery.dispatched_on, "warehouse")
    }


@pytest.mark.rule("A61")
def test_partial_dispatches_add_up_to_the_line_to_the_cent(cast: Cast) -> None:
    order = accepted(cast, lines=[line_input("P001", "1000", "0.3337")])
    for part in ("333", "333", "334"):
        sent(cast, order, (1, part))

    line = order.lines.get()
    entries = Entry.objects.filter(order_line=line).order_by("id")
    assert [row.amount for row in entries] == [Decimal("111.12"), Decimal("111.12"), Decimal("111.46")]
    assert sum(row.amount for row in entries) == line.amount == Decimal("333.70")
    assert sum(row.tax for row in entries) == line.tax_amount


@pytest.mark.rule("A56")
def test_a_credited_return_takes_goods_and_money_back(cast: Cast) -> None:
    delivery = delivered(cast)
    received(cast, delivery, "100", "credit")

    assert rows(order_line__position=1) == [
        ("dispatch", Decimal(1000), Decimal(1000), Decimal("12500.00")),
        ("return", Decimal(-100), Decimal(-100), Decimal("-1250.00")),
    ]
    back = Entry.objects.get(kind="return")
    assert back.follows == Entry.objects.get(kind="dispatch", order_line__position=1)


@pytest.mark.rule("A56")
@pytest.mark.parametrize("kind", ["replace", "rework", "scrap"])
def test_any_other_return_moves_goods_only(cast: Cast, kind: str) -> None:
    received(cast, delivered(cast), "100", kind)

    assert rows(kind="return") == [("return", Decimal(-100), Decimal(0), Decimal(0))]


@pytest.mark.rule("A61")
def test_a_delivery_line_is_entered_once(cast: Cast) -> None:
    shipped(cast)
    entry = Entry.objects.order_by("id").first()

    entry.pk, entry._state.adding = None, True
    with pytest.raises(IntegrityError, match="delivery_line_is_entered_once"), transaction.atomic():
        entry.save()


@pytest.mark.rule("A61")
def test_no_row_is_ever_changed_or_taken_away(cast: Cast) -> None:
    shipped(cast)
    entry = Entry.objects.order_by("id").first()

    with pytest.raises(AppendOnlyError):
        entry.save()
    with pytest.raises(AppendOnlyError):
        Entry.objects.update(amount=0)
    for statement in ("UPDATE ledger_entry SET amount = 0", "DELETE FROM ledger_entry", "TRUNCATE ledger_entry"):
        with pytest.raises(Exception, match=r"denied|permission|append-only"), transaction.atomic():
            connection.cursor().execute(statement)


@pytest.mark.rule("I11")
def test_not_a_number_never_comes_in(cast: Cast) -> None:
    shipped(cast)
    columns = (
        "kind, order_id, order_line_id, customer_id, delivery_line_id, quantity, billable, unit_price, amount, tax"
    )
    statement = f"""INSERT INTO ledger_entry ({columns}, day, remark, by_id, recorded_at)
        SELECT kind, order_id, order_line_id, customer_id, delivery_line_id, quantity, billable, unit_price, 'NaN', 0,
               day, '', by_id, recorded_at FROM ledger_entry LIMIT 1"""
    with pytest.raises(IntegrityError, match="entry_figures_are_finite"), transaction.atomic():
        connection.cursor().execute(statement)
