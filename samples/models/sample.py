"""样品登记：一件东西在册，放在哪里、谁保管、留到何时、剩多少（第十条；客供料 C7）。"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from orders.models import OrderLine
from orders.models.seeing import SEES_ALL
from parties.models import Customer, User
from samples import guards
from samples.models.part import Part, PartQuerySet, by_order
from samples.rights import KEEP, is_store, keeps
from workflow import clock
from workflow.guards import Right
from workflow.search import matching, search_text

if TYPE_CHECKING:
    from samples.models.loan import Loan

ZERO = Decimal(0)
SOON = dt.timedelta(days=7)


@dataclass(frozen=True)
class Balance:
    """收到多少，用了、退了、寄了、丢了多少，借出去多少。"""

    quantity: Decimal
    gone: Decimal
    out: Decimal

    @property
    def left(self) -> Decimal:
        """还在册的，连同借出去的。"""
        return self.quantity - self.gone

    @property
    def here(self) -> Decimal:
        """在手里的。"""
        return self.left - self.out


class SampleQuerySet(PartQuerySet):
    """Samples, narrowed to what a person may see and looks for."""

    def visible_to(self, user: User) -> Self:
        """业务单看得见的、自己保管或领用的；客供料还有物控与仓库（第三条、B7）。"""
        if user.role in SEES_ALL:
            return self
        from samples.models.loan import Loan

        lent = Q(person=user) | Q(department=user.department_id) if user.department_id else Q(person=user)
        mine = by_order(user) | Q(holder=user) | Q(Exists(Loan.objects.filter(lent, sample=OuterRef("pk"))))
        return self.filter(mine | Q(kind=Sample.Kind.MATERIAL) if is_store(user) else mine)

    def with_balance(self) -> Self:
        """Annotate what is gone and what is lent out."""
        from samples.models.loan import Loan
        from samples.models.movement import SampleMovement

        sums = {
            "gone_sum": SampleMovement.objects.filter(sample=OuterRef("pk")),
            "out_sum": Loan.objects.filter(sample=OuterRef("pk"), state=Loan.State.OUT),
        }
        return self.annotate(**{name: _summed(rows) for name, rows in sums.items()})

    def searched(self, words: str) -> Self:
        """按编号、名称、客户、业务单号、存放处找。"""
        return matching(self, words)

    def expiring(self, today: dt.date) -> Self:
        """留到期、快到期的。"""
        return self.filter(state=Sample.State.KEPT, retention_until__lte=today + SOON)


def _summed(rows: models.QuerySet[Any]) -> Coalesce:
    total = rows.order_by().values("sample").annotate(total=Sum("quantity")).values("total")
    return Coalesce(Subquery(total), models.Value(ZERO), output_field=models.DecimalField())


class Sample(Part):
    """样品登记簿的一行：标样、样张、资料袋、留样、样本、客供料（第十条）。"""

    class State(models.TextChoices):
        KEPT = "kept", _("在册")
        CLOSED = "closed", _("已注销")

    class Kind(models.TextChoices):
        STANDARD = "standard", _("标样")
        SHEET = "sheet", _("样张")
        FOLDER = "folder", _("资料袋")
        RETAINED = "retained", _("留样")
        SPECIMEN = "specimen", _("样本")
        MATERIAL = "material", _("客供料")

    class Owner(models.TextChoices):
        OURS = "ours", _("本公司")
        CUSTOMER = "customer", _("客户")

    series = "YP"
    provisional_prefix = "Y"
    lock_with = ("customer", "line", "holder", "made_by")

    state = FSMField(_("状态"), max_length=20, choices=State, default=State.KEPT, protected=True)
    kind = models.CharField(_("种类"), max_length=10, choices=Kind)
    owner = models.CharField(_("谁的"), max_length=10, choices=Owner, default=Owner.OURS)
    name = models.CharField(_("名称"), max_length=120)
    specification = models.CharField(_("规格、颜色、版次"), max_length=200, blank=True)
    line = models.ForeignKey(
        OrderLine, models.PROTECT, null=True, blank=True, related_name="samples", verbose_name=_("业务单的行")
    )
    customer = models.ForeignKey(
        Customer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("客户")
    )
    quantity = models.DecimalField(_("数量"), max_digits=14, decimal_places=3, default=1)
    unit = models.CharField(_("单位"), max_length=10)
    place = models.CharField(_("存放处"), max_length=60)
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("保管人"))
    received_on = models.DateField(_("收到、制成日期"))
    retention_until = models.DateField(_("留到"), null=True, blank=True)
    of_proof = models.BooleanField(_("打样的留样"), default=False)
    note = models.TextField(_("说明"), blank=True)
    closed_at = models.DateTimeField(_("注销时间"), null=True, blank=True)
    search_text = models.TextField(blank=True, editable=False)

    gone_sum: Decimal
    out_sum: Decimal

    objects: ClassVar[models.Manager[Any]] = SampleQuerySet.as_manager()

    class Meta(Part.Meta):
        verbose_name = verbose_name_plural = _("样品")
        constraints: ClassVar = [
            *Part.Meta.constraints,
            models.CheckConstraint(name="sample_is_a_quantity", condition=Q(quantity__gt=0, quantity__lt=10**11)),
            models.CheckConstraint(
                name="material_is_the_customers", condition=~Q(kind="material") | Q(owner="customer")
            ),
            models.CheckConstraint(
                name="only_what_is_retained_is_of_a_proof", condition=Q(of_proof=False) | Q(kind="retained")
            ),
            models.CheckConstraint(
                name="what_is_theirs_has_an_owner", condition=Q(owner="ours") | Q(customer__isnull=False)
            ),
            models.CheckConstraint(
                name="sample_line_has_its_order", condition=Q(line__isnull=True) | Q(order__isnull=False)
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["order", "kind"], name="sample_by_order"),
            models.Index(fields=["line"], name="sample_retained", condition=Q(kind="retained")),
            models.Index(fields=["retention_until"], name="sample_expiring", condition=Q(state="kept")),
            models.Index(fields=["kind", "-id"], name="sample_by_kind"),
            GinIndex(SearchVector("search_text", config="simple"), name="sample_search"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def kept(self) -> Sample:
        """The thing itself, as its loans and passes name it too."""
        return self

    @property
    def is_material(self) -> bool:
        """客供料：与自己的料分开放（C7）。"""
        return self.kind == self.Kind.MATERIAL

    @property
    def is_theirs(self) -> bool:
        """客户托我们保管的（C7）。"""
        return self.owner == self.Owner.CUSTOMER

    @cached_property
    def balance(self) -> Balance:
        """Read once under the lock; from a list's annotation where there is one."""
        if "gone_sum" in self.__dict__:
            return Balance(self.quantity, self.gone_sum, self.out_sum)
        row = Sample.objects.filter(pk=self.pk).with_balance().values("gone_sum", "out_sum").get()
        return Balance(self.quantity, row["gone_sum"], row["out_sum"])

    @cached_property
    def loans_out(self) -> list[Loan]:
        """在外面的领用。"""
        return list(self.loans.filter(state="out").select_related("department", "person", "customer").order_by("pk"))

    def found_by(self) -> str:
        """What it is looked for by."""
        parts = (self.number, self.name, self.specification, self.place)
        order = (self.order.number, self.order.customer_name, self.order.customer_po) if self.order else ()
        customer = (self.customer.name, self.customer.code) if self.customer else ()
        return search_text(*parts, *order, *customer)

    @transition(
        field=state,
        source=State.KEPT,
        target=State.CLOSED,
        permission=Right(KEEP, when=keeps),
        conditions=[guards.nothing_is_out, guards.what_is_theirs_is_accounted_for],
        custom={"label": _("注销"), "article": "第十条", "rule": "A10", "needs_reason": True},
    )
    def close(self, *, by: User) -> None:
        """不再留了：销毁、用完、归还，写明怎样处理的（第十条）。"""
        self.closed_at = clock.now()
