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
POST orders.record_release               order.release     orders/<slug:number>/release/
GET  orders.edit!erp                     order.line        orders/<slug:number>/lines/<int:pk>/breakdown/
POST orders.edit!erp                     order.line        orders/<slug:number>/lines/<int:pk>/breakdown/
"""

CELLS = {
    "cells-TOTAL_FORMS": "1", "cells-INITIAL_FORMS": "0",
    "cells-0-colour": "红", "cells-0-size": "S", "cells-0-quantity": "1000",
}  # fmt: skip
BODIES: dict[tuple[str, str], Any] = {
    ("POST", "kinds/new/"): lambda world: page_of() | {"code": "label", "name": "标签类"},
    ("POST", "kinds/<slug:code>/"): lambda world: page_of(buffer_days="4"),
    ("POST", "kinds/<slug:code>/return-days/"): lambda world: {"day": str(clock.today() + dt.timedelta(days=5))},
    ("POST", "orders/<slug:number>/release/"): lambda world: {"what": "customer", "who": "刘婷", "words": "可以下单"},
    ("POST", "orders/<slug:number>/lines/<int:pk>/breakdown/"): lambda world: CELLS,
}


def prepare(world: Any) -> None:
    """The printing kind; a shop's kind with an order that waits for its release, and a line to break down."""
    world.keep("kind", kind(), code="printing")
    given = content(name="门店类", release_days=10, return_days={"from": 1, "to": 31})
    shop = services.create_kind("shop", given, active=True, actor=world.cast.laowang)
    world.keep("kind.returns", shop, code="shop")
    world.keep("order.release", accepted(world.cast, business_kind=shop))
    order = draft(world.cast)
    world.keep("order.line", order, number=order.number, pk=order.lines_now[0].pk)
