"""业务单照它登记时那一版业务种类的规矩做（A5）：种类以后再改，与它无关。"""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import Error, connection, transaction

from orders import services
from orders.models import BusinessKind, KindVersion, Order
from orders.services import edit_order
from tests.cast import Cast, accepted, draft, line_input, order_input
from workflow.history import AppendOnlyError


def printing() -> BusinessKind:
    return BusinessKind.objects.get(code="printing")


def changed(**options: object) -> BusinessKind:
    """The printing kind with another department, tolerance and required detail."""
    kind = printing()
    kind.departments = ["engineering"]
    kind.required_order = ["standard", "packing", "colour"]
    kind.over_percent = Decimal(9)
    kind.options = {**kind.options, **options}
    kind.save()
    return kind


@pytest.mark.rule("A5")
def test_a_shipped_kind_has_its_first_version(cast: Cast) -> None:
    version = KindVersion.objects.get(kind=printing())
    assert (version.number, version.content["over_percent"], version.rules.buffer_days) == (1, "3", 1)
    assert version.rules == printing().rules


@pytest.mark.rule("A5")
def test_an_order_keeps_the_version_it_was_made_under(cast: Cast) -> None:
    order = accepted(cast)
    changed(fax_talk=True)
    kept = Order.objects.get(pk=order.pk)
    assert kept.kind_version is not None
    assert kept.kind_version.number == 1
    assert kept.kind.departments == ("engineering", "material_control", "printing_manufacturing", "printing_quality")
    assert kept.kind.required_order == ("standard", "packing")
    assert (kept.kind.over_percent, kept.lines_now[0].over_percent) == (Decimal(3), Decimal(3))
    assert not kept.kind.turned_on("fax_talk")


@pytest.mark.rule("A5")
def test_a_new_order_is_made_under_the_new_version(cast: Cast) -> None:
    changed()
    order = draft(cast)
    assert order.kind_version is not None
    assert (order.kind_version.number, order.kind.departments) == (2, ("engineering",))
    assert order.lines_now[0].over_percent == Decimal(9)
    assert draft(cast).kind_version == order.kind_version


@pytest.mark.rule("A5")
def test_a_draft_is_renewed_when_it_is_edited(cast: Cast) -> None:
    order = draft(cast)
    changed()
    order = edit_order(order, order_input(), actor=cast.xiaoli)
    assert order.kind_version is not None
    assert order.kind_version.number == 2


@pytest.mark.rule("A5")
def test_an_accepted_order_is_edited_under_its_old_version(cast: Cast) -> None:
    order = accepted(cast)
    changed()
    order = edit_order(order, order_input(customer_po="另一个单号"), actor=cast.xiaoli)
    assert order.kind_version is not None
    assert (order.version, order.kind_version.number, order.lines_now[0].over_percent) == (2, 1, Decimal(3))


@pytest.mark.rule("A5")
def test_what_is_required_is_what_was_required_then(cast: Cast) -> None:
    order = draft(cast)
    changed()
    assert services.submit_order(order, actor=cast.xiaoli).state == "submitted"


@pytest.mark.rule("A5", "A6.4e")
def test_a_line_of_another_kind_keeps_its_version_too(cast: Cast) -> None:
    paper = BusinessKind.objects.get(code="paper")
    order = accepted(cast, lines=[line_input(), line_input("P006", "300", "16.80", business_kind=paper)])
    paper.departments = ["paper_quality"]
    paper.save()
    kept = Order.objects.get(pk=order.pk)
    assert [kind.code for kind in kept.kinds] == ["printing", "paper"]
    assert "paper_manufacturing" in kept.lines_now[1].kind.departments


@pytest.mark.rule("A5")
def test_the_version_is_part_of_what_is_signed(cast: Cast) -> None:
    assert accepted(cast).versions.get().content["kind_version"] == 1


@pytest.mark.rule("A5")
def test_a_version_is_only_ever_added_to(cast: Cast) -> None:
    version = KindVersion.objects.get(kind=printing())
    with pytest.raises(AppendOnlyError):
        version.save()
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE orders_kindversion SET content = '{}'")
