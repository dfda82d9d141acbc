"""收款（A63）：登记、确认、作废；确认了的错了就冲销，从不改数。"""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from ledger import guards
from ledger.models import columns
from ledger.models.triggers import PAYMENT_STANDS
from orders.models import Order
from orders.models.seeing import SEES_ALL
from parties.models import Customer, User
from workflow import clock
from workflow.guards import Right
from workflow.models import Stateful


class PaymentQuerySet(models.QuerySet[Any]):
    """Payments, narrowed to the orders that a person may see."""

    def visible_to(self, user: User) -> Self:
        """这个人看得见的收款：落在他看得见的业务单上的；还没分配的只有财务与管理层看得见（B7）。"""
        if user.role in SEES_ALL:
            return self
        from ledger.models.money import AllocationLine

        orders = Order.objects.visible_to(user).values("pk")
        placed = AllocationLine.objects.filter(allocation__payment=OuterRef("pk"), order__in=orders)
        return self.filter(Q(order__in=orders) | Exists(placed))

    def standing(self) -> Self:
        """确认了、没有冲销的。"""
        return self.filter(state="confirmed", reversal__isnull=True)


class Payment(Stateful):
    """一笔收款或退款：登记时可指明冲哪几张发票或哪张业务单，确认时落账；没指明的部分一直看得见（A63）。"""

    class State(models.TextChoices):
        REGISTERED = "registered", _("待确认")
        CONFIRMED = "confirmed", _("已确认")
        DISCARDED = "discarded", _("已作废")

    class Kind(models.TextChoices):
        PAYMENT = "payment", _("货款")
        DEPOSIT = "deposit", _("定金")
        REFUND = "refund", _("退款")

    class Method(models.TextChoices):
        TRANSFER = "transfer", _("银行转账")
        ACCEPTANCE = "acceptance", _("承兑汇票")
        CHEQUE = "cheque", _("支票")
        CASH = "cash", _("现金")
        OTHER = "other", _("其他")

    lock_with = ("customer", "order", "registered_by")

    state = FSMField(_("状态"), max_length=20, choices=State, default=State.REGISTERED, protected=True)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind, default=Kind.PAYMENT)
    date = models.DateField(_("到账日期"))
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", verbose_name=_("客户"))
    customer_name = models.CharField(_("客户名称"), max_length=120)
    currency = models.CharField(_("币种"), max_length=3, default="CNY")
    amount = columns.money(_("金额"))
    order = models.ForeignKey(
        Order, models.PROTECT, null=True, blank=True, related_name="payments", verbose_name=_("业务单")
    )
    method = models.CharField(_("方式"), max_length=12, choices=Method, default=Method.TRANSFER)
    bank_reference = models.CharField(_("流水号"), max_length=60, blank=True)
    remark = models.CharField(_("备注"), max_length=200, blank=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("登记人")
    )
    registered_at = models.DateTimeField(_("登记时间"), default=clock.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("确认人")
    )
    confirmed_at = models.DateTimeField(_("确认时间"), null=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[models.Manager[Any]] = PaymentQuerySet.as_manager()

    class Meta(Stateful.Meta):
        verbose_name = verbose_name_plural = _("收款")
        triggers: ClassVar = [*Stateful.Meta.triggers, PAYMENT_STANDS]
        constraints: ClassVar = [
            models.CheckConstraint(name="payment_amount_is_money", condition=Q(amount__gt=0, amount__lt=10**12)),
            models.CheckConstraint(
                name="deposit_names_its_order", condition=~Q(kind="deposit") | Q(order__isnull=False)
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["customer", "state"], name="payment_by_customer"),
            models.Index(fields=["date", "id"], name="payment_by_day"),
            models.Index(fields=["updated_at"], name="payment_by_updated"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_name} {self.amount}"

    @property
    def number(self) -> str:
        """屏幕上怎么称呼：收款的流水编号。"""
        return f"SK-{self.pk:06d}"

    @property
    def sign(self) -> int:
        """收进来为正，退出去为负。"""
        return -1 if self.kind == self.Kind.REFUND else 1

    def chain_roots(self) -> models.QuerySet[Any]:
        """The orders that its money falls on: whoever places money there waits for them."""
        from ledger.models.money import Allocation

        mine = Allocation.objects.filter(payment=self.pk)
        return Order.objects.filter(
            Q(pk__in=mine.filter(order__isnull=False).values("order"))
            | Q(pk__in=mine.filter(invoice__isnull=False).values("invoice__lines__order"))
        )

    @cached_property
    def placing(self) -> Any:
        """What its allocations still have to put on which lines (read once, under the lock)."""
        from ledger.placing import placing_of

        return placing_of(self)

    @property
    def unallocated(self) -> Decimal:
        """还没有分配的金额；要多张时用 `selectors.with_unallocated`。"""
        given: Decimal = self.placing.unallocated
        return given

    # --- the machine, in the order of life ---------------------------------------------------------------------------
    @transition(
        field=state,
        source=State.REGISTERED,
        target=State.CONFIRMED,
        permission=Right("ledger.confirm_payment"),
        conditions=[guards.within_the_payment, guards.within_the_targets, guards.refund_is_covered],
        custom={"label": _("确认到账"), "article": "第六章，收款", "rule": "A53"},
    )
    def confirm(self, *, by: User) -> None:
        """财务核对银行，确认到账；自己登记的自己也可确认（第六章，收款）。"""
        self.confirmed_by = by
        self.confirmed_at = clock.now()

    @transition(
        field=state,
        source=State.REGISTERED,
        target=State.DISCARDED,
        permission=Right("ledger.discard_payment"),
        custom={"label": _("作废"), "article": "第六章，收款", "rule": "A63"},
    )
    def discard(self, *, by: User) -> None:
        """登记错了，还没确认就作废（第六章，收款）。"""

    @transition(
        field=state,
        source=State.CONFIRMED,
        target=State.CONFIRMED,
        permission=Right("ledger.allocate_payment"),
        conditions=[guards.not_reversed, guards.within_the_payment, guards.within_the_targets],
        custom={"label": _("分配"), "article": "第六章，收款", "rule": "A63", "driven": True},
    )
    def allocate(self, *, by: User) -> None:
        """到账时没指明的，以后分到发票或业务单（第六章，收款）。"""

    @transition(
        field=state,
        source=State.CONFIRMED,
        target=State.CONFIRMED,
        permission=Right("ledger.reverse_payment"),
        conditions=[guards.not_reversed, guards.nothing_leans_on_it],
        custom={"label": _("冲销"), "article": "第六章，收款", "rule": "A63", "needs_reason": True},
    )
    def reverse(self, *, by: User) -> None:
        """确认错了，另记一笔冲销，原来的不改（第六章，收款）。"""
