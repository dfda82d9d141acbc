"""Which notices may be signed together, and what the general manager reads of each (第二十条、第二十二条)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from orders.models import Order
from parties.models import User
from reviews.models import Answer, Notice, Verdict
from reviews.selectors import at_hand, notices_of, with_answers
from workflow.guards import Refusal
from workflow.machine import offers


@dataclass(frozen=True)
class Sheet:
    """One notice on the signing page."""

    notice: Notice
    words: str
    refusals: tuple[Refusal, ...]

    @property
    def product(self) -> str:
        """The first line's product, and that there are more."""
        lines = self.notice.content["lines"]
        name: str = lines[0]["name"]
        return name if len(lines) == 1 else _("%(name)s等 %(n)s 项") % {"name": name, "n": len(lines)}

    @property
    def amount(self) -> Decimal:
        """签下去业务单值多少：更改的，是改了以后的合计（第二十二条）。"""
        order: Order = self.notice.order
        if self.notice.change is None:
            return order.amount
        self.notice.change.order = order
        return self.notice.change.changed_order.amount


def sheets(user: User, limit: int) -> list[Sheet]:
    """待签发的，先编的在前。"""
    ready = Q(order__state="agreed", change__isnull=True) | Q(change__state="reviewing")
    rows = notices_of(user).filter(ready, state=Notice.State.DRAFT).order_by("made_at")
    found = list(rows.prefetch_related(with_answers("round__answers"))[:limit])
    for notice in found:
        notice.take_order(notice.order)
        at_hand(notice.round)
    return [Sheet(notice, _words(notice), tuple(_objections(notice, user))) for notice in found]


def stands_alone(notice: Notice) -> Iterator[Refusal]:
    """Why a notice must be opened and signed by itself."""
    if notice.change_of_id is not None and notice.change_of is not None:
        words = _("一签，旧版 %(number)s 立即作废，要单独签。") % {"number": notice.change_of.number}
        yield Refusal(words, "第二十二条", "A22")
    if is_late(notice):
        yield Refusal(_("交期比客户要求晚，要单独看过协商记录再签。"), "第二十条", "A20.6")


def is_late(notice: Notice) -> bool:
    """约定的交期满足不了客户要求的日期。"""
    promised, wanted = dates_of(notice)
    return promised > wanted


def dates_of(notice: Notice) -> tuple[dt.date, dt.date]:
    """(交期, 客户要求)，照通知单上写的：还没生效的更改，业务单上还是旧的。"""
    content = notice.content
    return dt.date.fromisoformat(content["delivery_date"]), dt.date.fromisoformat(content["requested_date"])


def _objections(notice: Notice, user: User) -> Iterator[Refusal]:
    yield from stands_alone(notice)
    for offer in offers(notice, user):
        if offer.name == "sign":
            yield from offer.refusals


def _words(notice: Notice) -> str:
    """4 个部门同意，技术中心代签，待补签。"""
    answers = notice.round.answers_now
    agreed = sum(answer.verdict == Verdict.AGREE for answer in answers)
    parts = [_("%(n)s 个部门同意") % {"n": agreed}]
    for answer in answers:
        if answer.verdict == Verdict.CONDITIONAL:
            parts.append(_("%(name)s有条件") % {"name": answer.department.name})
        elif answer.verdict == Verdict.DISAGREE:
            parts.append(_("%(name)s不同意") % {"name": answer.department.name})
        if answer.state == Answer.State.PROXY_SIGNED:
            parts.append(_("%(name)s代签，待补签") % {"name": answer.department.name})
    if len(parts) == 1:
        parts.append(_("赶得上客户要求"))
    return "，".join(parts)
