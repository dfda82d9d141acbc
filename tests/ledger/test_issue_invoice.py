"""开出发票（第六章，A62、A63）：只减未开票，不动应收；不超过净发货；预收随即冲票。"""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from ledger import services
from ledger.balances import balance_of
from tests.cast import Cast, accepted, line_input
from tests.cast_ledger import TOTAL, afresh, deposited, drafted, invoiced, placed, sent, shipped
from tests.cast_shipping import again, delivered, received
from workflow.guards import Blocked, WrongState
from workflow.models import TransitionLog


@pytest.mark.rule("A62")
def test_it_moves_un_invoiced_and_nothing_else(cast: Cast) -> None:
    order = shipped(cast)
    before = balance_of(order)

    invoice = invoiced(cast, order, (1, "400"))

    after = balance_of(order)
    assert (before.uninvoiced, before.receivable, before.invoiced_unpaid) == (TOTAL, TOTAL, Decimal(0))
    assert (after.uninvoiced, after.receivable, after.invoiced_unpaid) == (Decimal("9100.00"), TOTAL, Decimal(5000))
    assert (invoice.state, invoice.issued_by) == ("issued", cast.finance)
    step = TransitionLog.objects.get(subject_type="ledger_invoice", subject_id=invoice.pk, move="issue")
    assert (step.source, step.target, step.article) == ("draft", "issued", "第六章，开票")


@pytest.mark.rule("A62")
def test_a_draft_does_not_count(cast: Cast) -> None:
    order = shipped(cast)
    drafted(cast, order)

    assert balance_of(order).invoiced == 0


@pytest.mark.rule("A62", "I6")
def test_two_drafts_of_the_same_goods_only_one_is_issued(cast: Cast) -> None:
    order = shipped(cast)
    first, second = drafted(cast, order), drafted(cast, order)
    services.issue_invoice(first, actor=cast.finance)

    with pytest.raises(Blocked) as blocked:
        services.issue_invoice(second, actor=cast.finance)

    assert [(r.rule, r.words) for r in blocked.value.refusals] == [
        ("A62", f"{order.number} 第 1 行「产品画册」未开票的只有 0 本，这张票要开 1,000"),
        ("A62", f"{order.number} 第 2 行「宣传海报」未开票的只有 0 张，这张票要开 500"),
    ]
    assert afresh(second).state == "draft"
    assert not TransitionLog.objects.filter(subject_id=second.pk, move="issue").exists()


@pytest.mark.rule("A62", "I10")
def test_a_draft_whose_remainder_has_changed_is_made_anew(cast: Cast) -> None:
    order = accepted(cast, lines=[line_input("P001", "1000", "0.3338")])
    sent(cast, order, (1, "1000"))
    drafts = [drafted(cast, order, (1, part)) for part in ("333", "333", "334")]
    for draft in drafts[:2]:
        services.issue_invoice(draft, actor=cast.finance)

    with pytest.raises(Blocked, match=r"现在应开 111.48 元，草稿是 111.49 元") as blocked:
        services.issue_invoice(drafts[2], actor=cast.finance)

    assert [r.rule for r in blocked.value.refusals] == ["A62"]


@pytest.mark.rule("I6")
def test_goods_that_came_back_meanwhile_are_not_invoiced(cast: Cast) -> None:
    delivery = delivered(cast)
    order = again(delivery.orders_now[0])
    draft = drafted(cast, order)
    received(cast, delivery, "100", "credit")

    with pytest.raises(Blocked, match="未开票的只有 900 本，这张票要开 1,000"):
        services.issue_invoice(draft, actor=cast.finance)


@pytest.mark.rule("I6")
def test_the_database_refuses_what_slips_past_the_guards(cast: Cast) -> None:
    order = shipped(cast)
    first, second = drafted(cast, order), drafted(cast, order)
    services.issue_invoice(first, actor=cast.finance)

    with pytest.raises(IntegrityError, match="invoiced beyond what was shipped"), transaction.atomic():
        connection.cursor().execute("UPDATE ledger_invoice SET state = 'issued' WHERE id = %s", [second.pk])


@pytest.mark.rule("A63")
def test_a_prepayment_goes_onto_the_invoice(cast: Cast) -> None:
    order = accepted(cast, payment_terms="deposit_30")
    deposit = deposited(cast, order, "4230")
    sent(cast, order)

    invoice = invoiced(cast, again(order))

    balance = balance_of(order)
    assert (balance.receivable, balance.invoiced_unpaid) == (TOTAL - 4230, TOTAL - 4230)
    lines = [line.pk for line in invoice.lines.order_by("position")]
    assert placed(deposit) == [
        (1, None, Decimal("3750.00")),
        (2, None, Decimal("480.00")),
        (1, None, Decimal("-3750.00")),
        (1, lines[0], Decimal("3750.00")),
        (2, None, Decimal("-480.00")),
        (2, lines[1], Decimal("480.00")),
    ]


@pytest.mark.rule("A63")
def test_it_is_issued_once_and_by_finance(cast: Cast) -> None:
    draft = drafted(cast, shipped(cast))
    with pytest.raises(PermissionDenied):
        services.issue_invoice(draft, actor=cast.director)
    services.issue_invoice(draft, actor=cast.finance)

    with pytest.raises(WrongState, match="已开票"):
        services.issue_invoice(draft, actor=cast.finance)
    with pytest.raises(WrongState, match="作废草稿"):
        services.discard_invoice(draft, actor=cast.finance)


@pytest.mark.rule("I20")
def test_what_it_says_never_changes(cast: Cast) -> None:
    invoice = invoiced(cast, shipped(cast))

    for column, value in (("amount", "1"), ("number", "'Z'"), ("date", "'2026-01-01'")):
        with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
            connection.cursor().execute(f"UPDATE ledger_invoice SET {column} = {value} WHERE id = {invoice.pk}")
