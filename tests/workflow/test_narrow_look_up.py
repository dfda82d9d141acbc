"""A column that a narrow look-up left out is read by itself; the state's protection stays on for every thread."""

from __future__ import annotations

import pytest

from orders.models import Order
from tests.cast import Cast, accepted


def test_a_left_out_column_is_read_when_asked_for(cast: Cast) -> None:
    number = accepted(cast, customer_po="PO-9").number
    order = Order.objects.only("id", "state", "revision").get(formal_number=number)

    assert (order.customer_po, order.customer_id) == ("PO-9", Order.objects.values_list("customer_id").get()[0])
    assert Order._meta.get_field("state").protected  # type: ignore[union-attr]
    with pytest.raises(AttributeError):
        order.state = "completed"


def test_a_document_is_never_refreshed(cast: Cast) -> None:
    with pytest.raises(TypeError, match="read anew"):
        accepted(cast).refresh_from_db()


def test_the_protection_stays_on_while_a_column_is_read(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the library's own refresh takes it off the class, and another thread could write a state."""
    order = Order.objects.only("id", "state", "revision").get(pk=accepted(cast).pk)
    seen = []
    plain = Order._base_manager.__class__.db_manager

    def look(manager: object, *args: object, **kwargs: object) -> object:
        seen.append(Order._meta.get_field("state").protected)  # type: ignore[union-attr]
        return plain(manager, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(Order._base_manager.__class__, "db_manager", look)
    assert order.customer_po
    assert seen == [True]
    monkeypatch.delattr("workflow.models.stateful.Stateful.refresh_from_db")
    assert order.basis
    assert seen[-1] is False
