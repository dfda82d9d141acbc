"""通知单的每一份：发给哪个部门、签收没有、作废后收回没有（第六条、第二十二条）。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from orders.models import Order
from orders.models.part import OrderPart
from parties.models import Department, User
from reviews import guards
from reviews.models.notice import Notice
from reviews.rights import holds_or_works, leads, of_department
from workflow import clock
from workflow.guards import Right

if TYPE_CHECKING:
    from samples.models import Loan


class NoticeCopy(OrderPart):
    """业务通知单的一份（第六条）：谁手里有哪一版的第几份，随时答得出。"""

    class State(models.TextChoices):
        HANDED = "handed", _("已发出，待签收")
        ACKNOWLEDGED = "acknowledged", _("已签收")
        RETURNED = "returned", _("已收回")
        LOST = "lost", _("遗失")

    OUT: ClassVar = (State.HANDED, State.ACKNOWLEDGED)
    part_of = "notice"
    lock_with = ("notice", "department")

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="copies", verbose_name=_("业务通知单"))
    number = models.PositiveSmallIntegerField(_("份号"))
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("部门"))
    state = FSMField(_("状态"), max_length=20, choices=State, default=State.HANDED, protected=True)
    handed_at = models.DateTimeField(_("发出时间"), default=clock.now)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("签收人")
    )
    acknowledged_at = models.DateTimeField(_("签收时间"), null=True, blank=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("交回登记人")
    )
    returned_at = models.DateTimeField(_("收回时间"), null=True, blank=True)
    lost_reason = models.TextField(_("遗失原因"), blank=True)
    lost_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("报失人")
    )
    lost_approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("核准人")
    )
    lost_at = models.DateTimeField(_("核准时间"), null=True, blank=True)

    lent: list[Loan]  # what went out with it and is not back, where a page has asked

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta(OrderPart.Meta):
        verbose_name = verbose_name_plural = _("通知单份")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["notice", "department"], name="one_copy_per_department"),
            models.UniqueConstraint(fields=["notice", "number"], name="copy_numbers_differ"),
        ]
        indexes: ClassVar = [models.Index(fields=["department", "state"], name="copy_by_department")]

    def __str__(self) -> str:
        return f"{self.notice_id} #{self.number}"

    @property
    def order(self) -> Order:
        """The order whose notice this is a copy of."""
        return self.notice.order

    def is_of(self, person: User) -> bool:
        """本部门的人，或部门第一负责人（第六条）。"""
        return self.department_id == person.department_id or self.department.head_id == person.pk

    # --- the machine, in the order of life ---------------------------------------------------------------------------
    @transition(
        field=state,
        source=State.HANDED,
        target=State.ACKNOWLEDGED,
        permission=Right("reviews.acknowledge_copy", when=of_department),
        conditions=[guards.notice_is_in_force],
        custom={"label": _("签收"), "article": "第六条", "rule": "A6.3b"},
    )
    def acknowledge(self, *, by: User) -> None:
        """部门签收自己的一份（第六条）。"""
        self.acknowledged_by = by
        self.acknowledged_at = clock.now()

    @transition(
        field=state,
        source=[State.HANDED, State.ACKNOWLEDGED],
        target=State.RETURNED,
        permission=Right("reviews.return_copy", when=holds_or_works),
        conditions=[guards.notice_is_void],
        custom={"label": _("交回"), "article": "第二十二条", "rule": "A22"},
    )
    def return_copy(self, *, by: User) -> None:
        """作废的一份交回营销中心（第二十二条）。"""
        self.returned_by = by
        self.returned_at = clock.now()

    @transition(
        field=state,
        source=[State.HANDED, State.ACKNOWLEDGED],
        target=State.LOST,
        permission=Right("reviews.approve_lost", when=leads),
        conditions=[guards.loss_is_reported],
        custom={"label": _("核准遗失"), "article": "第六条", "rule": "A6.3b"},
    )
    def approve_lost(self, *, by: User) -> None:
        """领用部门写明原因，主任核准这一份遗失（第六条）。"""
        self.lost_approved_by = by
        self.lost_at = clock.now()
