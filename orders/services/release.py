"""下单的凭据、退货日、分颜色尺码（C3b、C5、C6）。"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from orders.models import BusinessKind, Order, OrderLine, ReleaseWord, ReturnDay, ReturnDayWithdrawal, State
from orders.models.states import BEFORE_ISSUE
from orders.rights import works
from orders.services.kind import EDIT_KINDS
from orders.versions import keep
from parties.models import User
from workflow import clock
from workflow.guards import WrongState
from workflow.machine import locked, record, together

MOST_CELLS = 400


@together
def record_release_word(order: Order, what: str, who: str, words: str, *, actor: User) -> ReleaseWord:
    """登记下单的凭据：担保单、业务员的书面话、客户的再确认（C3b）；业务员的话由业务员本人或跟单员登记。"""
    order = locked(order)
    own = what == ReleaseWord.What.SALESPERSON and order.salesperson_id == actor.pk
    if not (own or (actor.may("orders.record_release") and works(order, actor))):
        raise PermissionDenied(_("下单凭据由这张单的跟单员登记"))
    if order.kind.release_days is None:
        raise WrongState(_("「%(kind)s」接单就是下单，不用登记凭据") % {"kind": order.kind.name})
    if order.state not in BEFORE_ISSUE:
        raise WrongState(_("现在是「%(state)s」，不用登记下单凭据") % {"state": order.get_state_display()})
    errors = {} if what in ReleaseWord.What.values else {"what": _("没有这一种凭据")}
    errors |= {name: _("请填%(label)s") % {"label": label} for name, label, said in
               (("who", _("谁"), who), ("words", _("内容"), words)) if not said.strip()}  # fmt: skip
    if errors:
        raise ValidationError(errors)
    word = ReleaseWord.objects.create(order=order, what=what, who=who.strip()[:60], words=words.strip(), by=actor)
    record(
        order, "record_release_word", actor=actor, label=_("登记%(what)s") % {"what": word.get_what_display()},
        article="C类 下单", rule="C3b", reason=words.strip(), data={"what": what, "who": who.strip()}, save=False,
    )  # fmt: skip
    return word


@together
def confirm_return_day(kind: BusinessKind, day: dt.date, *, actor: User) -> ReturnDay:
    """确认一个退货日：要在种类定的每月几号到几号之内（C5）。"""
    if not actor.may(EDIT_KINDS):
        raise PermissionDenied(_("退货日由主任、总监或管理员确认"))
    kind = BusinessKind.objects.select_for_update(no_key=True).get(pk=kind.pk)
    span = kind.rules.return_days
    wrong = ""
    if span is None:
        wrong = _("「%(kind)s」没有定退货日期") % {"kind": kind}
    elif not span[0] <= day.day <= span[1]:
        wrong = _("退货只在每月 %(from)d 号到 %(to)d 号") % {"from": span[0], "to": span[1]}
    elif not clock.today() < day <= clock.today() + dt.timedelta(days=366):
        wrong = _("退货日要在今天以后、一年以内")
    elif ReturnDay.objects.standing().filter(kind=kind, day=day).exists():
        wrong = _("%(day)s 已经确认过了") % {"day": day}
    if wrong:
        raise ValidationError({"day": wrong})
    turn = ReturnDay.objects.filter(kind=kind, day=day).count()
    return ReturnDay.objects.create(kind=kind, day=day, turn=turn, by=actor)


@together
def withdraw_return_day(return_day: ReturnDay, reason: str, *, actor: User) -> ReturnDayWithdrawal:
    """撤回确认了的退货日，写明理由：那一天照常收单、下单（C5）；过去了的不能撤。"""
    if not actor.may(EDIT_KINDS):
        raise PermissionDenied(_("退货日由主任、总监或管理员撤回"))
    BusinessKind.objects.select_for_update(no_key=True).get(pk=return_day.kind_id)
    if not reason.strip():
        raise ValidationError({"reason": _("请写明为什么撤回")})
    if ReturnDayWithdrawal.objects.filter(return_day=return_day).exists():
        raise WrongState(_("%(day)s 这个退货日已经撤回了") % {"day": return_day.day})
    if return_day.day < clock.today():
        raise WrongState(_("%(day)s 已经过去了，不能撤回") % {"day": return_day.day})
    return ReturnDayWithdrawal.objects.create(return_day=return_day, reason=reason.strip()[:200], by=actor)


@together
def break_down(line: OrderLine, cells: Sequence[dict[str, Any]], *, actor: User) -> Order:
    """一行分颜色、尺码各多少，合计就是这一行的数量（C6）。"""
    order = locked(line.order)
    if not (actor.may("orders.edit") and works(order, actor)):
        raise PermissionDenied(_("这张单不是您的，不能改"))
    if order.state not in {State.DRAFT, State.ACCEPTED, State.NEGOTIATING}:
        raise WrongState(_("现在是「%(state)s」，内容只能经更改程序改") % {"state": order.get_state_display()})
    line = order.lines.get(pk=line.pk)
    if wrong := breakdown_error(cells, line.quantity):
        raise ValidationError({"breakdown": wrong})
    before, line.breakdown = line.breakdown, [{**cell, "quantity": str(cell["quantity"])} for cell in cells]
    if line.breakdown == before:
        return order
    line.save(update_fields=["breakdown"])
    order.__dict__.pop("lines_now", None)
    if order.state != State.DRAFT:
        order.version += 1
        keep(order, actor=actor)
    return record(
        order, "break_down", actor=actor, label=_("分颜色尺码"), article="C类 服装印染", rule="C6",
        data={"line": line.pk, "breakdown": [before, line.breakdown]},
    )  # fmt: skip


def plain_cells(cells: Sequence[dict[str, Any]]) -> tuple[dict[str, str], ...]:
    """Cells as they are kept: words, and a quantity written in one way only."""
    return tuple(
        {"colour": cell.get("colour", ""), "size": cell.get("size", ""), "quantity": f"{_quantity(cell).normalize():f}"}
        for cell in cells
    )


def sum_of(cells: Sequence[dict[str, Any]]) -> Decimal:
    """颜色尺码的合计，就是这一行的数量（C6）。"""
    return sum((_quantity(cell) for cell in cells), Decimal(0))


def _quantity(cell: dict[str, Any]) -> Decimal:
    return Decimal(str(cell["quantity"]))


def breakdown_error(cells: Sequence[dict[str, Any]], quantity: Decimal) -> str:
    """What is wrong with a breakdown, in a sentence; nothing when it adds up (C6)."""
    if not cells:
        return ""
    if len(cells) > MOST_CELLS:
        return _("颜色尺码最多 %(n)d 格") % {"n": MOST_CELLS}
    if any(not (cell["colour"] or cell["size"]) or Decimal(cell["quantity"]) <= 0 for cell in cells):
        return _("每一格要有颜色或尺码，数量大于零")
    if len({(cell["colour"], cell["size"]) for cell in cells}) != len(cells):
        return _("同一个颜色尺码写了两遍")
    total = sum_of(cells)
    if total != quantity:
        return _("颜色尺码合计 %(total)s，与数量 %(quantity)s 不符") % {
            "total": f"{total.normalize():f}", "quantity": f"{quantity.normalize():f}",
        }  # fmt: skip
    return ""
