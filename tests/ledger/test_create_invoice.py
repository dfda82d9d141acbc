"""做发票草稿（第六章，A63）：金额由系统按发货算，给了的要相同；没发的货不开。"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ledger import services
from ledger.models import Invoice
from ledger.services import InvoiceLineInput
from tests.cast import Cast, accepted, line_input
from tests.cast_ledger import drafted, invoice_input, invoiced, sent, shipped
from tests.cast_shipping import line_of
from workflow import clock
from workflow.models import TransitionLog


def refused(cast: Cast, given: services.InvoiceInput) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as error:
        services.create_invoice(given, actor=cast.finance)
    return error.value.message_dict


@pytest.mark.rule("A63")
def test_the_server_computes_amount_and_tax(cast: Cast) -> None:
    invoice = drafted(cast, shipped(cast), number=" fp-001 ")

    assert (invoice.state, invoice.number, invoice.amount, invoice.tax) == (
        "draft",
        "FP-001",
        Decimal("14100.00"),
        Decimal("1622.12"),
    )
    lines = [(line.quantity, line.unit_price, line.amount, line.tax) for line in invoice.lines.order_by("position")]
    assert lines == [
        (Decimal(1000), Decimal("12.5"), Decimal("12500.00"), Decimal("1438.05")),
        (Decimal(500), Decimal("3.2"), Decimal("1600.00"), Decimal("184.07")),
    ]
    step = TransitionLog.objects.get(subject_type="ledger_invoice", subject_id=invoice.pk)
    assert (step.move, step.target, step.rule, step.actor) == ("create", "draft", "A63", cast.finance)


@pytest.mark.rule("A63")
def test_an_amount_that_differs_is_refused_with_both(cast: Cast) -> None:
    order = shipped(cast)
    lines = [InvoiceLineInput(line_of(order, 1), Decimal(1000), Decimal("12500.01"))]

    words = refused(cast, invoice_input(order, lines=lines))

    assert words == {"lines.0.amount": ["第 1 行金额应为 12,500.00 元，给的是 12,500.01 元"]}
    assert not Invoice.objects.exists()


@pytest.mark.rule("I10")
def test_the_last_partial_invoice_takes_the_remainder(cast: Cast) -> None:
    order = accepted(cast, lines=[line_input("P001", "1000", "0.3337")])
    sent(cast, order, (1, "1000"))

    amounts = [invoiced(cast, order, (1, part)).amount for part in ("333", "333", "334")]

    assert amounts == [Decimal("111.12"), Decimal("111.12"), Decimal("111.46")]
    assert sum(amounts) == Decimal("333.70")


@pytest.mark.rule("A62")
def test_goods_that_were_not_shipped_are_not_invoiced(cast: Cast) -> None:
    order = shipped(cast, (1, "600"))

    words = refused(cast, invoice_input(order, (1, "601"), (2, "1")))
    assert words == {
        "lines.0.quantity": ["第 1 行未开票的只有 600 本，要开 601（第六章，A62）"],
        "lines.1.quantity": ["第 2 行未开票的只有 0 张，要开 1（第六章，A62）"],
    }


@pytest.mark.rule("A63")
def test_one_invoice_has_one_customer_one_rate_and_each_line_once(cast: Cast) -> None:
    order, other = shipped(cast), shipped(cast, tax_rate=Decimal("0.09"))
    lines = [InvoiceLineInput(line_of(one, 1), Decimal(1)) for one in (order, other, order)]

    words = refused(cast, invoice_input(order, lines=lines))

    assert list(words) == ["lines.1.order_line", "lines.2.order_line"]
    assert "税率" in words["lines.1.order_line"][0]
    assert words["lines.2.order_line"] == ["第 3 行重复了，同一行货写一次"]


@pytest.mark.rule("A63")
def test_a_number_is_used_once_unless_its_draft_was_discarded(cast: Cast) -> None:
    order = shipped(cast)
    first = drafted(cast, order, (1, "10"), number="FP1")

    assert refused(cast, invoice_input(order, number="fp1")) == {"number": ["发票号码 FP1 已经登记过了"]}
    services.discard_invoice(first, actor=cast.finance)
    assert drafted(cast, order, number="FP1").number == "FP1"


@pytest.mark.rule("A63")
@pytest.mark.parametrize("number", ["", "发票1", "A B", "<b>", "A" * 41, "１２３"])
def test_a_number_that_no_tax_authority_gives(cast: Cast, number: str) -> None:
    given = invoice_input(shipped(cast), number="x")
    given = type(given)(**{**given.__dict__, "number": number})

    assert list(refused(cast, given)) == ["number"]


@pytest.mark.rule("A63")
def test_a_day_in_the_future_is_refused(cast: Cast) -> None:
    given = invoice_input(shipped(cast), date=clock.today() + dt.timedelta(days=1))

    assert refused(cast, given) == {"date": ["开票日期不能在将来"]}


@pytest.mark.rule("A63")
def test_only_finance_invoices(cast: Cast) -> None:
    given = invoice_input(shipped(cast))

    for person in (cast.xiaoli, cast.laowang, cast.director, cast.sales):
        with pytest.raises(PermissionDenied):
            services.create_invoice(given, actor=person)
    assert not Invoice.objects.exists()
