"""更改的影响，谁签字以前都先看：做了什么、花了什么、赶不上什么、谁要知道（第二十二条）。"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.events import ChangeImpact, Impact
from orders.models import Order
from orders.services import Changes
from parties.models import User
from reviews.models import ChangeRequest, Notice, NoticeCopy
from reviews.pages import notice_page
from workflow.events import ask, collect
from workflow.guards import Refusal
from workflow.templatetags.wording import day, money

GRADES = {"stop": gettext_lazy("挡着"), "loss": gettext_lazy("损失"), "do": gettext_lazy("要办")}
ORDER = tuple(GRADES)


@dataclass(frozen=True)
class Preview:
    """What a change touches, the gravest first, and what would stand against it at this moment."""

    impacts: list[Impact]
    refusals: tuple[Refusal, ...]

    @property
    def grave(self) -> int:
        """How many of them cost something or stand in the way."""
        return len(self.refusals) + sum(impact.grade != "do" for impact in self.impacts)


def preview(change: ChangeRequest, user: User) -> Preview:
    """一份更改现在的影响；生效以后的不再算，钱只给看得见钱的人（B7）。"""
    if change.state not in {"draft", "submitted", "reviewing"}:
        return Preview([], ())
    sees_money = user.may("orders.view_money")
    found = [impact for impact in impacts_of(change) if sees_money or not impact.money]
    found.sort(key=lambda impact: ORDER.index(impact.grade))
    return Preview(found, tuple(ask(change.question())))


def impacts_of(change: ChangeRequest) -> Iterator[Impact]:
    """Every floor's consequences, and those of this one."""
    order, changes = change.order, change.changes
    for answer in collect(ChangeImpact(order, changes)):
        yield from answer
    yield from _of_the_order(change)
    yield from _copies_out(order)
    yield from _to_be_told(order, changes)


def _of_the_order(change: ChangeRequest) -> Iterator[Impact]:
    after = change.changed_order
    if after.amount != change.order.amount:
        words = _("订货金额从 %(old)s 元变成 %(new)s 元")
        given = {"old": money(change.order.amount), "new": money(after.amount)}
        yield Impact(words % given, "do", money=True)
    wanted = [one.requested_date for one in change.changes.lines if one.requested_date]
    promised = change.order.promised_date
    if wanted and promised and min(wanted) < promised:
        words = _("新的要求交期 %(wanted)s 早于已经答应的 %(promised)s")
        yield Impact(words % {"wanted": day(min(wanted)), "promised": day(promised)}, "do")


def _copies_out(order: Order) -> Iterator[Impact]:
    out = NoticeCopy.objects.filter(notice__order=order, state__in=NoticeCopy.OUT).select_related(
        "notice", "department"
    )
    by_notice: dict[Notice, list[str]] = {}
    for copy in out.order_by("notice_id", "number"):
        by_notice.setdefault(copy.notice, []).append(copy.department.name)
    for notice, names in by_notice.items():
        words = _("通知单 %(number)s 有 %(n)s 份在外面（%(names)s），签发后作废，要收回")
        given = {"number": notice.number, "n": len(names), "names": "、".join(names)}
        yield Impact(words % given, "do", notice_page(notice))


def _to_be_told(order: Order, changes: Changes) -> Iterator[Impact]:
    if any(change.unit_price is not None for change in changes.lines):
        yield Impact(_("要告诉财务：单价有更改，已发的货仍是原价"), "do", money=True)
    if order.salesperson is not None:
        words = _("要告诉业务员%(name)s：整单取消") if changes.cancel else _("要告诉业务员%(name)s：内容有更改")
        yield Impact(words % {"name": order.salesperson}, "do")
