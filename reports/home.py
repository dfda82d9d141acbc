"""我的一天: what waits for a person, by urgency; their figures, their orders at risk, today's visits (A6.4a, A7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.balances import postings, total_of
from orders.models import Order, State
from parties.models import User
from production.models import Visit
from production.selectors import visitable_by, with_latest_visit
from production.wording import risk_of
from workflow.calendar import AFTERNOON_BEGINS, Slot
from workflow.duties import Due
from workflow.shown import Figure
from workflow.templatetags.wording import day, money

WATCHED = 100
SHOWN = (
    "formal_number", "state", "rush", "promised_date", "requested_date", "customer__name", "customer__short_name",
    "coordinator__name", "coordinator__username",
)  # fmt: skip
ROUND = 12
RUNNING = (State.ISSUED, State.PRODUCING, State.SHIPPING)
WEEKDAYS = (
    gettext_lazy("周一"), gettext_lazy("周二"), gettext_lazy("周三"), gettext_lazy("周四"), gettext_lazy("周五"),
    gettext_lazy("周六"), gettext_lazy("周日"),
)  # fmt: skip


@dataclass(frozen=True)
class Task:
    """A duty as the page words it: when, how far off, and the colour beside it."""

    due: Due
    when: str
    note: str
    tone: str = ""


@dataclass(frozen=True)
class Band:
    """Duties of one urgency."""

    label: str
    tasks: list[Task]
    late: bool = False


@dataclass(frozen=True)
class Risk:
    """An order at risk, and why."""

    order: Order
    why: str


@dataclass(frozen=True)
class Round:
    """One order on today's rounds."""

    order: Order
    where: str
    morning: Visit | None
    afternoon: Visit | None
    opens: str


def bands(dues: Iterable[Due], now: dt.datetime, *, far: int = 5) -> tuple[list[Band], int]:
    """已超时、今天、本周, and how many lie further off than what is shown."""
    here = timezone.localtime(now)
    week_ends = here.date() + dt.timedelta(days=6 - here.weekday())
    late: list[Task] = []
    today: list[Task] = []
    week: list[Task] = []
    later: list[Task] = []
    for due in dues:
        by = timezone.localtime(due.by)
        place = (
            late if due.by < now else today if by.date() == here.date() else week if by.date() <= week_ends else later
        )
        place.append(_task(due, by, here))
    shown = (week + later)[:far]
    made = [
        Band(_("已超时"), late, late=True),
        Band(_("今天"), today),
        Band(_("本周") if not any(task in later for task in shown) else _("以后"), shown),
    ]
    return [band for band in made if band.tasks], len(week) + len(later) - len(shown)


def _task(due: Due, by: dt.datetime, now: dt.datetime) -> Task:
    days = (by.date() - now.date()).days
    if by < now:
        when = _("超 %(n)d 天") % {"n": -days} if days < 0 else _("%(at)s 已过") % {"at": f"{by:%H:%M}"}
        return Task(due, when, _("应于 %(day)s") % {"day": day(by)}, "t-late")
    if days == 0:
        hours = max(1, round((by - now).total_seconds() / 3600))
        tone = "t-risk" if hours <= 2 else ""
        return Task(due, _("%(at)s 前") % {"at": f"{by:%H:%M}"}, _("还有 %(n)d 小时") % {"n": hours}, tone)
    return Task(due, f"{day(by)} {WEEKDAYS[by.weekday()]}", "")


def strip(user: User, orders: QuerySet[Order], risky: int, now: dt.datetime) -> list[Figure]:
    """The person's key numbers; money only for those who may see it."""
    return list(_figures(user, orders, risky, timezone.localtime(now).date()))


def _figures(user: User, orders: QuerySet[Order], risky: int, today: dt.date) -> Iterator[Figure]:
    page = reverse("orders:list")
    monday = today - dt.timedelta(days=today.weekday())
    sunday = monday + dt.timedelta(days=6)
    due = Coalesce("promised_date", "requested_date")
    in_hand = orders.open()[:1000].count()  # type: ignore[attr-defined]
    fresh = orders.filter(created_at__date__gte=monday)[:1000].count()
    unit = _("单")
    yield Figure(_("在手业务单"), _many(in_hand), unit, note=_("本周新接 %(n)d 单") % {"n": fresh}, url=page)
    week = orders.filter(state__in=RUNNING).alias(due=due).filter(due__range=(monday, sunday))[:1000].count()
    yield Figure(
        _("本周应发"), _many(week), unit, note=_("交期在本周的"), url=f"{page}?due_from={monday}&due_to={sunday}"
    )
    yield Figure(_("有风险"), str(risky), unit, note=_("要延期或可能延期"), tone="late" if risky else "")
    originals = orders.original_pending()[:1000].count()  # type: ignore[attr-defined]
    yield Figure(_("待补原件"), _many(originals), unit, note=_("传真等先走的单"), url=f"{page}?chip=original")
    if user.may("ledger.view"):
        balance = total_of(postings(order__in=orders.values("pk")))
        yield Figure(_("未开发票"), money(balance.uninvoiced), prefix="¥", note=_("已发未开"))
        yield Figure(_("应收账款"), money(balance.receivable), prefix="¥", note=_("净发货减已收"))


def _many(count: int) -> str:
    return f"{count:,}" if count < 1000 else "999+"


def risks(orders: QuerySet[Order]) -> list[Risk]:
    """The orders at risk among those in production whose date comes first: one query."""
    due = Coalesce("promised_date", "requested_date")
    rows = with_latest_visit(orders.filter(state=State.PRODUCING)).annotate(due=due).order_by("due", "pk")
    rows = rows.select_related("customer", "coordinator").only(*SHOWN)
    return [Risk(order, why) for order in rows[:WATCHED] if (why := risk_of(order.seen))]


def rounds(user: User, now: dt.datetime) -> list[Round]:
    """Today's visits: each order in production once in the morning and once in the afternoon (A6.4a)."""
    today = timezone.localtime(now).date()
    orders = list(with_latest_visit(visitable_by(user)).only("state", "formal_number").order_by("pk")[:ROUND])
    seen = Visit.objects.filter(order__in=orders, day=today).standing().order_by("at")
    by_slot = {(visit.order_id, visit.slot): visit for visit in seen}
    return [
        Round(
            order,
            (order.seen or {}).get("process", "") or _("还没巡查过"),
            by_slot.get((order.pk, Slot.AM)),
            by_slot.get((order.pk, Slot.PM)),
            f"{AFTERNOON_BEGINS:%H:%M}",
        )
        for order in orders
    ]


def left_to_visit(rows: Iterable[Round], slot: Slot) -> int:
    """How many have not been seen in this half-day."""
    return sum((row.morning if slot is Slot.AM else row.afternoon) is None for row in rows)
