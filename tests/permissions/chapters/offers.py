"""Before the order, and what follows from it: fees entered, inquiries edited, samples put right."""

from __future__ import annotations

from typing import Any

from tests import cast_reviews as review
from tests.orders.test_fees import with_fee
from tests.permissions.chapters.quotations import inquiry_page
from tests.shipping.test_gate_pass import refused

ROWS = """
POST ledger.charge_fees                   order.charged     orders/<slug:number>/charge-fees/
POST ledger.charge_fees                   order.charged     api/v1/orders/<str:number>/charge-fees/
GET  orders.quote!erp                     inquiry.open      inquiries/<slug:number>/edit/
POST orders.quote!erp                     inquiry.open      inquiries/<slug:number>/edit/
PATCH orders.quote!erp                    inquiry.open      api/v1/inquiries/<str:number>/
POST samples.keep!warehouse,material     sample            samples/<slug:number>/correct/
POST samples.keep!warehouse,material     sample            api/v1/samples/<str:number>/correct/
POST shipping.notify_warehouse            delivery.refused  deliveries/<slug:number>/ask-pass/
POST shipping.notify_warehouse            delivery.refused  api/v1/deliveries/<slug:number>/ask-pass/
"""


def prepare(world: Any) -> None:
    """An order with a fee that is not entered yet."""
    world.keep("order.charged", review.issued(world.cast, lines=with_fee(), customer_po="F1"))
    world.keep("delivery.refused", refused(world.cast, customer_po="F2"))


CORRECTED = {"name": "产品画册签样（二）", "quantity": "2", "reason": "名称写错"}

BODIES = {
    ("*", "samples/<slug:number>/correct/"): lambda world: CORRECTED,
    ("*", "samples/<str:number>/correct/"): lambda world: CORRECTED,
    ("POST", "inquiries/<slug:number>/edit/"): inquiry_page,
    ("PATCH", "api/v1/inquiries/<str:number>/"): lambda world: {"asked": "画册 2,000 本"},
}
