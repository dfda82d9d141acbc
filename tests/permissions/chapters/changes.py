"""The matrix of changes: their pages and addresses, each with the change in the state from which the act starts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from orders.services import LineChange
from reviews import services
from tests import cast_changes as cast_of
from tests.cast_production import producing
from tests.permissions.world import World

ROWS = """
GET  reviews.request_change    order.producing  orders/<slug:number>/changes/new/
POST reviews.request_change    order.producing  orders/<slug:number>/changes/new/
GET  orders.view               order.issued     orders/<slug:number>/versions/
GET  everybody                 -                changes/
GET  reviews.view              change.submitted changes/<int:pk>/
GET  reviews.request_change    change.draft     changes/<int:pk>/edit/
POST reviews.request_change    change.draft     changes/<int:pk>/edit/
POST reviews.request_change    change.draft     changes/<int:pk>/submit/
POST reviews.request_change    change.submitted changes/<int:pk>/withdraw/
POST reviews.conclude          change.submitted changes/<int:pk>/refuse/
POST reviews.conclude          change.price     changes/<int:pk>/agree-without-review/
POST orders.agree_as_reviewed  change.unmet     changes/<int:pk>/agree-as-reviewed/
GET  reviews.open_round!planning change.submitted changes/<int:pk>/reviews/new/
POST reviews.open_round!planning change.submitted changes/<int:pk>/reviews/new/
POST reviews.draft_notice      change.agreed    changes/<int:pk>/notices/
GET  reviews.view              order.issued     api/v1/orders/<slug:number>/changes/
POST reviews.request_change    order.producing  api/v1/orders/<slug:number>/changes/
GET  reviews.view              change.submitted api/v1/changes/<int:pk>/
PATCH reviews.request_change   change.draft     api/v1/changes/<int:pk>/
GET  reviews.view              change.submitted api/v1/changes/<int:pk>/impact/
POST reviews.request_change    change.draft     api/v1/changes/<int:pk>/submit/
POST reviews.request_change    change.submitted api/v1/changes/<int:pk>/withdraw/
POST reviews.conclude          change.submitted api/v1/changes/<int:pk>/refuse/
POST reviews.conclude          change.price     api/v1/changes/<int:pk>/agree-without-review/
POST orders.agree_as_reviewed  change.unmet     api/v1/changes/<int:pk>/agree-as-reviewed/
GET  reviews.view              change.unmet     api/v1/changes/<int:pk>/reviews/
POST reviews.open_round!planning change.submitted api/v1/changes/<int:pk>/reviews/
"""


def _form(world: World, about: str) -> dict[str, Any]:
    thing = world.thing[about]
    order = thing if about.startswith("order") else thing.order
    line = order.lines_now[0]
    return {"reason": "客户追加", f"line-{line.pk}-quantity": "1300"}


def _body(world: World) -> dict[str, Any]:
    line = world.thing["order.producing"].lines_now[0]
    return {"reason": "客户追加", "lines": [{"line": line.pk, "quantity": "1300"}]}


BODIES = {
    ("POST", "orders/<slug:number>/changes/new/"): lambda world: _form(world, "order.producing"),
    ("POST", "changes/<int:pk>/edit/"): lambda world: _form(world, "change.draft"),
    ("POST", "api/v1/orders/<slug:number>/changes/"): _body,
    ("*", "changes/<int:pk>/refuse/"): lambda world: {"reason": "已经印完"},
    ("*", "changes/<int:pk>/agree-as-reviewed/"): lambda world: {"customer_answer": "客户来函同意"},
    ("POST", "changes/<int:pk>/reviews/new/"): lambda world: {
        "form": "distributed",
        "reason": "客户追加",
        "departments": "material_control",
    },
    ("PATCH", "api/v1/changes/<int:pk>/"): lambda world: {"reason": "客户又追加"},
    ("*", "changes/<int:pk>/agree-without-review/"): lambda world: {"reason": "毛利够"},
    ("POST", "api/v1/changes/<int:pk>/reviews/"): lambda world: {"form": "distributed", "reason": "客户追加"},
}


def prepare(world: World) -> None:
    """A change in each state, each of an order of its own."""
    cast = world.cast

    def of(number: str) -> Any:
        return producing(cast, customer_po=number)

    world.keep("change.draft", draft := cast_of.requested(cast, of("X1")), pk=draft.pk)
    world.keep("change.submitted", waits := cast_of.submitted(cast, of("X2")), pk=waits.pk)
    priced = of("X5")
    price = LineChange(priced.lines_now[0].pk, unit_price=Decimal(12))
    world.keep("change.price", cheaper := cast_of.submitted(cast, priced, price), pk=cheaper.pk)
    doubtful = cast_of.signed(cast, cast_of.reviewing(cast, of("X3")))
    services.conclude(doubtful, "negotiate", actor=cast.laowang, note="赶不及")
    world.keep("change.unmet", unmet := cast_of.fresh(doubtful.change), pk=unmet.pk)
    world.keep("change.agreed", agreed := cast_of.agreed(cast, of("X4")), pk=agreed.pk)
