"""What each act is sent with: complete and correct, so that only the right can be missing."""

from __future__ import annotations

import datetime as dt
from collections import ChainMap
from collections.abc import Callable
from typing import Any

from orders.models import Order
from reviews import points
from tests.caller import order_body
from tests.cast_shipping import line_of
from tests.pages import sheet
from tests.permissions.chapters import brought
from tests.permissions.matrix import Row
from tests.permissions.world import World
from workflow import clock

Body = dict[str, Any]
REASON: Body = {"reason": "客户来电说明"}
NOTICES = "<slug:number>/copies/<slug:department>"


def body_of(row: Row, world: World) -> Body:
    """The body of one row's request; most acts take none."""
    bodies = ChainMap(BODIES, *brought("BODIES"))
    made = bodies.get((row.method, row.route)) or bodies.get(("*", row.route.removeprefix("api/v1/")))
    return made(world) if made else {}


def day(after: int = 0) -> str:
    return str(clock.today() + dt.timedelta(days=after))


def same(body: Body) -> Callable[[World], Body]:
    """A body that names no document."""
    return lambda world: dict(body)


def dated(name: str, after: int, **more: Any) -> Callable[[World], Body]:
    """A body with a day in it, counted from today."""
    return lambda world: {name: day(after), **more}


def first(world: World, about: str) -> int:
    """The first line of an order."""
    order: Order = world.thing[about]
    return int(line_of(order, 1).pk)


# --- orders -----------------------------------------------------------------------------------------------------------
def edited(world: World) -> Body:
    return sheet(revision=str(world.thing["order.draft"].revision), customer_po="D2")


def over(world: World) -> Body:
    return {"line": first(world, "order.shipping"), "quantity": "10", **REASON}


# --- reviews ----------------------------------------------------------------------------------------------------------
def answer_page(world: World) -> Body:
    said = dict.fromkeys(points.CODES, "yes")
    stored = world.thing["answer.open"].sha256
    return {**said, "verdict": "agree", "planned_date": day(12), "comment": "可以", "seen": stored}


def answer_api(world: World) -> Body:
    said = dict.fromkeys(points.CODES, True)
    return {"verdict": "agree", "planned_date": day(12), "points": said, "comment": "可以"}


def ticked(world: World) -> Body:
    notice = world.thing["notice.draft"]
    return {"notice": [str(notice.pk)], f"seen_{notice.pk}": notice.sha256}


def balance_page(world: World) -> Body:
    answers = world.thing["round.signed"].answers.select_related("department")
    return {answer.department.code: day(13) for answer in answers}


# --- the shop ---------------------------------------------------------------------------------------------------------
def visit_page(world: World) -> Body:
    line = first(world, "order.producing")
    return {"process": "印刷", "schedule": "ok", "quality": "ok", "note": "正常", f"done_{line}": "20"}


def visit_api(world: World) -> Body:
    done = [{"line": first(world, "order.producing"), "done_quantity": "20"}]
    return {"process": "印刷", "schedule": "ok", "quality": "ok", "note": "正常", "lines": done}


def tour_page(world: World) -> Body:
    order = world.thing["order.producing"]
    names = {f"o{order.pk}-{name}": value for name, value in visit_page(world).items()}
    return {"order": [order.number], **names}


def tour_api(world: World) -> Body:
    return {"orders": [{"order": world.of["order.producing"]["number"], **visit_api(world)}]}


def inspection_page(world: World) -> Body:
    prefix = f"line{first(world, 'order.producing')}"
    return {f"{prefix}-accepted": "10", f"{prefix}-report_no": "J1"}


def inspection_api(world: World) -> Body:
    return {"line": first(world, "order.producing"), "accepted": "10", "report_no": "J1"}


# --- outsourcing ------------------------------------------------------------------------------------------------------
def plan_api(world: World) -> Body:
    line = {"line": first(world, "order.producing"), "operation": "覆膜", "quantity": "100"}
    return {"order": world.of["order.producing"]["number"], "lines": [line]}


def outsourced_api(world: World) -> Body:
    line = {"line": first(world, "order.producing"), "operation": "覆膜", "quantity": "100", "unit_price": "0.35"}
    number = world.of["order.producing"]["number"]
    return {"order": number, "processor": "W003", "delivery_date": day(5), "lines": [line]}


def outsourced_page(world: World) -> Body:
    line = f"line{first(world, 'order.producing')}"
    row = {f"{line}-operation": "覆膜", f"{line}-quantity": "100", f"{line}-unit_price": "0.35"}
    return {"order": world.of["order.producing"]["number"], "processor": "W003", "delivery_date": day(5), **row}


def receipt_page(world: World) -> Body:
    line = world.thing["outsourced.sent"].lines_now[0].pk
    return {"receipt-line": str(line), "receipt-received": "10", "receipt-accepted": "10"}


def material_back(world: World) -> Body:
    return {"issue": world.thing["material"].pk, "quantity": "10"}


def material_back_page(world: World) -> Body:
    return {"return-issue": str(world.thing["material"].pk), "return-quantity": "10"}


# --- shipping ---------------------------------------------------------------------------------------------------------
def delivery_page(world: World) -> Body:
    line = first(world, "order.shipping")
    return {"order": [world.of["order.shipping"]["number"]], f"l{line}-quantity": "10"}


def delivery_api(world: World) -> Body:
    return {"customer": "C001", "lines": [{"order_line": first(world, "order.shipping"), "quantity": "10"}]}


def back_page(world: World) -> Body:
    line = world.thing["delivery.gone"].lines.order_by("position")[0]
    return {"kind": "replace", "reason": "外观不良", f"b{line.pk}-quantity": "5", f"b{line.pk}-condition": "划伤"}


def back_api(world: World) -> Body:
    line = world.thing["delivery.gone"].lines.order_by("position")[0]
    lines = [{"delivery_line": line.pk, "quantity": "5"}]
    return {"delivery": world.of["delivery.gone"]["number"], "kind": "replace", "reason": "外观不良", "lines": lines}


# --- money ------------------------------------------------------------------------------------------------------------
def invoice_api(world: World) -> Body:
    lines = [{"order_line": first(world, "order.delivered"), "quantity": "10"}]
    return {"customer": "C001", "number": "FP-PERM", "date": day(), "lines": lines}


def invoice_page(world: World) -> Body:
    line = first(world, "order.delivered")
    return {"customer": "C001", "number": "FP-PERM", "date": day(), "line": [str(line)], f"{line}-quantity": "10"}


def red_page(world: World) -> Body:
    line = world.thing["invoice.issued"].lines_now[0].order_line_id
    return {"number": "FP-RED", "date": day(), **REASON, "line": [str(line)], f"{line}-quantity": "10"}


def adjustment_page(world: World) -> Body:
    return {**adjustment_api(world), "direction": "-", "amount": "1.00"}


def target_api(world: World) -> Body:
    return {"allocations": [{"invoice": world.thing["invoice.issued"].pk, "amount": "1.00"}]}


def adjustment_api(world: World) -> Body:
    return {"line": first(world, "order.collected"), "amount": "-1.00", "kind": "discount", **REASON}


PLACE: Body = {"code": "X001", "name": "新的"}
AGREED: Body = {"customer_answer": "客户同意", "note": ""}
SAID: Body = {"how": "电话", "said": "可以到"}
ANSWER: Body = {"answer": "同意"}
MATERIAL: Body = {"material": "铜版纸", "quantity": "10", "unit": "张"}
RECEIPT: Body = {"received": "10", "accepted": "10"}
PAYMENT: Body = {"customer": "C001", "amount": "10.00", "kind": "payment"}
UPLOAD: Body = {"file": "scan.pdf", "kind": "other"}
PRODUCT: Body = {"code": "X001", "name": "新的", "unit": "本"}

BODIES: dict[tuple[str, str], Callable[[World], Body]] = {
    # both doors: the page's form and the API's body are the same
    **{("*", f"orders/{kind}{verb}/"): same(REASON) for kind in ("<slug:number>/", "<str:number>/")
       for verb in ("return-to-coordinator", "reject", "reopen-review", "cancel")},
    **{("*", f"{base}/{verb}/"): same(ANSWER) for verb in ("grant", "refuse")
       for base in ("instructions/<int:pk>", "orders/<slug:number>/instructions/<int:pk>",
                    "orders/<str:number>/instructions/<int:pk>")},
    ("*", "notices/<slug:number>/refuse/"): same(REASON),
    ("*", "deliveries/<slug:number>/authorise-exception/"): same(REASON),
    ("*", "deliveries/<slug:number>/dispatch/"): same({"waybill": "SF0009"}),
    ("*", "deliveries/<slug:number>/deliver/"): dated("signed_on", 0, signed_by="客户仓库"),
    ("*", "reviews/<int:pk>/conclude/"): dated("delivery_date", 18, outcome="pass", note="客户要求晚几天"),
    # pages
    ("POST", "orders/accept/"): lambda world: {"number": [world.of["order.submitted"]["number"]]},
    ("POST", "orders/new/"): same(sheet(customer_po="NEW")),
    ("POST", "orders/new/draft/"): same(sheet(customer_po="NEW")),
    ("POST", "orders/<slug:number>/edit/"): edited,
    ("POST", "orders/<slug:number>/edit/draft/"): edited,
    ("POST", "orders/<slug:number>/original/"): dated("received_on", 0),
    ("POST", "orders/<slug:number>/attachments/"): same(UPLOAD),
    ("POST", "orders/<slug:number>/instructions/"): same({"question": "没有书面订单"}),
    ("POST", "orders/<slug:number>/agree-as-reviewed/"): same(AGREED),
    ("POST", "orders/<slug:number>/authorise-exception/"): same({"gate": "credit", **REASON}),
    ("POST", "orders/<slug:number>/authorise-over/"): over,
    ("POST", "orders/<slug:number>/reviews/new/"): same({"form": "distributed", "reason": "常规订单"}),
    ("POST", "reviews/<int:pk>/balance/"): balance_page,
    ("POST", "reviews/<int:pk>/request-meeting/"): same({"r-reason": "意见不一"}),
    ("POST", "reviews/<int:pk>/turn-into-meeting/"): lambda world: {
        "m-reason": "意见不一", "m-meeting_at": f"{day(1)} 09:00", "m-meeting_place": "二楼",
    },
    ("POST", "reviews/<int:pk>/answers/<slug:department>/"): answer_page,
    ("POST", "reviews/<int:pk>/answers/<slug:department>/sign/"): answer_page,
    ("POST", "notices/sign/"): ticked,
    ("POST", f"notices/{NOTICES}/report-lost/"): same(REASON),
    ("POST", "visits/many/"): tour_page,
    ("POST", "orders/<slug:number>/visits/"): visit_page,
    ("POST", "orders/<slug:number>/inspections/"): inspection_page,
    ("POST", "deliveries/new/"): delivery_page,
    ("POST", "deliveries/<slug:number>/confirm-arrival/"): dated("arrival_date", 2, with_whom="采购", **SAID),
    ("POST", "deliveries/<slug:number>/return/"): back_page,
    ("GET", "deliveries/new/"): lambda world: {"order": world.of["order.shipping"]["number"]},
    ("GET", "outsourcing/new/"): lambda world: {"order": world.of["order.producing"]["number"]},
    ("POST", "outsourcing/new/"): outsourced_page,
    ("POST", "outsourcing/processors/new/"): same(PLACE),
    ("POST", "outsourcing/processors/<slug:code>/"): same({"code": "W003", "name": "改名"}),
    ("POST", "outsourcing/<slug:number>/material-issues/"): same({f"issue-{k}": v for k, v in MATERIAL.items()}),
    ("POST", "outsourcing/<slug:number>/material-returns/"): material_back_page,
    ("POST", "outsourcing/<slug:number>/receipts/"): receipt_page,
    ("POST", "invoices/new/"): invoice_page,
    ("POST", "invoices/new/reckon/"): invoice_page,
    ("POST", "invoices/<int:pk>/red/"): red_page,
    ("POST", "payments/new/"): dated("date", 0, **PAYMENT, method="transfer"),
    ("POST", "payments/new/reckon/"): dated("date", 0, **PAYMENT),
    ("POST", "payments/<int:pk>/reverse/"): same(REASON),
    ("POST", "payments/<int:pk>/allocate/"): lambda world: {f"{world.thing['invoice.issued'].pk}-amount": "1.00"},
    ("POST", "orders/<slug:number>/adjustments/"): adjustment_page,
    ("POST", "adjustments/<int:pk>/refuse/"): same(REASON),
    # API
    ("POST", "api/v1/customers/"): same(PLACE),
    ("PATCH", "api/v1/customers/<str:code>/"): same({"name": "改名"}),
    ("POST", "api/v1/products/"): same(PRODUCT),
    ("PATCH", "api/v1/products/<str:code>/"): same({"name": "改名"}),
    ("POST", "api/v1/processors/"): same(PLACE),
    ("PATCH", "api/v1/processors/<str:code>/"): same({"name": "改名"}),
    ("POST", "api/v1/carriers/"): same(PLACE),
    ("PATCH", "api/v1/carriers/<str:code>/"): same({"name": "改名"}),
    ("POST", "api/v1/orders/"): same(order_body(customer_po="NEW")),
    ("PATCH", "api/v1/orders/<str:number>/"): same({"customer_po": "D2"}),
    ("POST", "api/v1/orders/<str:number>/agree-as-reviewed/"): same({"customer_answer": "客户同意"}),
    ("POST", "api/v1/orders/<str:number>/original/"): dated("received_on", 0),
    ("POST", "api/v1/orders/<str:number>/attachments/"): same(UPLOAD),
    ("POST", "api/v1/orders/<str:number>/instructions/"): same({"question": "没有书面订单"}),
    ("POST", "api/v1/orders/<str:number>/authorise-exception/"): same({"gate": "credit", **REASON}),
    ("POST", "api/v1/orders/<str:number>/authorise-over/"): over,
    ("POST", "api/v1/orders/<slug:number>/reviews/"): same({"form": "distributed", "reason": "常规订单"}),
    **{(verb, "api/v1/reviews/<int:pk>/balance/"): lambda world: {"planned_dates": {"engineering": day(13)}}
       for verb in ("POST", "PUT")},
    ("POST", "api/v1/reviews/<int:pk>/request-meeting/"): same(REASON),
    ("POST", "api/v1/reviews/<int:pk>/turn-into-meeting/"): same(REASON),
    ("POST", "api/v1/reviews/<int:pk>/conclude-pass/"): dated("delivery_date", 18),
    ("PUT", "api/v1/reviews/<int:pk>/answers/<slug:department>/"): answer_api,
    ("POST", "api/v1/reviews/<int:pk>/answers/<slug:department>/sign/"): answer_api,
    ("POST", f"api/v1/notices/{NOTICES}/lost/"): same(REASON),
    ("POST", "api/v1/visits/"): tour_api,
    ("POST", "api/v1/orders/<str:number>/visits/"): visit_api,
    ("POST", "api/v1/orders/<str:number>/inspections/"): inspection_api,
    ("POST", "api/v1/outsourcing-plans/"): plan_api,
    ("POST", "api/v1/outsourcing-orders/"): outsourced_api,
    ("POST", "api/v1/outsourcing-orders/<str:number>/material-issues/"): same(MATERIAL),
    ("POST", "api/v1/outsourcing-orders/<str:number>/material-returns/"): material_back,
    ("POST", "api/v1/outsourcing-orders/<str:number>/receipts/"): same(RECEIPT),
    ("POST", "api/v1/deliveries/"): delivery_api,
    ("POST", "api/v1/deliveries/<slug:number>/confirmations/"): dated("arrival_date", 2, **SAID, **{"with": "采购"}),
    ("POST", "api/v1/deliveries/<slug:number>/attachments/"): same(UPLOAD),
    ("POST", "api/v1/returns/"): back_api,
    ("POST", "api/v1/orders/<str:number>/adjustments/"): adjustment_api,
    ("POST", "api/v1/adjustments/<int:pk>/refuse/"): same(REASON),
    ("POST", "api/v1/invoices/"): invoice_api,
    ("POST", "api/v1/invoices/<int:pk>/red/"): dated("date", 0, number="FP-RED", **REASON),
    ("POST", "api/v1/payments/"): dated("date", 0, **PAYMENT),
    ("POST", "api/v1/payments/<int:pk>/reverse/"): same(REASON),
    ("POST", "api/v1/payments/<int:pk>/allocate/"): target_api,
}  # fmt: skip
