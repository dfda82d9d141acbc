"""Before the order, and what follows from it: fees entered, inquiries edited, samples put right."""

from __future__ import annotations

from typing import Any

from tests import cast_reviews as review
from tests.orders.test_fees import with_fee
from tests.permissions.chapters.quotations import inquiry_page

ROWS = """
POST ledger.charge_fees                   order.charged     orders/<slug:number>/charge-fees/
POST ledger.charge_fees                   order.charged     api/v1/orders/<str:number>/charge-fees/
GET  orders.quote!erp                     inquiry.open      inquiries/<slug:number>/edit/
POST orders.quote!erp                     inquiry.open      inquiries/<slug:number>/edit/
PATCH orders.quote!erp                    inquiry.open      api/v1/inquiries/<str:number>/
"""


def prepare(world: Any) -> None:
    """An order with a fee that is not entered yet."""
    world.keep("order.charged", review.issued(world.cast, lines=with_fee(), customer_po="F1"))


BODIES = {
    ("POST", "inquiries/<slug:number>/edit/"): inquiry_page,
    ("PATCH", "api/v1/inquiries/<str:number>/"): lambda world: {"asked": "画册 2,000 本"},
}
