"""客户订单不符合要求：跟单员不接，主任当即知道，请客户修改（第六条，A6.1f）。"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from orders.models.order import Order
from orders.models.part import OrderPart
from orders.rights import leads, works
from parties.models import User
from workflow import clock
from workflow.guards import Right


def works_order(nonconformity: Any, user: User) -> bool:
    """办这张单的人（第三条）。"""
    return works(nonconformity.order, user)


def leads_order(nonconformity: Any, user: User) -> bool:
    """带这张单的主任，或总监（第三条）。"""
    return leads(nonconformity.order, user)


class Nonconformity(OrderPart):
    """一处不符合：为什么不接；请客户改时找了谁、怎么说的；客户怎么改的（A6.1f）。"""

    class State(models.TextChoices):
        OPEN = "open", _("待请客户修改")
        ASKED = "asked", _("已请客户修改")
        SETTLED = "settled", _("客户已修改")

    order = models.ForeignKey(Order, models.PROTECT, related_name="nonconformities")
    state = FSMField(_("状态"), max_length=20, choices=State, default=State.OPEN, protected=True)
    reason = models.TextField(_("哪里不符合"))
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("提出人"))
    raised_at = models.DateTimeField(_("提出时间"), default=clock.now)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("知悉人")
    )
    noted_at = models.DateTimeField(_("知悉时间"), null=True)
    asked_with = models.CharField(_("请了客户的谁"), max_length=60, blank=True)
    asked_how = models.CharField(_("方式"), max_length=40, blank=True)
    asked_at = models.DateTimeField(_("请客户修改的时间"), null=True)
    answer = models.TextField(_("客户怎么改的"), blank=True)

    class Meta(OrderPart.Meta):
        verbose_name = verbose_name_plural = _("不符合")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["order"], condition=~Q(state="settled"), name="one_open_nonconformity_per_order"
            ),
        ]

    def __str__(self) -> str:
        return self.reason[:40]

    @transition(
        field=state,
        source=State.OPEN,
        target=State.ASKED,
        permission=Right("orders.raise_nonconformity", when=works_order),
        custom={"label": _("已请客户修改"), "article": "第六条", "rule": "A6.1f"},
    )
    def ask_customer(self, *, by: User, with_whom: str, how: str, at: dt.datetime) -> None:
        """请客户修改：找了谁、怎么说的、何时（第六条）。"""
        self.asked_with = with_whom
        self.asked_how = how
        self.asked_at = at

    @transition(
        field=state,
        source=State.ASKED,
        target=State.SETTLED,
        permission=Right("orders.raise_nonconformity", when=works_order),
        custom={"label": _("客户已修改"), "article": "第六条", "rule": "A6.1f"},
    )
    def settle(self, *, by: User, answer: str) -> None:
        """客户改好了，单子接着办（第六条）。"""
        self.answer = answer
