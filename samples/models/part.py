"""What stands in the register is locked with its order, and logs into its chain; without an order it is its own."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from orders.models import Order
from orders.models.part import OrderPart
from orders.models.seeing import SEES_ALL
from papers.numbered import Numbered, NumberedQuerySet
from parties.models import User
from parties.roles import Role
from workflow import clock
from workflow.models.stateful import Root


class PartQuerySet(NumberedQuerySet):
    """Documents of the register, narrowed to what a person may see."""

    def visible_to(self, user: User) -> Self:
        """跟着业务单看得见；没有业务单的，登记人与主任看得见（第三条、B7）。"""
        return self if user.role in SEES_ALL else self.filter(by_order(user))


def by_order(user: User) -> Q:
    """Rows of orders that this person sees, and those without an order that are theirs."""
    orders = Order.objects.visible_to(user).filter(pk=OuterRef("order_id"))
    free = Q(order__isnull=True) if user.role == Role.SUPERVISOR else Q(order__isnull=True, made_by=user)
    return Q(Exists(orders)) | free


class Part(OrderPart, Numbered):
    """登记簿上的一张单据：有业务单的，跟着业务单锁、记在业务单的链上（I46）。"""

    order_with = ("team", "customer")

    order = models.ForeignKey(Order, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("业务单"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("登记人"))
    made_at = models.DateTimeField(_("登记时间"), default=clock.now)
    form_mark = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    class Meta(OrderPart.Meta):
        abstract = True
        triggers: ClassVar = [*OrderPart.Meta.triggers, *Numbered.Meta.triggers]
        constraints: ClassVar = [*Numbered.Meta.constraints]

    @property
    def chain(self) -> str:
        return super().chain if self.order_id else self.own_chain

    @property
    def own_chain(self) -> str:
        """Where it logs without an order."""
        return f"{self._meta.db_table}:{self.pk}"

    def chain_roots(self) -> models.QuerySet[Any] | Root | None:
        return super().chain_roots() if self.order_id else self.own_roots()

    def own_roots(self) -> models.QuerySet[Any] | None:
        """What is locked first without an order."""
        return None
