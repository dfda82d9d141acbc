"""What outsourcing objects to while something is still outside (第四章，A41)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from orders.events import MayApplyChange, MayCancel, MayComplete, MayFinishProduction
from orders.models import Order
from outsourcing.models import OutsourcingLine, OutsourcingOrder
from outsourcing.rights import ARTICLE
from workflow.events import objects_to
from workflow.guards import Refusal

State = OutsourcingOrder.State


def _standing(order: Order, states: Iterable[str]) -> Iterator[Refusal]:
    """One sentence for each outsourcing order of this order in these states, with the page that cures it."""
    rows = OutsourcingOrder.objects.filter(order=order, state__in=list(states)).order_by("id")
    for document in rows.only("pk", "formal_number", "state", "processor_name"):
        words = _("外协加工单 %(number)s（%(processor)s）还是「%(state)s」") % {
            "number": document.number,
            "processor": document.processor_name,
            "state": document.get_state_display(),
        }
        yield Refusal(words, ARTICLE, "A41", cure=reverse("outsourcing:detail", args=[document.number]))


@objects_to(MayFinishProduction)
def outsourced_work_is_back(question: MayFinishProduction) -> Iterator[Refusal]:
    """外协的活都收完了，才算生产完成（第四章，加工单）。"""
    yield from _standing(question.order, OutsourcingOrder.OPEN)


@objects_to(MayComplete)
def processors_are_settled(question: MayComplete) -> Iterator[Refusal]:
    """加工费都结清了，才结案（第四章，结算）。"""
    yield from _standing(question.order, [*OutsourcingOrder.OPEN, State.RECEIVED, State.RECONCILED])


@objects_to(MayCancel)
def outsourcing_is_stopped(question: MayCancel) -> Iterator[Refusal]:
    """外协都停了、账也清了，才取消业务单（第四章，加工单；第二十二条）。"""
    yield from _standing(question.order, [*OutsourcingOrder.OPEN, State.RECEIVED, State.RECONCILED])


@objects_to(MayApplyChange)
def closed_lines_are_not_outside(question: MayApplyChange) -> Iterator[Refusal]:
    """要关闭的行还在加工商手里，先停外协（第四章，加工单；第二十二条）。"""
    closed = [change.line for change in question.changes.lines if change.close]
    rows = OutsourcingLine.objects.filter(line__in=closed, outsourcing__state__in=OutsourcingOrder.OPEN)
    for row in rows.select_related("outsourcing", "line").order_by("id"):
        document = row.outsourcing
        words = _("第 %(n)s 行还在外协加工单 %(number)s（%(processor)s）上，先停外协再关闭") % {
            "n": row.line.position,
            "number": document.number,
            "processor": document.processor_name,
        }
        yield Refusal(words, ARTICLE, "A22", cure=reverse("outsourcing:detail", args=[document.number]))
