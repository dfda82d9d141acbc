"""业务种类的编订（第五条）。"""

from __future__ import annotations

import datetime as dt
from typing import Any

from orders import services
from tests.cast import accepted, draft
from tests.cast_kinds import content, kind, page_of
from workflow import clock

ROWS = """
GET  orders.edit_kinds                   -                 kinds/
GET  orders.edit_kinds                   -                 kinds/new/
POST orders.edit_kinds                   -                 kinds/new/
GET  orders.edit_kinds                   kind              kinds/<slug:code>/
POST orders.edit_kinds                   kind              kinds/<slug:code>/
POST orders.edit_kinds                   kind.returns      kinds/<slug:code>/return-days/
POST orders.edit_kinds                   kind.day          kinds/<slug:code>/return-days/<int:pk>/withdraw/
GET  orders.view                         order.line        api/v1/orders/<str:number>/papers/
GET  orders.edit_kinds                   kind.ready        kinds/<slug:code>/start/
POST orders.edit_kinds                   kind.ready        kinds/<slug:code>/start/
POST orders.edit_kinds                   kind.ready        api/v1/business-kinds/<str:code>/start/
POST orders.record_release               order.release     orders/<slug:number>/release/
GET  orders.edit!erp                     order.line        orders/<slug:number>/lines/<int:pk>/breakdown/
POST orders.edit!erp                     order.line        orders/<slug:number>/lines/<int:pk>/breakdown/
"""

CELLS = {
    "cells-TOTAL_FORMS": "1", "cells-INITIAL_FORMS": "0",
    "cells-0-colour": "红", "cells-0-size": "S", "cells-0-quantity": "1000",
}  # fmt: skip
OPENED = {
    f"{code}-{field}": value
    for code, name in (("manufacturing", "制造部"), ("quality", "品质部"))
    for field, value in (("played_by", ""), ("name", name), ("function", code))
}
PARTS = [{"code": code, "name": code, "function": code} for code in ("manufacturing", "quality")]
BODIES: dict[tuple[str, str], Any] = {
    ("POST", "kinds/new/"): lambda world: page_of() | {"code": "label", "name": "标签类"},
    ("POST", "kinds/<slug:code>/"): lambda world: page_of(buffer_days="4"),
    ("POST", "kinds/<slug:code>/return-days/"): lambda world: {"day": str(clock.today() + dt.timedelta(days=5))},
    ("POST", "kinds/<slug:code>/return-days/<int:pk>/withdraw/"): lambda world: {"reason": "客户改期"},
    ("POST", "kinds/<slug:code>/start/"): lambda world: OPENED | {"version": "1"},
    ("POST", "api/v1/business-kinds/<str:code>/start/"): lambda world: {"parts": PARTS},
    ("POST", "orders/<slug:number>/release/"): lambda world: {"what": "customer", "who": "刘婷", "words": "可以下单"},
    ("POST", "orders/<slug:number>/lines/<int:pk>/breakdown/"): lambda world: CELLS,
}


def prepare(world: Any) -> None:
    """The printing kind; a shop's kind with an order that waits for its release, and a line to break down."""
    world.keep("kind", kind(), code="printing")
    given = content(name="门店类", release_days=10, return_days={"from": 1, "to": 31})
    shop = services.create_kind("shop", given, active=True, actor=world.cast.laowang)
    world.keep("kind.returns", shop, code="shop")
    ahead = services.confirm_return_day(shop, clock.today() + dt.timedelta(days=6), actor=world.cast.laowang)
    world.keep("kind.day", ahead, code="shop", pk=ahead.pk)
    world.keep("kind.ready", kind("garment"), code="garment")
    world.keep("order.release", accepted(world.cast, business_kind=shop))
    order = draft(world.cast)
    world.keep("order.line", order, number=order.number, pk=order.lines_now[0].pk)
