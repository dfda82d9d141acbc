"""What production does when other chapters move, and what it objects to (DESIGN §4)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from orders.events import MayFinishProduction
from orders.models import OrderLine
from production.selectors import passed_by_line
from production.services.inspection import ARTICLE
from production.services.plan import plan_milestones
from reviews.events import NoticeIssued
from reviews.models import Notice
from workflow.events import objects_to, on
from workflow.guards import Refusal


@on(NoticeIssued)
def plan_from_notice(fact: NoticeIssued) -> None:
    """通知单下发，评审签字的计划日期即成为节点（第二十一条）。"""
    plan_milestones(Notice.objects.select_related("order", "round").get(pk=fact.notice_id))


@objects_to(MayFinishProduction)
def every_line_passed(question: MayFinishProduction) -> Iterator[Refusal]:
    """每一行检验合格到容差之内，或者已经关闭，才算生产完成（第五章，品质放行）。"""
    passed = passed_by_line(question.order.pk)
    for line in question.order.goods_now:
        so_far = passed.get(line.pk, Decimal(0))
        if not line.closed and so_far < line.least:
            yield Refusal(_lacking(line, so_far), ARTICLE, "A51")


def _lacking(line: OrderLine, passed: Decimal) -> str:
    return _("第 %(n)s 行%(name)s检验合格 %(passed)s／%(ordered)s %(unit)s") % {
        "n": line.position,
        "name": line.product_name,
        "passed": f"{passed.normalize():,f}",
        "ordered": f"{line.quantity.normalize():,f}",
        "unit": line.unit,
    }
