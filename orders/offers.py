"""Reads of inquiries and quotations: lists, quick filters, the win rate (B1); nothing of it is stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce, TruncMonth
from django.utils import timezone
from django.utils.translation import gettext_lazy

from orders.models import Inquiry, Quotation, QuotationLine
from orders.services.winning import FALLEN
from parties.models import User
from workflow import clock
from workflow.shown import Chip

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

State = Quotation.State
SOON, ONE_DAY = dt.timedelta(days=3), dt.timedelta(days=1)
GONE = (State.SUPERSEDED, State.DISCARDED)
PARTS = ("root", "inquiry", "customer", "business_kind", "holder", "coordinator", "salesperson", "team", "order")
Narrow = Callable[[QuerySet[Any]], QuerySet[Any]]


def _in(*states: str) -> Narrow:
    return lambda rows: rows.filter(state__in=states)


def _soon(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(state=State.SENT, valid_until__lte=clock.today() + SOON)


def _to_order(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(Q(order__isnull=True) | Q(order__state__in=FALLEN), state=State.ACCEPTED)


QUOTATION_CHIPS = (
    Chip("drafts", gettext_lazy("草稿"), _in(State.DRAFT)),
    Chip("sent", gettext_lazy("等客户答复"), _in(State.SENT)),
    Chip("soon", gettext_lazy("快到期"), _soon),
    Chip("to-order", gettext_lazy("待成单"), _to_order),
    Chip("accepted", gettext_lazy("客户接受"), _in(State.ACCEPTED)),
    Chip("lost", gettext_lazy("未成交"), _in(State.DECLINED, State.EXPIRED)),
    Chip("gone", gettext_lazy("旧版与作废"), _in(*GONE)),
)
INQUIRY_CHIPS = (
    Chip("open", gettext_lazy("待答复"), _in(Inquiry.State.OPEN)),
    Chip("answered", gettext_lazy("已报价"), _in(Inquiry.State.ANSWERED)),
    Chip("closed", gettext_lazy("已关闭"), _in(Inquiry.State.CLOSED)),
)


def visible_quotations(user: User) -> Any:
    """这个人看得见的报价，连同列表要用的关系。"""
    return Quotation.objects.visible_to(user).select_related(*PARTS)


def visible_inquiries(user: User) -> Any:
    """这个人看得见的询盘。"""
    return Inquiry.objects.visible_to(user).select_related("customer", "holder", "team")


def with_lines(rows: Any) -> Any:
    """The quotations with their lines and steps: two queries, however many they are."""
    lines = QuotationLine.objects.select_related("product").prefetch_related("steps").order_by("position")
    return rows.prefetch_related(Prefetch("lines", queryset=lines))


def narrowed(rows: Any, chips: Iterable[Chip], *, chip: str, words: str) -> Any:
    """The rows that the address asks for; what was replaced or thrown away only where it is asked for."""
    chosen = next((one for one in chips if one.key == chip), None)
    if chosen is not None:
        rows = chosen.narrow(rows)
    elif rows.model is Quotation and not words:
        rows = rows.exclude(state__in=GONE)
    return rows.searched(words) if words else rows


# --- the win rate -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Rate:
    """成交率：送出几张、接受几张、未成几张、还在等几张；同一张的各版只算最后送出的那一版。"""

    name: str
    sent: int
    accepted: int
    lost: int

    @property
    def waiting(self) -> int:
        return self.sent - self.accepted - self.lost

    @property
    def rate(self) -> Decimal | None:
        """Accepted of those decided, in whole percent; nothing where nothing is decided."""
        decided = self.accepted + self.lost
        return (Decimal(100 * self.accepted) / decided).quantize(Decimal(1), ROUND_HALF_UP) if decided else None


GROUPS: dict[str, tuple[StrOrPromise, Any]] = {
    "person": (gettext_lazy("按经办人"), F("holder__name")),
    "customer": (gettext_lazy("按客户"), Coalesce("customer__name", "customer_name")),
    "month": (gettext_lazy("按月"), TruncMonth("sent_at")),
}


def _counted(user: User, since: dt.date, until: dt.date) -> QuerySet[Quotation]:
    """What was sent in the period and is the last version sent of its quotation."""
    rows: QuerySet[Quotation] = Quotation.objects.visible_to(user)
    begin, end = (timezone.make_aware(dt.datetime.combine(day, dt.time())) for day in (since, until + ONE_DAY))
    first = Coalesce(OuterRef("root"), OuterRef("pk"))
    later = Quotation.objects.filter(root=first, version__gt=OuterRef("version"), sent_at__isnull=False)
    return rows.filter(sent_at__gte=begin, sent_at__lt=end).exclude(Exists(later))


TALLY: dict[str, Any] = {
    "sent_count": Count("pk"),
    "accepted_count": Count("pk", filter=Q(state=State.ACCEPTED)),
    "lost_count": Count("pk", filter=Q(state__in=(State.DECLINED, State.EXPIRED))),
}


def win_rate(user: User, since: dt.date, until: dt.date) -> Rate:
    """一段时间的成交率（B1）：现算，不存。"""
    row = _counted(user, since, until).aggregate(**TALLY)
    return Rate("", row["sent_count"], row["accepted_count"], row["lost_count"])


def win_rates(user: User, since: dt.date, until: dt.date, *, by: str) -> list[Rate]:
    """成交率，按经办人、客户或月份分（B1）：一次查询，送出多的在前，月份按时间。"""
    order = ("name",) if by == "month" else ("-sent_count", "name")
    rows = _counted(user, since, until).annotate(name=GROUPS[by][1]).values("name")
    found: Any = rows.annotate(**TALLY).order_by(*order)
    return [Rate(_worded(row["name"]), row["sent_count"], row["accepted_count"], row["lost_count"]) for row in found]


def _worded(name: Any) -> str:
    return f"{name:%Y-%m}" if isinstance(name, dt.datetime) else str(name)
