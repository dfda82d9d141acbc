"""开机费、制版费、打样费（B1）：报价里的费用随单走，只记账，不评审、不生产、不发货。"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from orders import services
from orders.models import Order, OrderLine
from orders.papers import contract_paper
from orders.services import LineInput
from orders.versions import reviewed, snapshot
from tests.cast import Cast, accepted, draft, line_input, order_input
from tests.cast_quotations import agreed, contracted, win_input, won

TOOLING = ("制版、模具费（产品画册）", Decimal("800.00"))
PROOF = ("打样费（产品画册）", Decimal("150.00"))


def fee(amount: str = "300", name: str = "开机费", **changes: Any) -> LineInput:
    given: dict[str, Any] = {"product_name": name, "unit": "项", "quantity": Decimal(1), "unit_price": Decimal(amount)}
    return LineInput(**(given | {"fee": True} | changes))


def with_fee(*fees: LineInput) -> list[LineInput]:
    """画册、海报，加一项开机费：14,100 + 300。"""
    return [line_input(), line_input("P002", "500", "3.20"), *(fees or (fee(),))]


def fees_of(order: Order) -> list[tuple[str, Decimal]]:
    return [(line.product_name, line.amount) for line in order.lines_now if line.fee]


@pytest.mark.rule("B1")
def test_what_was_quoted_for_tooling_and_proof_comes_over(cast: Cast) -> None:
    order = won(cast)
    assert fees_of(order) == [TOOLING, PROOF]
    assert (order.amount, len(order.goods_now)) == (Decimal("15050.00"), 2)
    assert [(line.quantity, line.unit) for line in order.lines_now if line.fee] == [(Decimal(1), "项")] * 2


@pytest.mark.rule("B1")
def test_a_fee_that_is_waived_stays_behind(cast: Cast) -> None:
    quotation = agreed(cast)
    waived = [quotation.lines_now[0].pk]
    order = services.make_order(quotation, win_input(quotation, waived=waived), actor=cast.xiaoli)
    assert (fees_of(order), order.amount) == ([], Decimal("14100.00"))


@pytest.mark.rule("B1")
def test_only_a_line_of_the_quotation_is_waived(cast: Cast) -> None:
    quotation, other = agreed(cast), agreed(cast)
    with pytest.raises(ValidationError) as error:
        services.make_order(quotation, win_input(quotation, waived=[other.lines_now[0].pk]), actor=cast.xiaoli)
    assert list(error.value.message_dict) == ["waived"]


@pytest.mark.rule("B1")
def test_what_is_not_ordered_brings_no_fee(cast: Cast) -> None:
    quotation = agreed(cast)
    choices = win_input(quotation).choices[1:]
    order = services.make_order(quotation, win_input(quotation, choices=choices), actor=cast.xiaoli)
    assert (fees_of(order), order.amount) == ([], Decimal("1600.00"))


@pytest.mark.rule("B1", "A6.1d")
def test_a_fee_needs_no_details_and_has_no_tolerance(cast: Cast) -> None:
    order = services.submit_order(draft(cast, lines=with_fee()), actor=cast.xiaoli)
    line = order.lines_now[2]
    assert (order.state, order.amount) == ("submitted", Decimal("14400.00"))
    assert (line.over_percent, line.under_percent, line.product) == (0, 0, None)


@pytest.mark.rule("A6.1d")
def test_fees_alone_are_no_order(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="费用不能单独成单"):
        draft(cast, lines=[fee()])


@pytest.mark.rule("B1")
@pytest.mark.parametrize("wrong", ["product", "spare"])
def test_a_fee_is_no_goods(cast: Cast, wrong: str) -> None:
    goods = {"product": {"product": line_input().product}, "spare": {"spare_quantity": Decimal(5)}}[wrong]
    with pytest.raises(ValidationError) as error:
        draft(cast, lines=with_fee(fee(**goods)))
    assert list(error.value.message_dict) == ["lines.2.fee"]


@pytest.mark.rule("B1")
def test_the_database_knows_it_too(cast: Cast) -> None:
    order = draft(cast, lines=with_fee())
    with pytest.raises(IntegrityError, match="fee_is_no_goods"), transaction.atomic():
        OrderLine.objects.filter(order=order, fee=True).update(spare_quantity=3)


@pytest.mark.rule("A6.1d")
def test_editing_keeps_it(cast: Cast) -> None:
    order = draft(cast, lines=with_fee())
    ids = [line.pk for line in order.lines_now]
    lines = [LineInput(**{**vars(one), "id": pk}) for one, pk in zip(with_fee(fee("500")), ids, strict=True)]
    order = services.edit_order(order, order_input(lines=lines), actor=cast.xiaoli)
    assert (fees_of(order), [line.pk for line in order.lines_now]) == ([("开机费", Decimal("500.00"))], ids)


@pytest.mark.rule("B1")
def test_a_repeat_order_does_not_pay_for_the_plates_again(cast: Cast) -> None:
    fresh = services.copy_order(accepted(cast, lines=with_fee()), actor=cast.xiaoli)
    assert (fees_of(fresh), fresh.amount) == ([], Decimal("14100.00"))


@pytest.mark.rule("A18", "A20.1")
def test_departments_review_no_fees(cast: Cast) -> None:
    plain, charged = (snapshot(draft(cast, lines=lines)) for lines in (with_fee()[:2], with_fee()))
    assert reviewed(plain) == reviewed(charged)
    assert plain["lines"][0].keys() == charged["lines"][0].keys()


@pytest.mark.rule("B1b")
def test_the_customer_confirms_the_fees(cast: Cast) -> None:
    contract = contracted(cast, accepted(cast, lines=with_fee()))
    paper = contract_paper(contract, actor=cast.xiaoli)
    assert [(line["name"], line["tolerance"], line["amount"]) for line in paper["lines"]][2] == (
        "开机费",
        "—",
        Decimal("300.00"),
    )
    assert (paper["total"], paper["tax"]) == (contract.order.amount, contract.order.tax_amount)
