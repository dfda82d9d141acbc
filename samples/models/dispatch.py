"""寄样：给谁寄了什么、哪家快递、花了多少、到了没有、对方怎么说（第六条、第五章，寄样；A57）。"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from parties.models import Customer, User
from samples import guards
from samples.models.part import Part, PartQuerySet
from samples.models.sample import Sample
from samples.rights import DISPATCH, works
from workflow import clock
from workflow.guards import Right

ARTICLE = "第五章，寄样"


class DispatchQuerySet(PartQuerySet):
    """Dispatches, as far as their order is seen."""


class SampleDispatch(Part):
    """一次寄样：备好、寄出、送到、答复（A57）；出厂前要有主任批准的放行条（C7）。"""

    class State(models.TextChoices):
        PREPARED = "prepared", _("待寄出")
        SENT = "sent", _("已寄出")
        ARRIVED = "arrived", _("已送到")
        ANSWERED = "answered", _("已答复")
        CANCELLED = "cancelled", _("不寄了")

    OPEN: ClassVar = (State.PREPARED, State.SENT, State.ARRIVED)
    series = "JY"
    provisional_prefix = "J"
    lock_with = ("customer", "made_by")

    state = FSMField(_("状态"), max_length=20, choices=State, default=State.PREPARED, protected=True)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", verbose_name=_("客户"))
    customer_name = models.CharField(_("客户名称"), max_length=120)
    sent_to = models.CharField(_("收件人、电话"), max_length=80)
    address = models.CharField(_("地址"), max_length=200)
    purpose = models.CharField(_("寄样目的"), max_length=200)
    feedback_due = models.DateField(_("几时要答复"))
    courier = models.CharField(_("快递"), max_length=40, blank=True)
    waybill = models.CharField(_("运单号"), max_length=60, blank=True)
    cost = models.DecimalField(_("运费"), max_digits=14, decimal_places=2, null=True, blank=True)
    sent_at = models.DateTimeField(_("寄出时间"), null=True, blank=True)
    arrived_on = models.DateField(_("送到日期"), null=True, blank=True)
    answer = models.TextField(_("对方怎么说"), blank=True)
    accepted = models.BooleanField(_("认可"), null=True, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)

    objects: ClassVar[models.Manager[Any]] = DispatchQuerySet.as_manager()

    class Meta(Part.Meta):
        verbose_name = verbose_name_plural = _("寄样")
        constraints: ClassVar = [
            *Part.Meta.constraints,
            models.CheckConstraint(
                name="sample_freight_is_money", condition=Q(cost__isnull=True) | Q(cost__gte=0, cost__lt=10**12)
            ),
            models.CheckConstraint(
                name="sent_sample_has_its_waybill",
                condition=Q(state__in=["prepared", "cancelled"]) | (~Q(courier="") & Q(sent_at__isnull=False)),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["order"], name="dispatch_by_order"),
            models.Index(
                fields=["feedback_due"], name="dispatch_open", condition=Q(state__in=["prepared", "sent", "arrived"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.customer_name}"

    @cached_property
    def lines_now(self) -> list[SampleDispatchLine]:
        """各件样品，锁住以后只读一次。"""
        return list(self.lines.select_related("sample").order_by("pk"))

    @cached_property
    def may_leave(self) -> bool:
        """有没有主任批准、还没用过的放行条（C7）。"""
        return bool(self.passes.filter(state="approved").exists())

    def own_roots(self) -> models.QuerySet[Any]:
        return Sample.objects.filter(dispatch_lines__dispatch=self.pk)

    # --- the machine, in the order of life ---------------------------------------------------------------------------
    @transition(
        field=state,
        source=State.PREPARED,
        target=State.SENT,
        permission=Right(DISPATCH, when=works),
        conditions=[guards.pass_is_approved, guards.everything_is_there],
        custom={"label": _("寄出"), "article": ARTICLE, "rule": "A57", "takes_number": True},
    )
    def send(self, *, by: User, courier: str, waybill: str, cost: Decimal | None) -> None:
        """交给快递，记下运单号和运费（第五章，寄样）。"""
        self.courier, self.waybill, self.cost = courier, waybill, cost
        self.sent_at = clock.now()

    @transition(
        field=state,
        source=State.SENT,
        target=State.ARRIVED,
        permission=Right(DISPATCH, when=works),
        custom={"label": _("送到"), "article": ARTICLE, "rule": "A6.5b"},
    )
    def arrive(self, *, by: User, on: dt.date) -> None:
        """对方收到了（第五章，寄样）。"""
        self.arrived_on = on

    @transition(
        field=state,
        source=[State.SENT, State.ARRIVED],
        target=State.ANSWERED,
        permission=Right(DISPATCH, when=works),
        custom={"label": _("登记答复"), "article": ARTICLE, "rule": "A6.5b"},
    )
    def answer_back(self, *, by: User, words: str, accepted: bool | None, on: dt.date) -> None:
        """对方看过样品，说了什么（第五章，寄样）；没有登记送到的，就当是今天送到。"""
        self.answer, self.accepted = words, accepted
        self.arrived_on = self.arrived_on or on
        self.answered_at = clock.now()

    @transition(
        field=state,
        source=State.PREPARED,
        target=State.CANCELLED,
        permission=Right(DISPATCH, when=works),
        custom={"label": _("不寄了"), "article": ARTICLE, "rule": "A57", "needs_reason": True},
    )
    def cancel(self, *, by: User) -> None:
        """还没有寄出，不寄了（第五章，寄样）。"""


class SampleDispatchLine(models.Model):
    """寄样的一件：哪件样品、多少。"""

    dispatch = models.ForeignKey(SampleDispatch, models.CASCADE, related_name="lines")
    sample = models.ForeignKey(Sample, models.PROTECT, related_name="dispatch_lines", verbose_name=_("样品"))
    quantity = models.DecimalField(_("数量"), max_digits=14, decimal_places=3)

    class Meta:
        verbose_name = verbose_name_plural = _("寄样明细")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dispatch", "sample"], name="sample_once_in_a_parcel"),
            models.CheckConstraint(
                name="dispatched_sample_is_a_quantity", condition=Q(quantity__gt=0, quantity__lt=10**11)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sample_id} {self.quantity}"
