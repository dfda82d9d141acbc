"""Before the order, and what follows from it: fees entered, inquiries edited, samples put right."""

from __future__ import annotations

from typing import Any

from tests import cast_reviews as review
from tests.orders.test_fees import with_fee

ROWS = """
POST ledger.charge_fees                   order.charged     orders/<slug:number>/charge-fees/
POST ledger.charge_fees                   order.charged     api/v1/orders/<str:number>/charge-fees/
"""


def prepare(world: Any) -> None:
    """An order with a fee that is not entered yet."""
    world.keep("order.charged", review.issued(world.cast, lines=with_fee(), customer_po="F1"))


BODIES: dict[Any, Any] = {}
