"""编与改报价单：金额由系统算，送出以后不改（B类 询报价，B1）。"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import InternalError, transaction

from orders import services
from orders.models import Quotation, QuotationLine, QuotationStep
from parties.models import Customer
from tests.cast import Cast
from tests.cast_quotations import day, quotation_input, quoted, quoted_line, sent, steps
from workflow.guards import WrongState


@pytest.mark.rule("B1")
def test_a_draft_has_its_lines_steps_and_amounts(cast: Cast) -> None:
    quotation = quoted(cast)
    assert (quotation.number, quotation.state, quotation.version) == (f"B-{quotation.pk:06d}", "draft", 1)
    assert (quotation.coordinator, quotation.salesperson) == (cast.xiaoli, cast.sales)
    first, second = quotation.lines_now
    assert [(step.quantity, step.amount, step.tax_amount) for step in first.steps_now] == [
        (Decimal(500), Decimal("6900.00"), Decimal("793.81")),
        (Decimal(1000), Decimal("12500.00"), Decimal("1438.05")),
        (Decimal(3000), Decimal("32700.00"), Decimal("3761.95")),
    ]
    assert (second.product_code, second.product_name, len(second.steps_now)) == ("P002", "宣传海报", 1)


@pytest.mark.rule("B1")
def test_tax_that_comes_on_top_is_reckoned_in(cast: Cast) -> None:
    line = quoted_line(steps=steps(("3", "0.335")))
    quotation = quoted(cast, lines=[line], prices_include_tax=False)
    step = quotation.lines_now[0].steps_now[0]
    assert (step.amount, step.tax_amount) == (Decimal("1.14"), Decimal("0.13"))


@pytest.mark.rule("B1")
def test_a_salesperson_names_who_will_register_the_order(cast: Cast) -> None:
    with pytest.raises(ValidationError) as error:
        services.create_quotation(quotation_input(), actor=cast.sales)
    assert list(error.value.message_dict) == ["coordinator"]
    quotation = services.create_quotation(quotation_input(coordinator=cast.xiaochen), actor=cast.sales)
    assert (quotation.holder, quotation.coordinator, quotation.team) == (
        cast.sales,
        cast.xiaochen,
        cast.xiaochen.team,
    )


BAD: list[tuple[dict[str, Any], str]] = [
    ({"customer": None}, "customer"),
    ({"valid_until": day(-1)}, "valid_until"),
    ({"valid_until": day(400)}, "valid_until"),
]
BAD_LINES: list[tuple[dict[str, Any], str]] = [
    ({"product": None}, "lines.0.product_name"),
    ({"unit": " "}, "lines.0.unit"),
    ({"steps": []}, "lines.0.steps"),
    ({"steps": steps(("500", "1"), ("500.000", "2"))}, "lines.0.steps"),
    ({"steps": steps(("0", "1"))}, "lines.0.steps"),
    ({"steps": steps(("5", "-1"))}, "lines.0.steps"),
    ({"steps": steps(("99999999999", "999999"))}, "lines.0.steps"),
    ({"steps": steps(*((str(n), "1") for n in range(1, 6)))}, "lines.0.steps"),
    ({"tooling_fee": Decimal(-1)}, "lines.0.tooling_fee"),
    ({"lead_days": 0}, "lines.0.lead_days"),
]


@pytest.mark.parametrize(("changes", "field"), BAD)
def test_what_is_wrong_in_the_head_is_said_at_its_field(cast: Cast, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as error:
        quoted(cast, **changes)
    assert list(error.value.message_dict) == [field]
    assert not Quotation.objects.exists()


@pytest.mark.parametrize(("changes", "field"), BAD_LINES)
def test_what_is_wrong_in_a_line_is_said_at_its_field(cast: Cast, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as error:
        quoted(cast, lines=[quoted_line(**changes)])
    assert list(error.value.message_dict) == [field]


@pytest.mark.rule("B1")
def test_a_draft_is_edited_freely_by_its_people(cast: Cast) -> None:
    quotation = quoted(cast)
    with pytest.raises(PermissionDenied):
        services.edit_quotation(quotation, quotation_input(), actor=cast.xiaochen)
    given = quotation_input(lines=[quoted_line("P003")], customer=Customer.objects.get(code="C002"))
    quotation = services.edit_quotation(quotation, given, actor=cast.laowang)
    assert [line.product_code for line in quotation.lines_now] == ["P003"]
    assert (quotation.customer_name, QuotationStep.objects.count()) == ("朗芯电子股份有限公司", 3)


@pytest.mark.rule("B1")
def test_a_sent_one_is_never_edited(cast: Cast) -> None:
    quotation = sent(cast)
    with pytest.raises(WrongState, match="出新版"):
        services.edit_quotation(quotation, quotation_input(), actor=cast.xiaoli)


@pytest.mark.rule("B1")
@pytest.mark.parametrize("write", ["head", "step", "line", "new line"])
def test_the_database_holds_it_too(cast: Cast, write: str) -> None:
    quotation = sent(cast)
    line = quotation.lines_now[0]
    acts: dict[str, Callable[[], object]] = {
        "head": lambda: Quotation.objects.update(valid_until=day(300)),
        "step": lambda: QuotationStep.objects.update(unit_price=1),
        "line": lambda: QuotationLine.objects.filter(pk=line.pk).update(unit="箱"),
        "new line": lambda: QuotationLine.objects.create(quotation=quotation, position=9, product_name="x", unit="个"),
    }
    with pytest.raises(InternalError, match="never edited"), transaction.atomic():
        acts[write]()


@pytest.mark.rule("A3", "B7")
def test_everybody_sees_their_own(cast: Cast) -> None:
    quoted(cast)
    seen = {name for name, user in cast.people.items() if Quotation.objects.visible_to(user).exists()}
    assert seen == {"xiaoli", "laowang", "director", "gm", "evp", "gm_delegate", "sales", "erp"}
