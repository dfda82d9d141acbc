"""评审会议：集中式评审何时、何地、议什么、谁参加，谁到了、各说了什么、定了什么（第十九条）。"""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from orders.models import Order
from orders.models.part import OrderPart
from parties.models import Department, User
from reviews import guards
from reviews.models.round import Round
from reviews.rights import works
from workflow.guards import Right


class ReviewMeetingQuerySet(models.QuerySet[Any]):
    """Meetings, narrowed to what a person may read."""

    def attended_by(self, user: User) -> Self:
        """请了他、或他代别人到的会。"""
        there = Attendee.objects.filter(Q(user=user) | Q(instead=user), meeting=OuterRef("pk"))
        return self.filter(Exists(there))


class ReviewMeeting(OrderPart):
    """一轮集中评审的会议：召集、到会、纪要（第十九条）。"""

    class State(models.TextChoices):
        CALLED = "called", _("已召集")
        HELD = "held", _("已开")

    part_of = "round"
    lock_with = ("round__opened_by",)

    round = models.OneToOneField(Round, models.PROTECT, related_name="meeting", verbose_name=_("评审"))
    state = FSMField(_("状态"), max_length=10, choices=State, default=State.CALLED, protected=True)
    agenda = models.TextField(_("议题"), blank=True)
    held_at = models.DateTimeField(_("开会时间"), null=True, blank=True)
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("主持")
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("记录")
    )
    decisions = models.TextField(_("决定"), blank=True)
    minutes = models.PositiveSmallIntegerField(_("纪要第几稿"), default=0)

    objects: ClassVar[models.Manager[Any]] = ReviewMeetingQuerySet.as_manager()

    class Meta(OrderPart.Meta):
        verbose_name = verbose_name_plural = _("评审会议")
        indexes: ClassVar = [models.Index(fields=["round"], name="meeting_called", condition=Q(state="called"))]

    def __str__(self) -> str:
        return f"{self.round_id} {self.state}"

    @property
    def order(self) -> Order:
        """The order under review."""
        return self.round.order

    @property
    def number(self) -> str:
        """会议纪要的编号：随评审表，HY26-000164-1。"""
        return f"HY{self.round.form_number.removeprefix('PS')}"

    @cached_property
    def attendees_now(self) -> list[Attendee]:
        """参加人：先各评审部门，再其他人；锁住以后只读一次。"""
        rows = self.attendees.select_related("user__department", "department", "instead")
        return list(rows.order_by(models.F("department_id").asc(nulls_last=True), "pk"))

    @transition(
        field=state,
        source=[State.CALLED, State.HELD],
        target=State.HELD,
        permission=Right("reviews.record_meeting", when=works),
        conditions=[guards.round_of_meeting_is_open, guards.meeting_has_time_and_place],
        custom={"label": _("登记到会与纪要"), "article": "第十九条", "rule": "A19.1"},
    )
    def hold(self, *, by: User, held_at: dt.datetime, chair: User, decisions: str) -> None:
        """会开了：谁到了、各说了什么、定了什么；下结论以前可以更正（第十九条）。"""
        self.held_at = held_at
        self.chair = chair
        self.recorded_by = by
        self.decisions = decisions
        self.minutes += 1


class Attendee(models.Model):
    """参加评审会议的一个人：评审部门的第一负责人或他派来的人，和另请的人（第十九条）。"""

    meeting = models.ForeignKey(ReviewMeeting, models.PROTECT, related_name="attendees", verbose_name=_("会议"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("参加人"))
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("代表部门")
    )
    present = models.BooleanField(_("到会"), null=True, blank=True)
    instead = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("派来的人")
    )
    said = models.TextField(_("发言要点"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("参加人")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "user"], name="attendee_is_asked_once"),
            models.CheckConstraint(
                name="who_came_instead_was_there", condition=Q(instead__isnull=True) | Q(present=True)
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["user", "meeting"], name="attendee_by_person")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.user}"

    @property
    def of(self) -> str:
        """他从哪个部门来。"""
        department = self.department or self.user.department
        return department.name if department else ""

    @property
    def who_came(self) -> User:
        """到会的那个人：本人，或派来的人。"""
        return self.instead or self.user
