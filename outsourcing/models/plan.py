"""外协加工计划：哪些工序外发、为什么、何时要（第四章，A23.1；附件3）。"""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from orders.models import Order, OrderLine
from orders.models.part import OfOrder, OrderPart
from outsourcing.guards import plan_has_lines
from outsourcing.models.processor import Processor
from outsourcing.rights import APPROVE_PLAN, made_it
from papers.numbered import Numbered, NumberedQuerySet
from parties.models import User
from workflow import clock
from workflow.guards import Right


class PlanQuerySet(OfOrder, NumberedQuerySet):
    """Plans, narrowed to what a person may see."""

    def visible_to(self, user: User) -> Self:
        """跟着业务单看得见；批计划的计划部看得见全部（第四章）。"""
        return self if user.may(APPROVE_PLAN) else super().visible_to(user)


class OutsourcingPlan(OrderPart, Numbered):
    """外协加工计划表：制造部编制，计划部批准（第四章，A23.0、A23.1）。"""

    series = "WJ"
    provisional_prefix = "DJ"
    lock_with = ("made_by",)

    class State(models.TextChoices):
        DRAFT = "draft", _("待批准")
        APPROVED = "approved", _("已批准")

    order = models.ForeignKey(Order, models.PROTECT, related_name="outsourcing_plans", verbose_name=_("业务单"))
    state = FSMField(_("状态"), max_length=20, choices=State, default=State.DRAFT, protected=True)
    on_site = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("驻点跟进")
    )
    note = models.TextField(_("说明"), blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("编制"))
    made_at = models.DateTimeField(_("编制时间"), default=clock.now)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("批准")
    )
    approved_at = models.DateTimeField(_("批准时间"), null=True, blank=True)

    objects: ClassVar[models.Manager[Any]] = PlanQuerySet.as_manager()

    class Meta(OrderPart.Meta):
        verbose_name = verbose_name_plural = _("外协加工计划")
        triggers: ClassVar = [*OrderPart.Meta.triggers, *Numbered.Meta.triggers]
        constraints: ClassVar = [*Numbered.Meta.constraints]

    def __str__(self) -> str:
        return self.number

    @transition(
        field=state,
        source=State.DRAFT,
        target=State.APPROVED,
        permission=Right(APPROVE_PLAN, unless=made_it),
        conditions=[plan_has_lines],
        custom={"label": _("批准计划"), "article": "第四章，外协计划", "rule": "A23.0", "takes_number": True},
    )
    def approve(self, *, by: User) -> None:
        """计划部批准外发（第四章，外协计划）。"""
        self.approved_by = by
        self.approved_at = clock.now()


class PlanLine(models.Model):
    """计划的一行：哪个产品、哪道工序、为什么外发、要多少、何时要（附件3）。"""

    class Reason(models.TextChoices):
        CAPACITY = "capacity", _("产能")
        CRAFT = "craft", _("工艺")
        COST = "cost", _("成本")

    plan = models.ForeignKey(OutsourcingPlan, models.CASCADE, related_name="lines")
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="+")
    operation = models.CharField(_("工序"), max_length=60)
    reason = models.CharField(_("外发原因"), max_length=10, choices=Reason, default=Reason.CAPACITY)
    quantity = models.DecimalField(_("数量"), max_digits=14, decimal_places=3)
    material = models.CharField(_("外发材料"), max_length=200, blank=True)
    start = models.DateField(_("要求开始"), null=True, blank=True)
    finish = models.DateField(_("要求完成"), null=True, blank=True)
    processor = models.ForeignKey(
        Processor, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("建议加工商")
    )
    fee = models.DecimalField(_("估计加工费"), max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("计划明细")
        constraints: ClassVar = [
            models.CheckConstraint(name="plan_line_is_a_quantity", condition=Q(quantity__gt=0, quantity__lt=10**11)),
            models.CheckConstraint(
                name="plan_line_runs_forward",
                condition=Q(start__isnull=True) | Q(finish__isnull=True) | Q(finish__gte=F("start")),
            ),
            models.CheckConstraint(
                name="plan_fee_is_money", condition=Q(fee__isnull=True) | Q(fee__gte=0, fee__lt=10**12)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.operation}"
