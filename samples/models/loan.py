"""领用：一件样品交给哪个部门、哪个人、哪家客户，几时还（第六条、第十条）。"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from orders.models.seeing import SEES_ALL
from parties.models import Customer, Department, User
from samples.models.part import Part, PartQuerySet
from samples.models.sample import Sample
from samples.rights import KEEP, keeps
from workflow import clock
from workflow.guards import Right


class LoanQuerySet(PartQuerySet):
    """Loans, narrowed to what a person may see."""

    def visible_to(self, user: User) -> Self:
        """看得见样品的人，看得见它的领用（第三条、B7）。"""
        if user.role in SEES_ALL:
            return self
        return self.filter(Exists(Sample.objects.visible_to(user).filter(pk=OuterRef("sample_id"))))

    def out(self) -> Self:
        """还没有收回的。"""
        return self.filter(state=Loan.State.OUT)

    def overdue(self, today: dt.date) -> Self:
        """过了归还日期的。"""
        return self.out().filter(due_back__lt=today)


class Loan(Part):
    """一次领用：什么、多少、给谁、为什么、几时还、谁经手；签收，收回或写明去向（第六条、第十条）。

    `basis` names the paper with which it went out (`reviews_noticecopy:12`), `basis_words` as people call it.
    """

    class State(models.TextChoices):
        OUT = "out", _("在外")
        RETURNED = "returned", _("已归还")
        USED_UP = "used_up", _("已用完")
        LOST = "lost", _("遗失")

    series = "LY"
    provisional_prefix = "L"
    lock_with = ("sample__customer", "sample__holder", "department", "person", "customer")

    state = FSMField(_("状态"), max_length=20, choices=State, default=State.OUT, protected=True)
    sample = models.ForeignKey(Sample, models.PROTECT, related_name="loans", verbose_name=_("样品"))
    quantity = models.DecimalField(_("数量"), max_digits=14, decimal_places=3, default=1)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("领用部门")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("领用人")
    )
    customer = models.ForeignKey(
        Customer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("客户")
    )
    why = models.CharField(_("用途"), max_length=200)
    due_back = models.DateField(_("归还日期"))
    basis = models.CharField(max_length=80, blank=True)
    basis_words = models.CharField(_("随"), max_length=60, blank=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("签收人")
    )
    acknowledged_at = models.DateTimeField(_("签收时间"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("了结人")
    )
    ended_at = models.DateTimeField(_("了结时间"), null=True, blank=True)
    outcome = models.TextField(_("怎样了结"), blank=True)

    objects: ClassVar[models.Manager[Any]] = LoanQuerySet.as_manager()

    class Meta(Part.Meta):
        verbose_name = verbose_name_plural = _("样品领用")
        constraints: ClassVar = [
            *Part.Meta.constraints,
            models.CheckConstraint(name="loan_is_a_quantity", condition=Q(quantity__gt=0, quantity__lt=10**11)),
            models.CheckConstraint(
                name="loan_has_one_borrower",
                condition=Q(department__isnull=False, person__isnull=True, customer__isnull=True)
                | Q(department__isnull=True, person__isnull=False, customer__isnull=True)
                | Q(department__isnull=True, person__isnull=True, customer__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["sample", "state"], name="loan_by_sample"),
            models.Index(fields=["due_back"], name="loan_out_by_day", condition=Q(state="out")),
            models.Index(fields=["department"], name="loan_by_department"),
            models.Index(fields=["person"], name="loan_by_person"),
            models.Index(fields=["basis"], name="loan_by_basis", condition=~Q(basis="")),
            models.Index(fields=["order"], name="loan_out_by_order", condition=Q(state="out")),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.sample_id}"

    @property
    def own_chain(self) -> str:
        return f"samples_sample:{self.sample_id}"

    def own_roots(self) -> models.QuerySet[Any]:
        return Sample.objects.filter(pk=self.sample_id)

    def take_roots(self, roots: Iterable[Any]) -> None:
        super().take_roots(roots)
        self.sample.order = self.order

    @property
    def kept(self) -> Sample:
        """The thing that is lent."""
        return self.sample

    @property
    def borrower(self) -> Any:
        """领用的部门、人或客户。"""
        return self.department or self.person or self.customer

    @property
    def is_late(self) -> bool:
        """过期没有还。"""
        return self.state == self.State.OUT and self.due_back < clock.today()

    def end(self, by: User, words: str = "") -> None:
        """Stamp who ended it, and how."""
        self.ended_by, self.ended_at, self.outcome = by, clock.now(), words

    # --- the machine -------------------------------------------------------------------------------------------------
    @transition(
        field=state,
        source=State.OUT,
        target=State.RETURNED,
        permission=Right(KEEP, when=keeps),
        custom={"label": _("收回"), "article": "第十条", "rule": "A10"},
    )
    def take_back(self, *, by: User) -> None:
        """东西还回来了，放回原处（第十条）。"""
        self.end(by)

    @transition(
        field=state,
        source=State.OUT,
        target=State.RETURNED,
        permission=Right("orders.view"),
        custom={"label": _("随单收回"), "article": "第六条", "rule": "A6.3c", "driven": True},
    )
    def come_back(self, *, by: User, words: str) -> None:
        """随通知单交出去的标样，通知单交回时一起回来（第六条）。"""
        self.end(by, words)

    @transition(
        field=state,
        source=State.OUT,
        target=State.USED_UP,
        permission=Right(KEEP, when=keeps),
        custom={"label": _("用完"), "article": "第十条", "rule": "A10", "needs_reason": True},
    )
    def use_up(self, *, by: User, words: str) -> None:
        """领去用完了，写明用在哪里（第十条）。"""
        self.end(by, words)

    @transition(
        field=state,
        source=State.OUT,
        target=State.LOST,
        permission=Right(KEEP, when=keeps),
        custom={"label": _("遗失"), "article": "第十条", "rule": "A10", "needs_reason": True},
    )
    def lose(self, *, by: User, words: str) -> None:
        """丢了、坏了，写明原因；客户的东西写明谁赔（第十条）。"""
        self.end(by, words)
