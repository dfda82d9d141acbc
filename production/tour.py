"""The round through the shop: what this person still has to see in this half-day, and what was seen (第六条)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.models import Order, OrderLine
from parties.models import Department, User
from production.models import Visit
from production.selectors import visitable_by, with_latest_visit, with_parts
from production.wording import risk_of, round_name
from workflow import clock
from workflow.calendar import HalfDay, half_day_of
from workflow.templatetags.wording import quantity

MOST = 100


@dataclass
class Stop:
    """One order on the round."""

    order: Order
    seen: dict[str, Any] | None
    maker: str

    @property
    def url(self) -> str:
        return reverse("production:visit", args=[self.order.number])

    @property
    def goods(self) -> str:
        """岩茶礼盒 5,000 套，等 3 项"""
        lines = self.order.lines.all()
        if not lines:
            return ""
        words = f"{lines[0].product_name} {quantity(lines[0].quantity)} {lines[0].unit}"
        return words if len(lines) == 1 else _("%(first)s，等 %(n)d 项") % {"first": words, "n": len(lines)}

    @property
    def place(self) -> str:
        """印刷制造部 覆膜: where it was last seen, else who makes it."""
        return " ".join(filter(None, (self.maker, self.seen["process"] if self.seen else "")))

    @property
    def risk(self) -> str:
        return risk_of(self.seen)


@dataclass
class Tour:
    """这个人这半日的巡查：还要看哪些、看过哪些。"""

    user: User

    @cached_property
    def half(self) -> HalfDay | None:
        return half_day_of(clock.now())

    @property
    def name(self) -> str:
        return round_name(self.half)

    @property
    def until(self) -> str:
        """12:00"""
        return f"{timezone.localtime(self.half.end):%H:%M}" if self.half else ""

    def _orders(self) -> QuerySet[Order]:
        lines = OrderLine.objects.goods().order_by("position")
        rows = visitable_by(self.user).select_related("customer", "team")
        return with_latest_visit(rows.prefetch_related(Prefetch("lines", queryset=lines)))

    @cached_property
    def makers(self) -> dict[str, str]:
        return dict(Department.objects.values_list("code", "name"))

    def _stops(self, orders: QuerySet[Order]) -> list[Stop]:
        stops = [
            Stop(order, order.seen, self.makers.get(next(iter(order.kind.manufacturing), ""), ""))
            for order in orders[:MOST]
        ]
        return sorted(stops, key=lambda stop: (stop.maker, stop.place, stop.order.delivery_date, stop.order.pk))

    @cached_property
    def waiting(self) -> list[Stop]:
        """Not seen yet in this half-day; outside working hours everything may be seen."""
        rows = self._orders()
        if self.half is not None:
            rows = rows.filter(~Exists(Visit.objects.filter(order=OuterRef("pk")).within(self.half)))
        return self._stops(rows.order_by("promised_date", "pk"))

    @cached_property
    def seen(self) -> list[Visit]:
        """The visits of this half-day (of today, outside working hours), the latest first."""
        rows = Visit.objects.visible_to(self.user).standing()
        rows = rows.within(self.half) if self.half else rows.filter(day=clock.today())
        return list(with_parts(rows).order_by("-at", "-id")[:MOST])

    def next_after(self, order: Order) -> Stop | None:
        """The order to go to next."""
        return next((stop for stop in self.waiting if stop.order.pk != order.pk), None)
