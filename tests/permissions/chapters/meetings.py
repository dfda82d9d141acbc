"""Meetings of a review, negotiation, telling, comparison: their rows, bodies and documents."""

from __future__ import annotations

from typing import Any

from reviews import services
from tests import cast_meetings as meetings
from tests import cast_reviews as review
from workflow import clock

READERS = "=xiaoli,laowang,director,gm,evp,gm_delegate,sales,erp,admin,engineering,material,printing_mfg,printing_qc"

ROWS = f"""
GET  {READERS}              round.called      reviews/<int:pk>/meeting/
POST reviews.record_meeting round.called      reviews/<int:pk>/meeting/
POST reviews.turn_into_meeting round.called   reviews/<int:pk>/meeting/change/
POST reviews.tell           round.passed      reviews/<int:pk>/told/
GET  reviews.view           order.negotiating orders/<slug:number>/reviews/compare/
GET  orders.negotiate       order.negotiating orders/<slug:number>/negotiations/
POST orders.negotiate       order.negotiating orders/<slug:number>/negotiations/
GET  {READERS}              round.called      api/v1/reviews/<int:pk>/meeting/
PUT  reviews.turn_into_meeting round.called   api/v1/reviews/<int:pk>/meeting/
POST reviews.record_meeting round.called      api/v1/reviews/<int:pk>/meeting/
GET  reviews.view           round.passed      api/v1/reviews/<int:pk>/told/
POST reviews.tell           round.passed      api/v1/reviews/<int:pk>/told/
GET  orders.negotiate       order.negotiating api/v1/orders/<str:number>/negotiations/
POST orders.negotiate       order.negotiating api/v1/orders/<str:number>/negotiations/
"""


def prepare(world: Any) -> None:
    """A meeting that is called, a round that passed."""
    world.keep("round.called", meetings.called(world.cast, customer_po="M1"))
    passed = services.conclude(
        review.signed(world.cast, review.reviewing(world.cast, customer_po="M2")), "pass", actor=world.cast.laowang
    )
    world.keep("round.passed", passed)


def _moment(after: int) -> str:
    return f"{review.day(after)} 09:00"


def held_page(world: Any) -> dict[str, Any]:
    asked = meetings.meeting_of(world.thing["round.called"]).attendees_now
    came = {f"came_{one.user_id}": "yes" for one in asked}
    return {**came, "decisions": "12 天完成"}


def held_api(world: Any) -> dict[str, Any]:
    asked = meetings.meeting_of(world.thing["round.called"]).attendees_now
    attendance = [{"attendee": one.user.username, "present": True, "said": "可以"} for one in asked]
    return {"attendance": attendance, "decisions": "12 天完成"}


def plan_api(world: Any) -> dict[str, Any]:
    return {"time": clock.now().replace(year=clock.now().year + 1).isoformat(), "place": "三楼"}


TALK = {"who": "采购 姚丽", "how": "电话", "said": "她去问销售", "outcome": "open"}
TOLD = {"whom": "salesperson", "who": "赵凯", "how": "微信"}

BODIES = {
    ("POST", "reviews/<int:pk>/meeting/"): held_page,
    ("POST", "reviews/<int:pk>/meeting/change/"): lambda world: {"p-meeting_at": _moment(3), "p-meeting_place": "三楼"},
    ("POST", "reviews/<int:pk>/told/"): lambda world: {f"t-{name}": value for name, value in TOLD.items()},
    ("*", "orders/<slug:number>/negotiations/"): lambda world: dict(TALK),
    ("POST", "api/v1/orders/<str:number>/negotiations/"): lambda world: dict(TALK),
    ("POST", "api/v1/reviews/<int:pk>/meeting/"): held_api,
    ("PUT", "api/v1/reviews/<int:pk>/meeting/"): plan_api,
    ("POST", "api/v1/reviews/<int:pk>/told/"): lambda world: dict(TOLD),
}
