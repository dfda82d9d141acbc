"""评审轮次：一张单的一轮评审，分散或集中，到下结论为止（第十五条至第二十条）。"""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from orders.models import Order
from orders.models.part import OfOrder, OrderPart
from parties.models import User
from reviews import guards
from reviews.models.change import ChangeRequest
from reviews.rights import leads
from workflow import clock
from workflow.guards import Right

if TYPE_CHECKING:
    from reviews.models.answer import Answer


POINTS_STAY = pgtrigger.Protect(
    name="points_stay", operation=pgtrigger.Update, condition=pgtrigger.Q(new__points__df=pgtrigger.F("old__points"))
)


class RoundQuerySet(OfOrder, models.QuerySet[Any]):
    """Rounds, narrowed to the orders a person may see."""

    def untold(self) -> Self:
        """有了结论、还没有告知业务员或客户的（A17b）。"""
        return self.filter(
            state__in=(Round.State.PASSED, Round.State.UNMET, Round.State.REJECTED), told_at__isnull=True
        )

    def open(self) -> Self:
        """还在评审的。"""
        return self.filter(state=Round.State.OPEN)

    def standing(self) -> Self:
        """业务单照着做的：原来的评审，和已经生效的更改的评审（第二十二条）。"""
        return self.filter(Q(change__isnull=True) | Q(change__state="effective"))


class Round(OrderPart):
    """一轮评审：主任组织，各部门答复，平衡交期，下结论（第十六条）。"""

    class State(models.TextChoices):
        OPEN = "open", _("评审中")
        PASSED = "passed", _("通过")
        UNMET = "unmet", _("须与客户协商")
        REJECTED = "rejected", _("不能满足")
        CLOSED = "closed", _("已关闭")

    class Form(models.TextChoices):
        DISTRIBUTED = "distributed", _("分散式")
        MEETING = "meeting", _("集中式")

    found_with = ("order",)

    order = models.ForeignKey(Order, models.PROTECT, related_name="rounds", verbose_name=_("业务单"))
    change = models.ForeignKey(
        ChangeRequest, models.PROTECT, null=True, blank=True, related_name="rounds", verbose_name=_("更改申请")
    )
    number = models.PositiveSmallIntegerField(_("第几轮"))
    order_version = models.PositiveIntegerField(_("业务单版本"))
    state = FSMField(_("状态"), max_length=20, choices=State, default=State.OPEN, protected=True)
    form = models.CharField(_("评审形式"), max_length=12, choices=Form)
    reason = models.TextField(_("方式理由"), blank=True)
    meeting_at = models.DateTimeField(_("会议时间"), null=True, blank=True)
    meeting_place = models.CharField(_("会议地点"), max_length=100, blank=True)
    answer_due = models.DateTimeField(_("答复期限"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("召集人"))
    opened_at = models.DateTimeField(_("发起时间"), default=clock.now)
    meeting_wanted = models.TextField(_("申请集中评审的理由"), blank=True)
    balanced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("平衡")
    )
    balanced_at = models.DateTimeField(_("平衡时间"), null=True, blank=True)
    concluded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("结论人")
    )
    concluded_at = models.DateTimeField(_("结论时间"), null=True, blank=True)
    delivery_date = models.DateField(_("平衡交期"), null=True, blank=True)
    note = models.TextField(_("结论说明"), blank=True)
    short = models.BooleanField(_("短评审"), default=False)
    asks_cost = models.BooleanField(_("评审成本"), default=False)
    points: Any = models.JSONField(_("种类自己的各项"), default=list, blank=True)
    told_at = models.DateTimeField(_("结果告知时间"), null=True, blank=True)

    objects: ClassVar[models.Manager[Any]] = RoundQuerySet.as_manager()

    class Meta(OrderPart.Meta):
        verbose_name = verbose_name_plural = _("评审")
        triggers: ClassVar = [*OrderPart.Meta.triggers, POINTS_STAY]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order"], condition=Q(state="open"), name="one_open_round_per_order"),
            models.UniqueConstraint(fields=["order", "number"], name="round_numbers_differ"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["answer_due"], name="round_open_by_due", condition=Q(state="open")),
            models.Index(
                fields=["concluded_at"],
                name="round_to_tell",
                condition=Q(state__in=["passed", "unmet", "rejected"], told_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} R{self.number}"

    @cached_property
    def answers_now(self) -> list[Answer]:
        """各部门的答复，按部门先后；锁住以后只读一次。"""
        rows = self.answers.select_related("department__head", "signed_by", "countersigned_by").order_by(
            "department_id"
        )
        found = list(rows)
        for answer in found:
            answer.round = self
        return found

    @property
    def subject(self) -> Order:
        """评审的是哪一张单：更改的评审看改了以后的样子（第二十二条）。"""
        if self.change is None:
            return self.order
        self.change.order = self.order
        return self.change.changed_order

    @property
    def form_number(self) -> str:
        """评审表编号：随业务单的号与轮次，PS26-000164-1。"""
        head, _dash, tail = self.order.number.partition("-")
        return f"PS{head.lstrip('GD')}-{tail}-{self.number}"

    @property
    def latest_planned(self) -> dt.date | None:
        """各部门计划完成日期里最晚的一天。"""
        return max((answer.planned_date for answer in self.answers_now if answer.planned_date), default=None)

    @property
    def is_balancing(self) -> bool:
        """都答了、还没有都签在现在的内容上：正在平衡（第二十条）。"""
        answers = self.answers_now
        answered = all(answer.state != "blank" for answer in answers)
        return self.state == self.State.OPEN and answered and not all(answer.is_signed for answer in answers)

    # --- the machine, in the order of life ---------------------------------------------------------------------------
    @transition(
        field=state,
        source=State.OPEN,
        target=State.PASSED,
        permission=Right("reviews.conclude", when=leads),
        conditions=[
            guards.every_answer_is_signed,
            guards.nobody_disagrees,
            guards.cost_is_in_budget,
            guards.meeting_is_held,
            guards.nobody_is_incapable,
        ],
        custom={"label": _("评审通过"), "article": "第二十条", "rule": "A20.1"},
    )
    def conclude_pass(self, *, by: User, delivery_date: dt.date, note: str) -> None:
        """各部门签齐、没有不同意，定下交期（第二十条）。"""
        self._concluded(by, note)
        self.delivery_date = delivery_date

    @transition(
        field=state,
        source=State.OPEN,
        target=State.UNMET,
        permission=Right("reviews.conclude", when=leads),
        conditions=[guards.nobody_is_incapable],
        custom={"label": _("须与客户协商"), "article": "第二十条", "rule": "A20.6"},
    )
    def conclude_negotiate(self, *, by: User, delivery_date: dt.date | None, note: str) -> None:
        """满足不了客户的要求，由营销中心拿评审的交期去协商（第二十条）。"""
        self._concluded(by, note)
        self.delivery_date = delivery_date

    @transition(
        field=state,
        source=State.OPEN,
        target=State.REJECTED,
        permission=Right("reviews.conclude", when=leads),
        custom={"label": _("评审拒绝"), "article": "第二十条", "rule": "A20.6"},
    )
    def conclude_reject(self, *, by: User, note: str) -> None:
        """评审认为这张单不能接（第二十条）。"""
        self._concluded(by, note)

    @transition(
        field=state,
        source=State.OPEN,
        target=State.CLOSED,
        permission=Right("orders.view"),
        custom={"label": _("关闭评审"), "article": "第六条", "rule": "A20.1", "driven": True},
    )
    def close(self, *, by: User) -> None:
        """业务单已拒绝或取消，评审随之关闭（第六条）。"""

    def _concluded(self, by: User, note: str) -> None:
        self.concluded_by = by
        self.concluded_at = clock.now()
        self.note = note
