"""When an order may come and what may be promised: cut-off, lead times, return days (C3, C5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.kinds import KindRules
from orders.models import GateException, Order, OrderLine, ReturnDay
from workflow import clock
from workflow.guards import Refusal

LEAD = ("C类 截单", "C3")
RETURNS = ("C类 退货", "C5")


def is_inserted(rules: KindRules, received_at: dt.datetime) -> bool:
    """收单时间以外来的单是插单（C3）。"""
    return not rules.takes_orders_at(timezone.localtime(received_at).time())


def earliest(order: Order) -> tuple[dt.date, str, int] | None:
    """最早可以答应哪天，因为哪一类产品、要提前几天（C3）；没有限制就没有。"""
    found: tuple[dt.date, str, int] | None = None
    for line in order.goods_now:
        category = line.product.category if line.product else ""
        days = line.kind.lead_days.get(category) if category else None
        if days is not None and (found is None or days > found[2]):
            found = (clock.today() + dt.timedelta(days=days), category, days)
    return found


def too_early(order: Order, day: dt.date) -> Iterator[Refusal]:
    """答应的交期不能早于产品类别要的提前天数（C3）。"""
    limit = earliest(order)
    if limit is not None and day < limit[0]:
        words = _("%(category)s要在交期前 %(days)d 天下单，最早只能答应 %(day)s")
        yield Refusal(words % {"category": limit[1], "days": limit[2], "day": limit[0]}, *LEAD)


def suspended(order: Order) -> Iterator[str]:
    """今天是确认了的退货日：这个种类不收单、不下单（C5）。"""
    codes = [kind.code for kind in order.kinds if kind.return_days]
    if not codes:
        return
    for name in _kinds_closed(codes):
        yield _("今天是%(kind)s的退货日，不收单、不下单，明天再办") % {"kind": name}


def _kinds_closed(codes: list[str]) -> QuerySet[ReturnDay, str]:
    today = ReturnDay.objects.standing().filter(kind__code__in=codes, day=clock.today())
    names: QuerySet[ReturnDay, str] = today.values_list("kind__name", flat=True)
    return names


def returns_closed(orders: Iterable[Order], lines: Iterable[OrderLine]) -> Iterator[Refusal]:
    """这几行的货现在不办退货，每个种类各说一次；总监放行了退货时间的单除外（C5）。"""
    known, now = {order.pk: order for order in orders}, clock.now()
    closed: dict[str, tuple[set[int], list[Refusal]]] = {}
    for line in lines:
        line.order = known[line.order_id]
        if refusals := list(return_refused(line.kind, now)):
            closed.setdefault(line.kind.code, (set(), refusals))[0].add(line.order_id)
    if not closed:
        return
    free = GateException.objects.filter(order__in=known, gate=GateException.Gate.RETURNS)
    released = set(free.values_list("order", flat=True))
    for waiting, refusals in closed.values():
        if waiting - released:
            yield from refusals


def return_refused(rules: KindRules, at: dt.datetime) -> Iterator[Refusal]:
    """退货只在每月的那几天、每天的那段时间办（C5）；发运章登记退货时来问。"""
    local, span, hours = timezone.localtime(at), rules.return_days, rules.after_sales
    if span is not None and not span[0] <= local.day <= span[1]:
        words = _("%(kind)s的退货只在每月 %(from)d 号到 %(to)d 号办")
        yield Refusal(words % {"kind": rules.name, "from": span[0], "to": span[1]}, *RETURNS)
    if hours is not None and not hours.start <= f"{local:%H:%M}" <= hours.end:
        words = _("%(kind)s的售后只在每天 %(from)s 到 %(to)s 办")
        yield Refusal(words % {"kind": rules.name, "from": hours.start, "to": hours.end}, *RETURNS)
