"""Reads of the register: lists, one thing with its life, what an order still lacks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Least

from orders.models import Order, OrderLine
from papers.models import Attachment, Paper
from papers.services import attachments_of, papers_of
from parties.models import User
from samples.models import GatePass, Loan, Sample, SampleDispatch, SampleMovement
from samples.models.part import PartQuerySet
from samples.models.sample import SampleQuerySet

PARTS = ("order__team", "order__customer", "line", "customer", "holder", "made_by")


def visible_samples(user: User) -> SampleQuerySet:
    """这个人看得见的样品，连同页面要用的关系和余数。"""
    rows: SampleQuerySet = Sample.objects.visible_to(user)
    return rows.select_related(*PARTS).with_balance()


def visible_loans(user: User) -> PartQuerySet:
    """这个人看得见的领用。"""
    rows: PartQuerySet = Loan.objects.visible_to(user)
    return rows.select_related(
        "sample__holder", "sample__customer", "order__team", "department", "person", "customer", "made_by"
    )


def visible_dispatches(user: User) -> PartQuerySet:
    """这个人看得见的寄样。"""
    rows: PartQuerySet = SampleDispatch.objects.visible_to(user)
    return rows.select_related("order__team", "customer", "made_by").prefetch_related("lines__sample")


def visible_passes(user: User) -> PartQuerySet:
    """这个人看得见的放行条。"""
    rows: PartQuerySet = GatePass.objects.visible_to(user)
    return rows.select_related("order__team", "sample", "dispatch", "made_by", "decided_by")


def open_loans(order: Order) -> QuerySet[Loan]:
    """这张单还没有收回的领用（第十条）：挡结案。"""
    rows: QuerySet[Loan] = Loan.objects.filter(order=order, state=Loan.State.OUT)
    return rows.select_related("sample", "department", "person", "customer").order_by("pk")


def without_retained(lines: QuerySet[OrderLine]) -> QuerySet[OrderLine]:
    """还没有留成品的行（第十条）；打样的留样不算成品的。"""
    retained = Sample.objects.filter(line=OuterRef("pk"), kind=Sample.Kind.RETAINED, of_proof=False)
    return lines.filter(~Exists(retained), closed=False)


PROOFS = (Sample.Kind.SHEET, Sample.Kind.STANDARD, Sample.Kind.SPECIMEN)


def proofed_not_retained(lines: QuerySet[OrderLine]) -> QuerySet[Any]:
    """打过样、还没有留样的行（第十条），连同最早何时打的样 `proofed_at`。

    A line was proofed when a 样张 of it was registered, or a sample of it was sent to the customer.
    """
    of_line = Sample.objects.filter(line=OuterRef("pk"))
    sheets = of_line.filter(kind=Sample.Kind.SHEET).order_by("made_at").values("made_at")[:1]
    sent = SampleDispatch.objects.filter(
        lines__sample__line=OuterRef("pk"), lines__sample__kind__in=PROOFS, sent_at__isnull=False
    )
    first_sent = sent.order_by("sent_at").values("sent_at")[:1]
    rows = lines.annotate(proofed_at=Least(Subquery(sheets), Subquery(first_sent)))
    retained = of_line.filter(kind=Sample.Kind.RETAINED, of_proof=True)
    return rows.filter(~Exists(retained), proofed_at__isnull=False, closed=False)


def standards_of(order: Order) -> list[Sample]:
    """这张单在手里的标样、样张，可以随通知单交出去（第六条）。"""
    wanted = (Sample.Kind.STANDARD, Sample.Kind.SHEET)
    rows = Sample.objects.filter(order=order, state=Sample.State.KEPT, kind__in=wanted).with_balance()
    return [sample for sample in rows.order_by("pk") if sample.balance.here > 0]


def lent_with(bases: list[str]) -> dict[str, list[Loan]]:
    """随哪一份单据交出去了什么，还没有收回：一次查。"""
    found: dict[str, list[Loan]] = {}
    for loan in Loan.objects.filter(basis__in=bases, state=Loan.State.OUT).select_related("sample").order_by("pk"):
        found.setdefault(loan.basis, []).append(loan)
    return found


@dataclass
class Life:
    """一件样品的一生：照片、领用、去向、寄样、放行条、单据。"""

    sample: Sample

    @cached_property
    def photos(self) -> list[Attachment]:
        return list(attachments_of(self.sample))

    @cached_property
    def loans(self) -> list[Loan]:
        rows = self.sample.loans.select_related(
            "department", "person", "customer", "made_by", "acknowledged_by", "ended_by"
        )
        return list(rows.order_by("-pk")[:50])

    @cached_property
    def movements(self) -> list[SampleMovement]:
        return list(self.sample.movements.select_related("by", "loan", "dispatch").order_by("-pk")[:100])

    @cached_property
    def dispatches(self) -> list[SampleDispatch]:
        return list(SampleDispatch.objects.filter(lines__sample=self.sample).order_by("-pk")[:20])

    @cached_property
    def passes(self) -> list[GatePass]:
        return list(self.sample.passes.select_related("made_by", "decided_by").order_by("-pk")[:20])

    @cached_property
    def papers(self) -> list[Paper]:
        return list(papers_of(*self.loans)) if self.loans else []
