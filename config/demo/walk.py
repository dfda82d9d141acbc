"""What one demo order is to be, its working clock, and what every chapter of its life asks for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.utils import timezone

from orders.models import Order, OrderLine
from orders.services import OrderInput
from parties.models import User

STAGES = (
    "draft", "returned", "submitted", "accepted", "opened", "answering", "negotiating", "agreed", "drafted", "signed",
    "issued", "acknowledged", "producing", "halfway", "inspected", "shipping", "confirmed", "notified", "dispatched",
    "collecting", "invoiced", "completed",
)  # fmt: skip
HEADS = {
    "engineering": "engineering", "material_control": "material", "printing_manufacturing": "printing_mfg",
    "printing_quality": "printing_qc", "paper_manufacturing": "paper_mfg", "paper_quality": "paper_qc",
}  # fmt: skip
SATURDAY = 5


@dataclass
class Plan:
    """What one demo order is to be: its input, how far it goes, and its troubles."""

    given: OrderInput
    coordinator: str
    start: dt.datetime
    until: str
    risk: str = ""
    rejected: str = ""
    cancelled: str = ""
    proxy: bool = False
    lead: int = 16
    chased: bool = False


@dataclass
class Pace:
    """The working clock of one order: it only runs forward, and never on a weekend."""

    moment: dt.datetime
    step: int = field(default=0)

    def on(self, days: int, time: str) -> dt.datetime:
        """So many working days further, at this time of day (or a little after the last act)."""
        day = timezone.localtime(self.moment).date()
        while days > 0:
            day += dt.timedelta(days=1)
            days -= day.weekday() < SATURDAY
        hour, minute = map(int, time.split(":"))
        wanted = timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))
        self.moment = max(wanted, self.moment + dt.timedelta(minutes=7))
        return self.moment


class Walk:
    """One order on its way, and the people who do it."""

    def __init__(self, plan: Plan, people: dict[str, User]) -> None:
        self.plan = plan
        self.people = people
        self.li = people[plan.coordinator]
        self.pace = Pace(plan.start)
        self.order: Order

    def far(self, stage: str) -> bool:
        """Whether the plan goes at least to this stage."""
        return STAGES.index(self.plan.until) >= STAGES.index(stage)

    def day(self, after: int) -> dt.date:
        """So many days after the order came in."""
        return timezone.localdate(self.plan.start) + dt.timedelta(days=after)

    def promise(self) -> dt.date:
        """The promised delivery date."""
        return self.day(self.plan.lead)

    def fresh(self) -> Order:
        """The order as it stands now."""
        order: Order = Order.objects.select_related("business_kind", "team", "customer").get(pk=self.order.pk)
        return order

    def lines(self) -> list[OrderLine]:
        """The order's lines as they stand now."""
        rows = OrderLine.objects.filter(order_id=self.order.pk).select_related("order", "business_kind", "product")
        return list(rows.order_by("position"))
