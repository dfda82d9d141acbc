"""巡查：生产中的单每个工作日上午、下午各看一次；只加不改，更正另记一次（第六条，A6.4a）。"""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from orders.models import Order, OrderLine
from orders.models.part import OfOrder
from papers.models import Attachment
from workflow import clock
from workflow.calendar import HalfDay
from workflow.calendar import Slot as HalfDaySlot
from workflow.history import AppendOnlyQuerySet
from workflow.models import AppendOnly


class Schedule(models.TextChoices):
    """进度结论（接口值）。"""

    OK = "ok", _("正常")
    RISK = "risk", _("有风险")
    LATE = "late", _("要延期")


class Quality(models.TextChoices):
    """质量结论（接口值）。"""

    OK = "ok", _("正常")
    PROBLEM = "problem", _("有问题")


class Slot(models.TextChoices):
    """哪个半日（接口值）。"""

    AM = HalfDaySlot.AM, _("上午")
    PM = HalfDaySlot.PM, _("下午")
    OFF_HOURS = HalfDaySlot.OFF_HOURS, _("班外")


class VisitQuerySet(OfOrder, AppendOnlyQuerySet):
    """Visits, narrowed to those that stand and that a person may see."""

    def standing(self) -> Self:
        """没有被更正的。"""
        return self.filter(corrected_by__isnull=True)

    def within(self, half: HalfDay) -> Self:
        """这个半日里的巡查。"""
        return self.filter(day=half.day, slot=half.slot)


class Visit(AppendOnly):
    """一次巡查：几时、看的哪道工序、进度与质量如何；哪份通知单名下（第六条、第二十二条）。

    `step` is what cumulative quantities are compared by: the milestone's code when the process names one.
    `round` joins the visits of one walk through the shop and makes a form that is sent twice act once;
    `corrects` names the visit that this one replaces.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="visits")
    notice = models.ForeignKey("reviews.Notice", models.PROTECT, related_name="visits", verbose_name=_("通知单"))
    at = models.DateTimeField(_("时间"))
    day = models.DateField(_("日期"))
    slot = models.CharField(_("半日"), max_length=10, choices=Slot)
    process = models.CharField(_("工序"), max_length=40)
    step = models.CharField(max_length=40)
    schedule = models.CharField(_("进度"), max_length=10, choices=Schedule, default=Schedule.OK)
    quality = models.CharField(_("质量"), max_length=10, choices=Quality, default=Quality.OK)
    note = models.TextField(_("说明"), blank=True)
    round = models.UUIDField(_("同一趟"), null=True, blank=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by", verbose_name=_("更正")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("巡查人"))
    recorded_at = models.DateTimeField(_("登记时间"), default=clock.now)

    objects: ClassVar[models.Manager[Any]] = VisitQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        verbose_name = verbose_name_plural = _("巡查")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "id"], name="visit_belongs_to_its_order"),
            models.UniqueConstraint(fields=["order", "round"], name="one_visit_per_order_and_round"),
            models.CheckConstraint(name="visit_names_its_process", condition=~Q(process="")),
        ]
        indexes: ClassVar = [
            models.Index(fields=["order", "-at"], name="visit_latest_of_order"),
            models.Index(fields=["order", "day", "slot"], name="visit_of_half_day"),
            models.Index(fields=["round"], name="visit_of_round", condition=Q(round__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.day:%m-%d} {self.get_slot_display()} {self.process}"


class VisitLine(AppendOnly):
    """巡查时一行累计完成多少；可以超过订货数，不能悄悄变少（第六条）。"""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="lines")
    order = models.ForeignKey(Order, models.PROTECT, related_name="+")
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="visit_lines")
    done_quantity = models.DecimalField(_("累计完成"), max_digits=14, decimal_places=3)

    class Meta(AppendOnly.Meta):
        verbose_name = verbose_name_plural = _("巡查明细")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "line"], name="one_figure_per_visit_and_line"),
            models.CheckConstraint(
                name="visit_line_is_a_quantity", condition=Q(done_quantity__gte=0, done_quantity__lt=10**11)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.done_quantity}"


class VisitPhoto(AppendOnly):
    """巡查时拍的照片，归在业务单的文件里（第六条）。"""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="photos")
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="+")

    class Meta(AppendOnly.Meta):
        verbose_name = verbose_name_plural = _("巡查照片")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "attachment"], name="one_photo_once_per_visit")
        ]

    def __str__(self) -> str:
        return str(self.attachment_id)
