"""What shipping does when others act, and what it objects to (DESIGN §4)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from orders.events import MayApplyChange, MayCancel, MayComplete, MayFinishShipping
from orders.kind_papers import papers_missing
from orders.selectors import order_files
from production.events import GoodsPassed, MayTakeBackPassed
from shipping.events import MayDispatch
from shipping.models import Return, StoreEntry
from shipping.models.standing import standings
from workflow.events import objects_to, on
from workflow.guards import Refusal
from workflow.templatetags.wording import quantity


@on(GoodsPassed)
def post_passed_goods(event: GoodsPassed) -> None:
    """检验合格即成品入库，单据自动生成；更正检验是差额，可以为负（E7）。"""
    StoreEntry.objects.create(
        line_id=event.line_id,
        kind=StoreEntry.Kind.PASSED,
        quantity=event.quantity,
        source=f"production_inspection:{event.inspection_id}:{event.line_id}",
        note=event.report_no,
        by_id=event.actor_id,
    )


@objects_to(MayTakeBackPassed)
def goods_still_in_store(question: MayTakeBackPassed) -> Iterator[Refusal]:
    """更正检验要减掉的合格数，得还在成品库里（E7：成品台账不为负）。"""
    stored = standings([question.line_id])[question.line_id].stored
    if stored < question.quantity:
        words = _("要减掉合格 %(less)s，成品库只剩 %(stored)s，其余已经发出")
        yield Refusal(
            words % {"less": quantity(question.quantity), "stored": quantity(stored)}, "E类，成品入库出库", "E7"
        )


@objects_to(MayFinishShipping)
def every_line_is_shipped(question: MayFinishShipping) -> Iterator[Refusal]:
    """每行净发货到了短缺容差的下限，或已关闭；否则每行一句（A54）。"""
    lines = question.order.goods_now
    where = standings([line.pk for line in lines])
    for line in lines:
        standing = where[line.pk]
        if not standing.complete:
            yield Refusal(
                _("第 %(n)s 行「%(product)s」净发 %(net)s %(unit)s，至少要发 %(least)s %(unit)s")
                % {
                    "n": line.position,
                    "product": line.product_name,
                    "net": quantity(standing.fulfilled),
                    "least": quantity(standing.least),
                    "unit": line.unit,
                },
                "第五章，发运",
                "A54",
            )


@objects_to(MayCancel)
def nothing_is_shipped(question: MayCancel) -> Iterator[Refusal]:
    """发出去的货没有全退回来，业务单不能取消（第二十二条）。"""
    lines = question.order.goods_now
    where = standings([line.pk for line in lines])
    for line in lines:
        if where[line.pk].physical > 0:
            yield Refusal(
                _("第 %(n)s 行「%(product)s」已净发 %(net)s %(unit)s，先退货才能取消")
                % {
                    "n": line.position,
                    "product": line.product_name,
                    "net": quantity(where[line.pk].physical),
                    "unit": line.unit,
                },
                "第二十二条",
                "A22",
            )


@objects_to(MayApplyChange)
def not_less_than_shipped(question: MayApplyChange) -> Iterator[Refusal]:
    """数量不能改到净发货以下；货发出去了的不能整单取消（第二十二条，I14）。"""
    changes, lines = question.changes, question.order.goods_now
    where = standings([line.pk for line in lines])
    for line in lines:
        change, net = changes.of(line), where[line.pk].physical
        wanted = Decimal(0) if changes.cancel else change.quantity if change else None
        if wanted is not None and wanted < line.quantity and wanted < net:
            yield Refusal(
                _("第 %(n)s 行「%(product)s」已净发 %(net)s %(unit)s，数量不能再少")
                % {"n": line.position, "product": line.product_name, "net": quantity(net), "unit": line.unit},
                "第二十二条",
                "A22",
            )


@objects_to(MayComplete)
def no_return_is_open(question: MayComplete) -> Iterator[Refusal]:
    """退货都收到了，该补的都补了，才能结案（第五章，退货）。"""
    order = question.order
    waiting = Return.objects.filter(lines__order_line__order=order, state=Return.State.REGISTERED).distinct()
    for document in waiting:
        yield Refusal(_("退货 %(number)s 还没有收到") % {"number": document.number}, "第五章，退货", "A56")
    where = standings([line.pk for line in order.goods_now])
    for line in order.goods_now:
        if owed := where[line.pk].owed:
            words = _("第 %(n)s 行「%(product)s」退回的还欠客户 %(owed)s %(unit)s，没有补") % {
                "n": line.position,
                "product": line.product_name,
                "owed": quantity(owed),
                "unit": line.unit,
            }
            yield Refusal(words, "第五章，退货", "A56")


@objects_to(MayDispatch)
def papers_are_complete(question: MayDispatch) -> Iterator[Refusal]:
    """种类要的单证（合同、装箱单、发票）都归在单上才发货（C类 外贸，C8）。"""
    for order in question.delivery.orders_now:
        if missing := papers_missing(order):
            words = _("业务单 %(number)s 还缺单证：%(papers)s")
            yield Refusal(
                words % {"number": order.number, "papers": "、".join(missing)}, "C类 外贸", "C8", order_files(order)
            )
