"""Inquiries, quotations, contracts: their rows of the matrix, the bodies, the documents."""

from __future__ import annotations

from typing import Any

from tests import cast as intake
from tests import cast_quotations as offer
from tests.orders.test_quotation_pages import sheet

PDF = "scan.pdf"

ROWS = """
GET  orders.create                        -                 orders/copy/
GET  orders.view_quotations               -                 inquiries/
GET  orders.quote                         -                 inquiries/new/
POST orders.quote                         -                 inquiries/new/
GET  orders.view_quotations               inquiry.open      inquiries/<slug:number>/
POST orders.quote!erp                     inquiry.open      inquiries/<slug:number>/close/
GET  orders.view_quotations               -                 quotations/
GET  orders.view_quotations               -                 quotations/rates/
GET  orders.quote                         -                 quotations/new/
POST orders.quote                         -                 quotations/new/
GET  orders.view_quotations               quotation.sent    quotations/<slug:number>/
GET  orders.quote!erp                     quotation.draft   quotations/<slug:number>/edit/
POST orders.quote!erp                     quotation.draft   quotations/<slug:number>/edit/
POST orders.quote!erp                     quotation.draft   quotations/<slug:number>/send/
POST orders.quote!erp                     quotation.draft   quotations/<slug:number>/discard/
POST orders.quote!erp                     quotation.sent    quotations/<slug:number>/accept/
POST orders.quote!erp                     quotation.sent    quotations/<slug:number>/decline/
POST orders.quote!erp                     quotation.sent    quotations/<slug:number>/revise/
GET  orders.create!erp                    quotation.agreed  quotations/<slug:number>/order/
POST orders.create!erp                    quotation.agreed  quotations/<slug:number>/order/
GET  orders.contract                      order.accepted    orders/<slug:number>/contracts/new/
POST orders.contract                      order.accepted    orders/<slug:number>/contracts/new/
GET  orders.view_money                    contract.sent     contracts/<slug:number>/
POST orders.contract                      contract.made     contracts/<slug:number>/send/
POST orders.contract                      contract.sent     contracts/<slug:number>/sign-back/
POST orders.contract                      contract.made     contracts/<slug:number>/void/
GET  orders.view_quotations               -                 api/v1/inquiries/
POST orders.quote                         -                 api/v1/inquiries/
GET  orders.view_quotations               inquiry.open      api/v1/inquiries/<str:number>/
POST orders.quote!erp                     inquiry.open      api/v1/inquiries/<str:number>/close/
GET  orders.view_quotations               -                 api/v1/quotations/
POST orders.quote                         -                 api/v1/quotations/
GET  orders.view_quotations               quotation.sent    api/v1/quotations/<str:number>/
PATCH orders.quote!erp                    quotation.draft   api/v1/quotations/<str:number>/
POST orders.quote!erp                     quotation.draft   api/v1/quotations/<str:number>/send/
POST orders.quote!erp                     quotation.sent    api/v1/quotations/<str:number>/accept/
POST orders.quote!erp                     quotation.sent    api/v1/quotations/<str:number>/decline/
POST orders.quote!erp                     quotation.draft   api/v1/quotations/<str:number>/discard/
POST orders.quote!erp                     quotation.sent    api/v1/quotations/<str:number>/revise/
POST orders.create!erp                    quotation.agreed  api/v1/quotations/<str:number>/order/
GET  orders.view_quotations               quotation.sent    api/v1/quotations/<str:number>/pdf/
GET  orders.view_money                    order.issued      api/v1/orders/<str:number>/contracts/
POST orders.contract                      order.accepted    api/v1/orders/<str:number>/contracts/
GET  orders.view_money                    contract.sent     api/v1/contracts/<str:number>/
POST orders.contract                      contract.made     api/v1/contracts/<str:number>/send/
POST orders.contract                      contract.sent     api/v1/contracts/<str:number>/sign-back/
POST orders.contract                      contract.made     api/v1/contracts/<str:number>/void/
GET  orders.view_money                    contract.sent     api/v1/contracts/<str:number>/pdf/
"""


def prepare(world: Any) -> None:
    """Keep one document in each state."""
    cast = world.cast
    world.keep("inquiry.open", offer.inquired(cast))
    world.keep("quotation.draft", offer.quoted(cast))
    world.keep("quotation.sent", offer.sent(cast))
    world.keep("quotation.agreed", offer.agreed(cast))
    world.keep("contract.made", offer.contracted(cast, intake.accepted(cast, customer_po="H1")))
    order = intake.accepted(cast, customer_po="H2")
    world.keep("contract.sent", offer.posted(cast, order))


def inquiry(world: Any) -> dict[str, Any]:
    due = str(offer.day(2))
    return {"customer": "C001", "asked_by": "刘婷", "channel": "phone", "asked": "画册 1,000 本", "due": due}


def inquiry_page(world: Any) -> dict[str, Any]:
    return inquiry(world) | {"received_at": "2026-01-05 09:30"}


def quotation(world: Any) -> dict[str, Any]:
    line = {"product": "P001", "unit": "本", "steps": [{"quantity": "500", "unit_price": "13.80"}]}
    return {
        "customer": "C001",
        "business_kind": "printing",
        "valid_until": str(offer.day(15)),
        "coordinator": "xiaoli",
        "lines": [line],
    }


def order(world: Any) -> dict[str, Any]:
    step = offer.step_of(world.thing["quotation.agreed"], 1, "1000")
    return {"basis": "written", "requested_date": str(offer.day(20)), "choices": [{"step": step}]}


def order_page(world: Any) -> dict[str, Any]:
    found = world.thing["quotation.agreed"]
    first, second = found.lines_now
    chosen = {f"step{first.pk}": str(offer.step_of(found, 1, "1000")), f"step{second.pk}": ""}
    return {"basis": "written", "requested_date": str(offer.day(20)), **chosen}


def signed(world: Any) -> dict[str, Any]:
    return {"signed_on": str(offer.day(0)), "file": PDF}


BODIES = {
    ("POST", "inquiries/new/"): inquiry_page,
    ("POST", "api/v1/inquiries/"): inquiry,
    ("POST", "inquiries/<slug:number>/close/"): lambda world: {"reason": "不做这类"},
    ("POST", "api/v1/inquiries/<str:number>/close/"): lambda world: {"reason": "不做这类"},
    ("POST", "quotations/new/"): lambda world: sheet(coordinator="xiaoli"),
    ("POST", "quotations/<slug:number>/edit/"): lambda world: sheet(),
    ("POST", "api/v1/quotations/"): quotation,
    ("PATCH", "api/v1/quotations/<str:number>/"): lambda world: {"contact": "石磊"},
    ("*", "quotations/<slug:number>/send/"): lambda world: {"to": "刘婷", "how": "邮件"},
    ("*", "quotations/<str:number>/send/"): lambda world: {"to": "刘婷", "how": "邮件"},
    ("*", "quotations/<slug:number>/decline/"): lambda world: {"reason": "嫌贵"},
    ("*", "quotations/<str:number>/decline/"): lambda world: {"reason": "嫌贵"},
    ("POST", "quotations/<slug:number>/order/"): order_page,
    ("POST", "api/v1/quotations/<str:number>/order/"): order,
    ("POST", "orders/<slug:number>/contracts/new/"): lambda world: {"form": "contract", "terms": "按签样"},
    ("POST", "api/v1/orders/<str:number>/contracts/"): lambda world: {"form": "contract", "terms": "按签样"},
    ("*", "contracts/<slug:number>/send/"): lambda world: {"to": "刘婷", "how": "邮件"},
    ("*", "contracts/<str:number>/send/"): lambda world: {"to": "刘婷", "how": "邮件"},
    ("*", "contracts/<slug:number>/sign-back/"): signed,
    ("*", "contracts/<str:number>/sign-back/"): signed,
    ("*", "contracts/<slug:number>/void/"): lambda world: {"reason": "写错"},
    ("*", "contracts/<str:number>/void/"): lambda world: {"reason": "写错"},
}
