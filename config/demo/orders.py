"""Sixty orders of the demo company, over all states, around today; made by the services in time order."""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils import timezone

from config.demo.life import Life
from config.demo.walk import Plan
from orders.models import BusinessKind, Product
from orders.services import LineInput, OrderInput
from parties.models import Customer, User
from workflow import clock

# (how far, how many, days ago it began); the rest varies with the order's place in the list.
SPREAD = (
    ("completed", 6, 34), ("invoiced", 4, 29), ("collecting", 3, 27), ("dispatched", 3, 23), ("notified", 2, 22),
    ("confirmed", 2, 20), ("shipping", 3, 19), ("inspected", 2, 18), ("halfway", 7, 13), ("producing", 4, 8),
    ("acknowledged", 2, 7), ("issued", 2, 6), ("signed", 1, 6), ("drafted", 3, 5), ("agreed", 1, 5),
    ("negotiating", 1, 5), ("answering", 4, 3), ("opened", 1, 3), ("accepted", 2, 2), ("submitted", 2, 1),
    ("returned", 1, 2), ("draft", 2, 1),
)  # fmt: skip
SHIPPED = frozenset({"completed", "invoiced", "collecting", "dispatched"})
QUANTITIES = (1000, 2000, 3000, 5000, 8000, 12000)
LINES = {
    "printing": (("P001", "P002"), ("P003",), ("P009", "P002"), ("P004",), ("P005", "P004", "P002"), ("P010",)),
    "paper": (("P006", "P007"), ("P008",), ("P006",), ("P007", "P008")),
}
BASES = ("written", "written", "fax", "written", "email", "written", "chat", "written")
REQUIREMENTS = (
    {"standard": "按签样，色差 ΔE ≤ 3", "packing": "50 本/箱，五层瓦楞箱，箱唛按客户资料"},
    {"standard": "套印误差 ≤ 0.1 mm，不掉色", "packing": "500 张/包，防潮纸，2,000 张/箱"},
    {"standard": "承重 3 kg 挂 24 h 不脱绳", "packing": "100 个/箱，每 25 个一扎", "colour": "PANTONE 186 C"},
)


def make_orders(people: dict[str, User]) -> int:
    """Walk every plan forward in one time line, so that numbers follow their days; how many orders there are."""
    now = clock.now()
    plans = list(_plans(now))
    waiting: list[tuple[dt.datetime, int, Iterator[dt.datetime]]] = []
    for place, plan in enumerate(plans):
        life = Life(plan, people).walk()
        waiting.append((next(life), place, life))
    heapq.heapify(waiting)
    while waiting:
        moment, place, life = heapq.heappop(waiting)
        if moment > now:
            continue
        with clock.told(moment):
            following = next(life, None)
        if following is not None:
            heapq.heappush(waiting, (following, place, life))
    return len(plans)


def _plans(now: dt.datetime) -> Iterator[Plan]:
    customers = list(Customer.objects.order_by("code"))
    kinds = {kind.code: kind for kind in BusinessKind.objects.all()}
    place = 0
    for until, count, days_ago in SPREAD:
        for n in range(count):
            yield _plan(place, until, days_ago + n % 3, customers, kinds, now)
            place += 1
    yield _plan(place, "submitted", 9, customers, kinds, now, rejected="纸厂已停产这种特种纸，做不了。")
    yield _plan(place + 1, "opened", 10, customers, kinds, now, cancelled="客户展会取消，不做了。")


def _plan(
    place: int,
    until: str,
    days_ago: int,
    customers: list[Customer],
    kinds: dict[str, BusinessKind],
    now: dt.datetime,
    **trouble: Any,
) -> Plan:
    customer = customers[place % len(customers)]
    kind = kinds["paper" if place % 3 == 2 else "printing"]
    start = timezone.localtime(now).replace(hour=8, minute=20 + place % 30, second=0, microsecond=0)
    start -= dt.timedelta(days=days_ago * 7 // 5 + 1)
    start -= dt.timedelta(days=max(start.weekday() - 4, 0))
    lead = _lead(place, until, (timezone.localdate(now) - timezone.localdate(start)).days)
    risk = {1: "risk", 4: "late", 7: "risk"}.get(place % 9, "") if until == "halfway" else ""
    return Plan(
        given=_input(place, customer, kind, start, lead),
        coordinator="xiaoli" if place % 5 < 3 else "xiaochen",
        start=start,
        until=until,
        risk=risk,
        proxy=place % 11 == 5,
        chased=place % 5 == 3,
        lead=lead,
        **trouble,
    )


def _lead(place: int, until: str, elapsed: int) -> int:
    """Days from receipt to the date agreed: most open orders are due in the coming days, one in eight is late."""
    if until in SHIPPED:
        return max(elapsed - 6 - place % 5, 12)
    return max(elapsed + (-2 if place % 8 == 5 else 2 + place * 5 % 13), 12)


def _input(place: int, customer: Customer, kind: BusinessKind, start: dt.datetime, lead: int) -> OrderInput:
    codes = LINES[kind.code][place % len(LINES[kind.code])]
    products = {product.code: product for product in Product.objects.filter(code__in=codes)}
    requested = timezone.localdate(start) + dt.timedelta(days=lead - place % 3)
    lines = [
        _line(products[code], QUANTITIES[(place + n) % len(QUANTITIES)], requested) for n, code in enumerate(codes)
    ]
    return OrderInput(
        business_kind=kind,
        customer=customer,
        basis=BASES[place % len(BASES)] if place not in {40, 57} else "none",
        requested_date=requested,
        lines=lines,
        customer_po=f"{customer.code[-1]}PO-26{place:03d}",
        received_at=start,
        requirements=dict(REQUIREMENTS[place % len(REQUIREMENTS)]),
        rush=place % 13 == 6,
        confirmed_with="客户采购" if BASES[place % len(BASES)] == "fax" else "",
        confirmed_at=start if BASES[place % len(BASES)] == "fax" else None,
    )


def _line(product: Product, quantity: int, requested: dt.date) -> LineInput:
    return LineInput(
        product=product,
        quantity=Decimal(quantity),
        spare_quantity=Decimal(quantity // 100),
        unit=product.unit,
        unit_price=product.default_price or Decimal(1),
        material="157 g 铜版纸，正度" if product.code in {"P001", "P002"} else "",
        printing="正 4 / 反 4，胶印" if product.code in {"P001", "P009"} else "",
        finishing="覆哑膜，骑马订" if product.code == "P001" else "",
        requested_date=requested,
    )
