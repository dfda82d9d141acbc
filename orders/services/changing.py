"""更改：下单以后，内容只经更改程序改；逐行写明改什么，一次改完，版次加一（第二十二条）。"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from orders.events import MayApplyChange, OrderCancelled, Shipped
from orders.models import Order, OrderLine, State
from orders.models.line import totals
from orders.selectors import shipped_of
from orders.services.intake import FURTHEST, MOST_LINES, LineInput, differences, line_errors, new_line, searchable
from orders.services.release import breakdown_error, plain_cells, sum_of
from orders.versions import keep, snapshot
from parties.models import User
from workflow import clock
from workflow.events import announce, ask
from workflow.guards import Blocked, WrongState
from workflow.machine import locked, perform, record, together

CHANGEABLE = (State.ISSUED, State.PRODUCING, State.SHIPPING, State.COLLECTING)
CANCELLABLE = (State.ISSUED, State.PRODUCING, State.SHIPPING)
VALUES = ("quantity", "unit_price", "requested_date", "specification", "breakdown")
WRITTEN = (*VALUES, "amount", "tax_amount", "promised_date", "closed")


@dataclass(frozen=True)
class LineChange:
    """一行怎样改：没写的不变；`add` 是新加的一行；`close` 是这一行到此为止，不再生产、不再发货。"""

    line: int | None = None
    quantity: Decimal | None = None
    unit_price: Decimal | None = None
    requested_date: dt.date | None = None
    specification: str | None = None
    breakdown: Sequence[dict[str, Any]] | None = None
    close: bool = False
    add: LineInput | None = None

    @property
    def values(self) -> dict[str, Any]:
        """The new values it names."""
        return {name: getattr(self, name) for name in VALUES if getattr(self, name) is not None}

    @property
    def only_price(self) -> bool:
        """Nothing but its price: what is made, how much and when stays as it was."""
        return not self.close and self.add is None and set(self.values) == {"unit_price"}


@dataclass(frozen=True)
class Changes:
    """一份更改的全部：逐行的，或者整单取消。"""

    lines: Sequence[LineChange] = ()
    cancel: bool = False

    def of(self, line: OrderLine) -> LineChange | None:
        """What happens to this line."""
        return next((change for change in self.lines if change.line == line.pk), None)

    @property
    def added(self) -> list[LineInput]:
        """The lines that come in addition."""
        return [change.add for change in self.lines if change.add is not None]

    def touched(self, after: Order) -> list[OrderLine]:
        """The lines of the order as it will be that this change adds or rewrites, those that end apart."""
        named = {change.line for change in self.lines}
        return [line for line in after.lines_now if (line.pk is None or line.pk in named) and not line.closed]


@together
def apply_change(order: Order, changes: Changes, *, actor: User, promised: dt.date | None = None) -> Order:
    """更改生效（由评审章在签发时推动）：锁住再问一遍，各行一次改完，金额系统算，新的一版留快照（第二十二条）。

    已发的货仍是原价：新单价只用于以后的发货。数量增加的，发货、收款中的单回到生产。
    """
    order = locked(order)
    check_changes(order, changes)
    if refusals := tuple(ask(MayApplyChange(order, changes))):
        raise Blocked(refusals)
    before, after = snapshot(order), as_changed(order, changes, promised=promised)
    grown = _asks_for_more(order, after)
    _write(order, after)
    order.version += 1
    keep(order, actor=actor)
    changed = differences(before, snapshot(order))
    record(
        order,
        "apply_change",
        actor=actor,
        label=_("照更改改成新的一版"),
        article="第二十二条",
        rule="A22",
        data=changed,
    )
    if grown and order.state in {State.SHIPPING, State.COLLECTING}:
        order = perform(order, "resume_production", actor=actor)
    return order


@together
def cancel_by_change(order: Order, reason: str, *, actor: User) -> Order:
    """客户取消，更改程序走完了（由评审章在签发时推动）：业务单取消（第二十二条）。"""
    order = perform(order, "cancel_by_change", actor=actor, reason=reason)
    announce(OrderCancelled(order.pk, actor, reason))
    return order


def as_changed(order: Order, changes: Changes, *, promised: dt.date | None = None) -> Order:
    """业务单改了以后的样子，没有存：通知单（更改）写的、评审看的就是它。关了的行只值已经净发的（A62）。"""
    fresh = copy(order)
    worth = shipped_of([line for line in order.lines_now if (change := changes.of(line)) and change.close])
    lines = [_changed(line, changes.of(line), fresh, worth.get(line.pk)) for line in order.lines_now]
    for given in changes.added:
        lines.append(new_line(fresh, lines[-1].position + 1, given))
        lines[-1].order = fresh
    still = [line for line in lines if not line.closed]
    if any(change.requested_date or change.add for change in changes.lines) and still:
        fresh.requested_date = max(line.requested_date for line in still)
    fresh.promised_date = promised or order.promised_date
    for line in still:
        line.promised_date = fresh.promised_date
    fresh.amount, fresh.tax_amount = totals(lines)
    fresh.lines_now = lines
    return fresh


def only_differences(order: Order, changes: Changes) -> Changes:
    """只有真改了的才算：与现在一样的值去掉，一样都没改的行去掉。"""
    now = {line.pk: line for line in order.lines_now}
    kept = [only_new(change, now.get(change.line or 0)) for change in changes.lines]
    return replace(changes, lines=tuple(one for one in kept if one.add or one.close or one.values))


def only_new(change: LineChange, line: OrderLine | None) -> LineChange:
    """What of it differs from the line; new colours and sizes bring their sum as the quantity (C6)."""
    if change.add is not None:
        return replace(change, add=replace(change.add, breakdown=plain_cells(change.add.breakdown)))
    if change.breakdown is not None:
        change = replace(change, breakdown=plain_cells(change.breakdown))
        if change.breakdown and change.quantity is None:
            change = replace(change, quantity=sum_of(change.breakdown))
    if line is None:
        return change
    same = {name: None for name, value in change.values.items() if value == _now(line, name)}
    return replace(change, **same)  # type: ignore[arg-type]


def _now(line: OrderLine, name: str) -> Any:
    return plain_cells(line.breakdown) if name == "breakdown" else getattr(line, name)


def check_changes(order: Order, changes: Changes) -> None:
    """What no change may say, whoever writes it; errors name their field."""
    allowed = CANCELLABLE if changes.cancel else CHANGEABLE
    if order.state not in allowed:
        words = _("业务单现在是「%(state)s」，不能走更改程序")
        raise WrongState(words % {"state": order.get_state_display()})
    errors = dict(_errors(order, changes))
    if changes.cancel and changes.lines:
        errors["cancel"] = _("整单取消就不用逐行改了，两样只能选一样")
    elif not changes.cancel and not changes.lines:
        errors["lines"] = _("还没有写要改什么")
    if errors:
        raise ValidationError(errors)


def _errors(order: Order, changes: Changes) -> Iterator[tuple[str, str]]:
    now, seen = {line.pk: line for line in order.lines_now}, set()
    for n, change in enumerate(changes.lines):
        if change.add is not None:
            yield from _of_added(n, change.add)
        elif change.line not in now or change.line in seen:
            yield f"lines.{n}.line", _("第 %(n)s 项不是这张单的行，或者写了两遍") % {"n": n + 1}
        else:
            seen.add(change.line)
            yield from _of_line(n, change, now[change.line])
    if len(now) + len(changes.added) > MOST_LINES:
        yield "lines", _("明细最多 %(n)s 行") % {"n": MOST_LINES}
    closed = {change.line for change in changes.lines if change.close}
    still = [line for line in now.values() if not (line.closed or line.fee) and line.pk not in closed]
    if closed and not still and all(given.fee for given in changes.added):
        yield "lines", _("各行都关闭就是整单取消，请选整单取消")


def _of_added(n: int, given: LineInput) -> Iterator[tuple[str, str]]:
    for key, words in line_errors([given]).items():
        yield f"lines.{n}.{key.rpartition('.')[2]}", words
    if given.requested_date and (wrong := _date_error(given.requested_date)):
        yield f"lines.{n}.requested_date", wrong


def _of_line(n: int, change: LineChange, line: OrderLine) -> Iterator[tuple[str, str]]:
    place = {"n": line.position}
    if line.closed:
        yield f"lines.{n}.line", _("第 %(n)s 行已经关闭，不能再改") % place
    elif change.close and change.values:
        yield f"lines.{n}.close", _("第 %(n)s 行要关闭，就不用再改它") % place
    quantity = line.quantity if change.quantity is None else change.quantity
    yield from _of_cells(n, change, line, quantity)
    price = line.unit_price if change.unit_price is None else change.unit_price
    if quantity <= 0:
        yield f"lines.{n}.quantity", _("第 %(n)s 行数量要大于零；不要了请关闭这一行") % place
    if price < 0:
        yield f"lines.{n}.unit_price", _("第 %(n)s 行单价不能是负数") % place
    if quantity * price >= Decimal(10) ** 11:
        yield f"lines.{n}.unit_price", _("第 %(n)s 行金额太大，请核对数量和单价") % place
    if change.requested_date and (wrong := _date_error(change.requested_date)):
        yield f"lines.{n}.requested_date", wrong


def _of_cells(n: int, change: LineChange, line: OrderLine, quantity: Decimal) -> Iterator[tuple[str, str]]:
    """分颜色尺码的行，数量改了要给出新的每一格；合计就是新的数量（C6）。"""
    place = {"n": line.position}
    if change.breakdown is None:
        if line.breakdown and quantity != line.quantity:
            yield f"lines.{n}.breakdown", _("第 %(n)s 行分颜色尺码，数量改了，请写新的每一格") % place
    elif not change.breakdown and line.kind.turned_on("breakdown"):
        yield f"lines.{n}.breakdown", _("第 %(n)s 行的种类要分颜色尺码，不能都去掉") % place
    elif wrong := breakdown_error(change.breakdown, quantity):
        yield f"lines.{n}.breakdown", _("第 %(n)s 行%(wrong)s") % {**place, "wrong": wrong}


def _date_error(day: dt.date) -> str:
    today = clock.today()
    if day < today:
        return _("要求交期不能改到今天以前")
    return _("要求交期 %(day)s 不像是真的") % {"day": day} if day > today + FURTHEST else ""


def _changed(line: OrderLine, change: LineChange | None, order: Order, shipped: Shipped | None) -> OrderLine:
    fresh = copy(line)
    fresh.order = order
    if change is None:
        return fresh
    if shipped is not None:  # it ends here: the order is worth what was shipped of it; a fee is not charged any more
        fresh.closed, fresh.amount, fresh.tax_amount = True, shipped.amount, shipped.tax
        return fresh
    for name, value in change.values.items():
        setattr(fresh, name, list(value) if name == "breakdown" else value)
    fresh.price_up(tax_rate=order.tax_rate, prices_include_tax=order.prices_include_tax)
    return fresh


def _asks_for_more(order: Order, after: Order) -> bool:
    """A quantity rises or a line comes in addition: there is something to produce again."""
    had = {line.pk: line.quantity for line in order.lines_now}
    return any(line.pk is None or line.quantity > had[line.pk] for line in after.goods_now)


def _write(order: Order, after: Order) -> None:
    lines = after.lines_now
    for line in lines:
        line.order = order
    OrderLine.objects.bulk_update([line for line in lines if line.pk is not None], WRITTEN)
    OrderLine.objects.bulk_create([line for line in lines if line.pk is None])
    order.lines_now = after.lines_now
    for name in ("amount", "tax_amount", "requested_date", "promised_date"):
        setattr(order, name, getattr(after, name))
    order.search_text = searchable(order, order.lines_now)
