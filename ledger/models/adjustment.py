"""调整（A63）：折扣、差价、坏账，批准了才动应收。"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from ledger import guards
from ledger.models import columns
from orders.models import Order, OrderLine
from orders.models.part import OrderPart
from parties.models import User
from workflow import clock
from workflow.guards import Right


class Adjustment(OrderPart):
    """一行货的应收加减多少：财务提出，总监批准；只动应收，不动未开票（A62、A63）。"""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待批准")
        APPROVED = "approved", _("已批准")
        REFUSED = "refused", _("未批准")

    class Kind(models.TextChoices):
        DISCOUNT = "discount", _("折扣")
        PRICE = "price", _("差价")
        BAD_DEBT = "bad_debt", _("坏账")

    state = FSMField(_("状态"), max_length=20, choices=State, default=State.PROPOSED, protected=True)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    order = models.ForeignKey(Order, models.PROTECT, related_name="adjustments", verbose_name=_("业务单"))
    order_line = models.ForeignKey(OrderLine, models.PROTECT, related_name="adjustments", verbose_name=_("业务单行"))
    amount = columns.money(_("金额（减为负）"))
    reason = models.TextField(_("理由"))
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("提出人")
    )
    proposed_at = models.DateTimeField(_("提出时间"), default=clock.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("批准人")
    )
    decided_on = models.DateField(_("批准日期"), null=True)

    class Meta(OrderPart.Meta):
        verbose_name = verbose_name_plural = _("应收调整")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="adjustment_is_money", condition=Q(amount__gt=-(10**12), amount__lt=10**12) & ~Q(amount=0)
            ),
            models.CheckConstraint(
                name="approved_adjustment_has_its_day", condition=~Q(state="approved") | Q(decided_on__isnull=False)
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["order", "order_line"], name="adjustment_by_order")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount:+}"

    @transition(
        field=state,
        source=State.PROPOSED,
        target=State.APPROVED,
        permission=Right("ledger.approve_adjustment", unless=guards.proposed_it),
        custom={"label": _("批准"), "article": "第六章，调整", "rule": "A63"},
    )
    def approve(self, *, by: User) -> None:
        """总监批准，应收随之加减（第六章，调整）。"""
        self.decided_by = by
        self.decided_on = clock.today()

    @transition(
        field=state,
        source=State.PROPOSED,
        target=State.REFUSED,
        permission=Right("ledger.approve_adjustment", unless=guards.proposed_it),
        custom={"label": _("不批准"), "article": "第六章，调整", "rule": "A63", "needs_reason": True},
    )
    def refuse(self, *, by: User) -> None:
        """总监不批准，应收不动（第六章，调整）。"""
        self.decided_by = by
        self.decided_on = clock.today()
