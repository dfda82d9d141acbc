"""Where an order stands among the six steps of the chain 接单 → 评审 → 下单 → 生产跟进 → 发货 → 收款 (A1)."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.events import OrderSteps
from orders.models import Order, State
from workflow.events import collect
from workflow.shown import Step

WORDS = (
    gettext_lazy("接单"),
    gettext_lazy("评审"),
    gettext_lazy("下单"),
    gettext_lazy("生产跟进"),
    gettext_lazy("发货"),
    gettext_lazy("收款"),
)
KEYS = ("intake", "review", "issue", "production", "shipping", "collection")
STEP_OF: Mapping[str, int] = {
    State.DRAFT: 0,
    State.SUBMITTED: 0,
    State.ACCEPTED: 1,
    State.REVIEWING: 1,
    State.NEGOTIATING: 1,
    State.AGREED: 1,
    State.ISSUED: 2,
    State.PRODUCING: 3,
    State.SHIPPING: 4,
    State.COLLECTING: 5,
    State.COMPLETED: 6,
}


def stands_at(order: Order) -> tuple[int, bool]:
    """The step (0–5, 6 = all done) and whether the order ended there without reaching the goal."""
    if order.state in STEP_OF:
        return STEP_OF[order.state], False
    return (1 if order.accepted_at else 0), True


def statuses(order: Order) -> list[str]:
    """done, now, stop or nothing, for each of the six."""
    at, stopped = stands_at(order)
    here = "stop" if stopped else "now"
    return ["done" if place < at else here if place == at else "" for place in range(len(WORDS))]


def steps(order: Order) -> list[Step]:
    """The stepper of one order's page, with what the higher floors say under their steps."""
    notes = {"intake": _intake(order)}
    for answer in collect(OrderSteps(order)):
        notes.update(answer)
    return [
        Step(str(word), notes.get(key, ""), status)
        for word, key, status in zip(WORDS, KEYS, statuses(order), strict=True)
    ]


def _intake(order: Order) -> str:
    if order.accepted_at and order.accepted_by:
        return _("%(day)s %(name)s审核") % {
            "day": f"{timezone.localtime(order.accepted_at):%m-%d}",
            "name": order.accepted_by,
        }
    return str(order.get_state_display())
