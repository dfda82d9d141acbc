"""修改（第六条、B7）：草稿随意；受理后改动是新的一版；下单后只走更改程序。"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from orders import services
from orders.models import OrderVersion
from orders.models.line import amounts
from tests.cast import Cast, accepted, draft, line_input, order_input, submitted
from workflow.guards import WrongState
from workflow.history import AppendOnlyError
from workflow.models import TransitionLog


def test_a_draft_changes_freely_and_keeps_its_lines_identity(cast: Cast) -> None:
    order = draft(cast)
    first, second = order.lines.order_by("position")
    changed = [replace(line_input(quantity="900"), id=first.pk), line_input("P003", "10", "11.20")]

    order = services.edit_order(order, order_input(lines=changed), actor=cast.xiaoli)

    assert order.version == 1
    assert order.lines.values_list("pk", "quantity").first() == (first.pk, Decimal(900))
    assert not order.lines.filter(pk=second.pk).exists()
    assert order.amount == Decimal("11362.00")


@pytest.mark.rule("A20.6")
def test_after_acceptance_a_change_is_a_new_version(cast: Cast) -> None:
    order = accepted(cast)
    ids = list(order.lines.order_by("position").values_list("pk", flat=True))
    lines = [replace(line_input(quantity="1200"), id=ids[0]), replace(line_input("P002", "500", "3.20"), id=ids[1])]
    order = services.edit_order(order, order_input(lines=lines), actor=cast.xiaoli)

    assert order.version == 2
    assert list(OrderVersion.objects.order_by("version").values_list("version", flat=True)) == [1, 2]
    log = TransitionLog.objects.get(move="edit")
    assert '"1200"' in log.data_text
    assert log.source == log.target == "accepted"


@pytest.mark.rule("B7")
def test_while_others_decide_nothing_changes(cast: Cast) -> None:
    with pytest.raises(WrongState, match="更改程序"):
        services.edit_order(submitted(cast), order_input(), actor=cast.xiaoli)


@pytest.mark.rule("A3")
def test_another_coordinator_may_not(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        services.edit_order(draft(cast), order_input(), actor=cast.xiaochen)


def test_foreign_and_doubled_lines_are_refused(cast: Cast) -> None:
    order, other = draft(cast), draft(cast)
    foreign = other.lines.first().pk
    own = order.lines.first().pk
    for ids in ([foreign], [own, own]):
        with pytest.raises(ValidationError, match="不属于"):
            services.edit_order(
                order, order_input(lines=[replace(line_input(), id=pk) for pk in ids]), actor=cast.xiaoli
            )
    assert order.lines.count() == 2


def test_a_version_is_never_rewritten(cast: Cast) -> None:
    version = accepted(cast).versions.get()
    version.sha256 = "x"
    with pytest.raises(AppendOnlyError):
        version.save()
    with pytest.raises(AppendOnlyError):
        OrderVersion.objects.all().delete()


def test_a_copy_is_a_fresh_draft_of_its_own(cast: Cast) -> None:
    old = accepted(cast)
    new = services.copy_order(old, actor=cast.xiaochen)
    assert (new.state, new.coordinator, new.customer_po, new.amount) == ("draft", cast.xiaochen, "", old.amount)
    assert [line.product_code for line in new.lines_now] == ["P001", "P002"]


@pytest.mark.parametrize(
    ("quantity", "price", "rate", "including", "gross", "tax"),
    [
        ("1000", "12.50", "0.13", True, "12500.00", "1438.05"),
        ("3", "0.335", "0.13", False, "1.14", "0.13"),
        ("1", "0.005", "0", True, "0.01", "0.00"),
        ("0.001", "1", "0.13", True, "0.00", "0.00"),
    ],
)
def test_amounts_round_half_up_at_the_line(
    quantity: str, price: str, rate: str, including: bool, gross: str, tax: str
) -> None:
    found = amounts(Decimal(quantity), Decimal(price), tax_rate=Decimal(rate), prices_include_tax=including)
    assert found == (Decimal(gross), Decimal(tax))


@pytest.mark.rule("A53")
def test_only_the_director_lets_a_gate_pass(cast: Cast) -> None:
    order = accepted(cast)
    with pytest.raises(PermissionDenied):
        services.authorise_exception(order, "deposit", "老客户", actor=cast.laowang)
    with pytest.raises(ValidationError):
        services.authorise_exception(order, "gravity", "老客户", actor=cast.director)
    services.authorise_exception(order, "deposit", "老客户", actor=cast.director)
    assert services.waived(order, "deposit")
    assert not services.waived(order, "prepaid")


@pytest.mark.rule("A54")
def test_over_shipment_is_authorised_by_another(cast: Cast) -> None:
    order = accepted(cast)
    line = order.lines.first()
    with pytest.raises(PermissionDenied):
        services.authorise_over(line, Decimal(50), "客户要多", actor=cast.laowang)
    given = services.authorise_over(line, Decimal(50), "客户要多", actor=cast.director)
    assert (given.requested_by, given.approved_by) == (cast.xiaoli, cast.director)
