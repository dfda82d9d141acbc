"""外协计划：编制、批准（第四章，A23.0、A23.1）。"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from orders.models import Order
from orders.rights import works
from outsourcing.lines import own_lines
from outsourcing.models import OutsourcingPlan, PlanLine, Processor
from outsourcing.rights import CREATE
from outsourcing.services.making import open_order
from parties.models import User
from parties.roles import Function
from workflow.machine import begin, locked, perform, together


@dataclass(frozen=True)
class PlannedLine:
    """计划的一行。"""

    line: int
    operation: str
    quantity: Decimal
    reason: str = PlanLine.Reason.CAPACITY
    material: str = ""
    start: dt.date | None = None
    finish: dt.date | None = None
    processor: Processor | None = None
    fee: Decimal | None = None


@dataclass(frozen=True)
class PlanInput:
    """一份外协计划的输入。"""

    lines: Sequence[PlannedLine]
    note: str = ""
    on_site: User | None = None


@together
def create_plan(order: Order, given: PlanInput, *, actor: User) -> OutsourcingPlan:
    """制造部或跟单员提出外发：哪些产品、哪道工序、何时要（第四章，外协计划）。"""
    order = locked(order)
    if not (actor.may(CREATE) and (works(order, actor) or _makes(actor))):
        raise PermissionDenied(_("您没有编制外协计划的权限"))
    open_order(order)
    lines = own_lines(order, [row.line for row in given.lines])
    _check(given.lines)
    plan = OutsourcingPlan(order=order, note=given.note.strip(), on_site=given.on_site, made_by=actor)
    begin(plan, actor=actor, label=_("编制外协计划"), article="第四章，外协计划", rule="A23.1")
    PlanLine.objects.bulk_create(
        PlanLine(
            plan=plan,
            line=line,
            **{name: getattr(row, name) for name in PlannedLine.__dataclass_fields__ if name != "line"},
        )
        for row, line in zip(given.lines, lines, strict=True)
    )
    return plan


def approve_plan(plan: OutsourcingPlan, *, actor: User) -> OutsourcingPlan:
    """计划部批准外发（第四章，外协计划）。"""
    return perform(plan, "approve", actor=actor)


def _makes(actor: User) -> bool:
    """制造部的人（第四章，A23.1：制造部定外发什么）。"""
    return actor.department is not None and actor.department.function == Function.MANUFACTURING


def _check(rows: Sequence[PlannedLine]) -> None:
    errors = {}
    for n, row in enumerate(rows):
        if row.quantity <= 0:
            errors[f"lines.{n}.quantity"] = _("第 %(n)s 行数量要大于零") % {"n": n + 1}
        if not row.operation.strip():
            errors[f"lines.{n}.operation"] = _("第 %(n)s 行没有写工序") % {"n": n + 1}
        if row.start and row.finish and row.finish < row.start:
            errors[f"lines.{n}.finish"] = _("第 %(n)s 行完成日期早于开始日期") % {"n": n + 1}
    if errors:
        raise ValidationError(errors)
