"""What no quotation may contain, whoever enters it; errors name their field (B1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from orders.models import Inquiry
from parties.models import User
from workflow import clock

if TYPE_CHECKING:
    from orders.services.quotation import QuotationInput, QuotedLine

FURTHEST = dt.timedelta(days=366)
MOST_LINES, MOST_STEPS = 100, 4
TOO_MUCH = Decimal(10) ** 11


def check(given: QuotationInput, holder: User) -> None:
    """Raise every error at once."""
    errors = dict(_head_errors(given, holder))
    for n, line in enumerate(given.lines):
        errors.update(_line_errors(n, line))
    if errors:
        raise ValidationError(errors)


def _head_errors(given: QuotationInput, holder: User) -> Iterator[tuple[str, str]]:
    if given.customer is None and not given.prospect.strip():
        yield "customer", _("请填客户，还不是客户的填名称")
    if given.customer is not None and not given.customer.active:
        yield "customer", _("客户 %(name)s 已停用") % {"name": given.customer.name}
    if not clock.today() <= given.valid_until <= clock.today() + FURTHEST:
        yield "valid_until", _("有效期 %(day)s 不在今天以后的一年之内") % {"day": given.valid_until}
    if given.inquiry is not None and given.inquiry.state == Inquiry.State.CLOSED:
        yield "inquiry", _("询盘 %(number)s 已关闭") % {"number": given.inquiry.number}
    if given.coordinator is not None and not given.coordinator.may("orders.submit"):
        yield "coordinator", _("%(name)s 不是跟单员") % {"name": given.coordinator}
    if given.coordinator is None and not holder.may("orders.create"):
        yield "coordinator", _("请选跟单员，成交以后由他登记业务单")
    if len(given.lines) > MOST_LINES:
        yield "lines", _("最多 %(n)s 行") % {"n": MOST_LINES}


def _line_errors(n: int, line: QuotedLine) -> Iterator[tuple[str, str]]:
    place = {"n": n + 1}
    if line.product is None and not line.product_name.strip():
        yield f"lines.{n}.product_name", _("第 %(n)s 行没有品名") % place
    if not line.unit.strip():
        yield f"lines.{n}.unit", _("第 %(n)s 行没有单位") % place
    if line.lead_days is not None and not 0 < line.lead_days <= 366:
        yield f"lines.{n}.lead_days", _("第 %(n)s 行的交货天数不像是真的") % place
    for fee in ("tooling_fee", "proof_fee"):
        if not 0 <= getattr(line, fee) < TOO_MUCH:
            yield f"lines.{n}.{fee}", _("第 %(n)s 行的费用请核对") % place
    if words := _steps_error(line):
        yield f"lines.{n}.steps", _("第 %(n)s 行%(words)s") % (place | {"words": words})


def _steps_error(line: QuotedLine) -> str:
    quantities = [step.quantity for step in line.steps]
    if not quantities:
        return _("没有数量和单价")
    if len(quantities) > MOST_STEPS:
        return _("数量最多分 %(n)s 级") % {"n": MOST_STEPS}
    if len(set(quantities)) < len(quantities):
        return _("同一数量写了两个单价")
    if any(step.quantity <= 0 or step.unit_price < 0 for step in line.steps):
        return _("数量要大于零，单价不能是负数")
    if any(step.quantity * step.unit_price >= TOO_MUCH for step in line.steps):
        return _("金额太大，请核对数量和单价")
    return ""
