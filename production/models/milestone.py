"""节点：评审签字的计划日期成为业务单的节点，各归一个部门（第二十一条）。"""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from orders.models import Order
from parties.models import Department
from workflow.history import AppendOnlyQuerySet
from workflow.models import AppendOnly


class MilestoneQuerySet(AppendOnlyQuerySet):
    """Milestones, narrowed to the plan that holds."""

    def of(self, order: Order) -> Self:
        """这张单现行的节点：最后一份下发的通知单带来的那一组（第二十一条、第二十二条）。"""
        latest = self.model.objects.filter(order=order).order_by("-notice").values("notice")[:1]
        return self.filter(order=order, notice=latest).select_related("department").order_by("position")


class Milestone(AppendOnly):
    """一个节点：哪个部门、计划哪天完成、要几个工作日；实际日期取自巡查，不另填（第二十一条、第九条）。"""

    order = models.ForeignKey(Order, models.PROTECT, related_name="milestones")
    notice = models.ForeignKey("reviews.Notice", models.PROTECT, related_name="milestones")
    position = models.PositiveSmallIntegerField(_("次序"))
    code = models.CharField(_("代码"), max_length=40)
    name = models.CharField(_("节点"), max_length=40)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("部门"))
    days = models.PositiveSmallIntegerField(_("工作日"), default=1)
    planned = models.DateField(_("计划完成"))

    objects: ClassVar[models.Manager[Any]] = MilestoneQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        verbose_name = verbose_name_plural = _("节点")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["notice", "code"], name="one_milestone_per_notice_and_code"),
            models.CheckConstraint(name="milestone_takes_days", condition=Q(days__gte=1, days__lte=400)),
        ]

    def __str__(self) -> str:
        return self.name
