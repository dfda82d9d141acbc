"""开加工单：选加工商、定工序与单价（第四章，A23.2、A42）。"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from orders.models import Order, OrderLine, State
from orders.models.line import CENT
from orders.rights import works
from outsourcing.guards import suspended_words
from outsourcing.lines import own_lines
from outsourcing.models import OutsourcingLine, OutsourcingOrder, OutsourcingPlan, Processor
from outsourcing.rights import ARTICLE, CREATE
from parties.models import User
from reviews.selectors import notice_for_work
from workflow import clock
from workflow.guards import Blocked, Refusal, WrongState
from workflow.machine import begin, locked, together

WHILE = (State.ISSUED, State.PRODUCING)
FURTHEST = dt.timedelta(days=365 * 2)


@dataclass(frozen=True)
class OutsourcedLine:
    """加工单的一行：业务单哪一行、哪道工序、数量、单价。"""

    line: int
    operation: str
    quantity: Decimal
    unit_price: Decimal
    unit: str = ""
    specification: str = ""
    remark: str = ""


@dataclass(frozen=True)
class OutsourcingInput:
    """一张加工单的输入。`notice` blank = the current one; `mark` = the form's own: sent twice, it acts once."""

    processor: Processor
    delivery_date: dt.date
    lines: Sequence[OutsourcedLine]
    transport: str = ""
    terms: str = ""
    requirement: str = ""
    notice: str = ""
    plan: OutsourcingPlan | None = None
    mark: uuid.UUID | None = None


@together
def create_outsourcing(order: Order, given: OutsourcingInput, *, actor: User) -> OutsourcingOrder:
    """跟单员开加工单，等主任批准（第四章，加工单）：停用的加工商不能选，作废的通知单不能照做。"""
    order = locked(order)
    if not (actor.may(CREATE) and works(order, actor)):
        raise PermissionDenied(_("这张单不是您的，不能开加工单"))
    if made := _made_before(order, given.mark):
        return made
    open_order(order)
    lines = own_lines(order, [row.line for row in given.lines])
    _check(order, given)
    notice = notice_for_work(order, given.notice or None)
    processor = given.processor
    document = OutsourcingOrder(
        order=order, notice=notice, plan=given.plan, processor=processor, processor_name=processor.name,
        processor_contact=" ".join(filter(None, (processor.contact, processor.phone))),
        processor_address=processor.address, delivery_date=given.delivery_date, transport=given.transport.strip(),
        terms=given.terms.strip() or processor.terms, requirement=given.requirement.strip(), made_by=actor,
        form_mark=given.mark,
    )  # fmt: skip
    rows = [_line(document, row, line) for row, line in zip(given.lines, lines, strict=True)]
    document.amount = sum((row.amount for row in rows), Decimal(0))
    begin(document, actor=actor, label=_("开加工单"), article=ARTICLE, rule="A23.2")
    OutsourcingLine.objects.bulk_create(rows)
    return document


def _made_before(order: Order, mark: uuid.UUID | None) -> OutsourcingOrder | None:
    """What this very form has made before."""
    if mark is None:
        return None
    found: OutsourcingOrder | None = OutsourcingOrder.objects.filter(order=order, form_mark=mark).first()
    return found


def open_order(order: Order) -> None:
    """外协在下单以后、生产完成以前。"""
    if order.state not in WHILE:
        raise WrongState(
            _("业务单现在是「%(state)s」，下单以后、生产完成以前才外发") % {"state": order.get_state_display()}
        )


def _line(document: OutsourcingOrder, row: OutsourcedLine, line: OrderLine) -> OutsourcingLine:
    return OutsourcingLine(
        outsourcing=document, order=document.order, line=line, operation=row.operation.strip(),
        specification=row.specification.strip(), unit=row.unit.strip() or line.unit, quantity=row.quantity,
        unit_price=row.unit_price, amount=(row.quantity * row.unit_price).quantize(CENT, ROUND_HALF_UP),
        remark=row.remark.strip(),
    )  # fmt: skip


def _check(order: Order, given: OutsourcingInput) -> None:
    """What no outsourcing order may contain; a suspended processor is a refusal with its article."""
    if given.processor.suspended:
        words = suspended_words(given.processor.name, given.processor.suspended_reason)
        raise Blocked([Refusal(words, "第四章，加工商", "A42")])
    errors: dict[str, str] = {}
    if not clock.today() <= given.delivery_date <= clock.today() + FURTHEST:
        errors["delivery_date"] = _("交回日期 %(day)s 不在今天以后的两年之内") % {"day": given.delivery_date}
    if given.plan is not None and (
        given.plan.order_id != order.pk or given.plan.state != OutsourcingPlan.State.APPROVED
    ):
        errors["plan"] = _("计划 %(number)s 不是这张单的，或者还没有批准") % {"number": given.plan.number}
    for n, row in enumerate(given.lines):
        errors.update(_line_errors(n, row))
    if errors:
        raise ValidationError(errors)


def _line_errors(n: int, row: OutsourcedLine) -> dict[str, str]:
    errors = {}
    if row.quantity <= 0:
        errors[f"lines.{n}.quantity"] = _("第 %(n)s 行数量要大于零") % {"n": n + 1}
    if row.unit_price < 0:
        errors[f"lines.{n}.unit_price"] = _("第 %(n)s 行单价不能是负数") % {"n": n + 1}
    if not row.operation.strip():
        errors[f"lines.{n}.operation"] = _("第 %(n)s 行没有写工序") % {"n": n + 1}
    if row.quantity * row.unit_price >= Decimal(10) ** 11:
        errors[f"lines.{n}.unit_price"] = _("第 %(n)s 行金额太大，请核对数量和单价") % {"n": n + 1}
    return errors
