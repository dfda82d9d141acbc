"""The facts that outsourcing waits for, each with its article (第四章)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import Sum
from django.utils.translation import gettext as _

from workflow.guards import guard
from workflow.templatetags.wording import quantity

if TYPE_CHECKING:
    from outsourcing.models import OutsourcingOrder, OutsourcingPlan


@guard("计划还没有明细，至少要有一行", article="第四章，外协计划", rule="A23.1")
def plan_has_lines(plan: OutsourcingPlan) -> bool:
    """外发什么、哪道工序，要写明。"""
    return bool(plan.lines.exists())


@guard(article="第四章，加工商", rule="A42")
def processor_is_in_use(document: OutsourcingOrder) -> Iterator[str]:
    """停用的加工商不能再派活。"""
    processor = document.processor
    if processor.suspended:
        yield suspended_words(processor.name, processor.suspended_reason)


@guard(article="第二十二条", rule="A22")
def notice_holds(document: OutsourcingOrder) -> Iterator[str]:
    """照着做的通知单没有作废。"""
    if document.notice.state != "issued":
        yield _("通知单 %(number)s 现在是「%(state)s」，不能照它外发") % {
            "number": document.notice.number,
            "state": document.notice.get_state_display(),
        }


@guard(article="第四章，收货", rule="A41")
def everything_came_back(document: OutsourcingOrder) -> Iterator[str]:
    """各行收齐，或写明了短收的原因。"""
    if document.short_reason:
        return
    for n, line in enumerate(document.lines_now, start=1):
        if line.good < line.least:
            yield _("第 %(n)s 行%(name)s%(operation)s收货合格 %(good)s／%(quantity)s %(unit)s；短收要写明原因") % {
                "n": n,
                "name": line.line.product_name,
                "operation": line.operation,
                "good": quantity(line.good),
                "quantity": quantity(line.quantity),
                "unit": line.unit,
            }


@guard(article="第四章，加工单", rule="A41")
def nothing_lies_outside(document: OutsourcingOrder) -> Iterator[str]:
    """取消之前：没有收过货，发出去的材料都退回来了。"""
    if document.state != "sent":
        return
    if any(line.received_sum for line in document.lines_now):
        yield _("已经收过货，不能取消；请收货完成，写明短收的原因")
    issued = document.material_issues.aggregate(sum=Sum("quantity"))["sum"] or 0
    returned = document.material_returns.aggregate(sum=Sum("quantity"))["sum"] or 0
    if issued > returned:
        yield _("发出去的材料还没有全部退回")


def suspended_words(name: str, reason: str) -> str:
    """加工商已停用，为什么。"""
    words = _("加工商%(name)s已停用，不能选") % {"name": name}
    return f"{words}（{reason}）" if reason else words
