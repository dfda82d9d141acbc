"""Reads of the outsourcing chapter: lists, one order with what moved, materials outside."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from orders.models import Order
from outsourcing.models import (
    MaterialIssue,
    OutsourcingLine,
    OutsourcingOrder,
    OutsourcingPlan,
    Processor,
    Receipt,
)
from outsourcing.models.order import OutsourcingQuerySet
from outsourcing.models.plan import PlanQuerySet
from parties.models import User

PARTS = ("order", "order__customer", "order__team", "notice", "plan", "processor", "made_by", "approved_by")


def visible_outsourcing(user: User) -> OutsourcingQuerySet:
    """这个人看得见的加工单，连同列表要用的关系。"""
    rows: OutsourcingQuerySet = OutsourcingOrder.objects.visible_to(user).select_related(*PARTS)
    return rows


def visible_plans(user: User) -> PlanQuerySet:
    """这个人看得见的外协计划。"""
    rows: PlanQuerySet = OutsourcingPlan.objects.visible_to(user)
    parts = rows.select_related("order", "order__team", "made_by", "approved_by", "on_site")
    return parts.prefetch_related("lines__line", "lines__processor")


def searched(rows: OutsourcingQuerySet, words: str) -> OutsourcingQuerySet:
    """按加工单号、业务单（单号、客户、品名）、加工商找。"""
    if not words.strip():
        return rows
    number = rows.filter(formal_number__istartswith=words.strip())
    by_order = rows.filter(order__in=Order.objects.searched(words))
    by_processor = rows.filter(processor_name__icontains=words.strip())
    return number | by_order | by_processor


def lines_of(documents: list[OutsourcingOrder]) -> dict[int, list[OutsourcingLine]]:
    """The lines of many outsourcing orders with what came back: one query."""
    found: dict[int, list[OutsourcingLine]] = {document.pk: [] for document in documents}
    rows = OutsourcingLine.objects.filter(outsourcing__in=documents).with_received().select_related("line")
    for line in rows.order_by("id"):
        found[line.outsourcing_id].append(line)
    return found


@dataclass(frozen=True)
class MaterialRow:
    """One issue of material: issued, returned, still outside."""

    issue: MaterialIssue
    returned: Decimal

    @property
    def outside(self) -> Decimal:
        return self.issue.quantity - self.returned


def materials_of(document: OutsourcingOrder) -> list[MaterialRow]:
    """发料与退料（第四章，A23.3）：各发多少、退多少、还在外面多少。"""
    returned = Coalesce(Sum("returns__quantity"), Value(Decimal(0)))
    rows = MaterialIssue.objects.filter(outsourcing=document).annotate(returned=returned)
    return [MaterialRow(row, row.returned) for row in rows.select_related("by", "line").order_by("-id")]


def receipts_of(document: OutsourcingOrder) -> QuerySet[Receipt]:
    """收货，新的在前。"""
    rows: QuerySet[Receipt] = Receipt.objects.filter(outsourcing=document)
    return rows.select_related("line__line", "by", "notice", "corrected_by").order_by("-id")


def processors(*, usable: bool = False) -> QuerySet[Processor]:
    """加工商；`usable` 只要没有停用的（A42）。"""
    rows = Processor.objects.annotate(busy=Exists(OutsourcingOrder.objects.open().filter(processor=OuterRef("pk"))))
    return rows.filter(suspended=False) if usable else rows
