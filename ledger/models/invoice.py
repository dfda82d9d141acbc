"""发票（A63）：草稿、已开票、作废；红字发票指明原票。"""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from ledger import guards
from ledger.models import columns
from ledger.models.triggers import INVOICE_STANDS, NEVER_OVER_INVOICED
from orders.models import Order, OrderLine
from parties.models import Customer, User
from workflow import clock
from workflow.guards import Right
from workflow.models import AppendOnly, Stateful


class InvoiceQuerySet(models.QuerySet[Any]):
    """Invoices, narrowed to the orders that a person may see."""

    def visible_to(self, user: User) -> Self:
        """这个人看得见的发票：开着他看得见的业务单的货（B7）。"""
        seen = InvoiceLine.objects.filter(invoice=OuterRef("pk"), order__in=Order.objects.visible_to(user).values("pk"))
        return self.filter(Exists(seen))


class Invoice(Stateful):
    """发票：号码由税务系统给、财务录入；金额由系统按发货算，开出以后不改，错了开红字（A63）。"""

    class State(models.TextChoices):
        DRAFT = "draft", _("待开")
        ISSUED = "issued", _("已开票")
        DISCARDED = "discarded", _("已作废")

    lock_with = ("customer", "red_of", "made_by")
    found_with = ("number", "amount")

    state = FSMField(_("状态"), max_length=20, choices=State, default=State.DRAFT, protected=True)
    number = models.CharField(_("发票号码"), max_length=40)
    date = models.DateField(_("开票日期"))
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", verbose_name=_("客户"))
    customer_name = models.CharField(_("客户名称"), max_length=120)
    currency = models.CharField(_("币种"), max_length=3, default="CNY")
    tax_rate = models.DecimalField(_("税率"), max_digits=5, decimal_places=4)
    amount = columns.money(_("价税合计"))
    tax = columns.money(_("税额"))
    red_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="reds", verbose_name=_("所冲原票")
    )
    remark = models.CharField(_("备注"), max_length=200, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("制票人"))
    made_at = models.DateTimeField(_("制票时间"), default=clock.now)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("开票人")
    )
    issued_at = models.DateTimeField(_("开票时间"), null=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[models.Manager[Any]] = InvoiceQuerySet.as_manager()

    class Meta(Stateful.Meta):
        verbose_name = verbose_name_plural = _("发票")
        triggers: ClassVar = [*Stateful.Meta.triggers, INVOICE_STANDS, NEVER_OVER_INVOICED]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["number"], condition=~Q(state="discarded"), name="invoice_number_has_no_twin"
            ),
            models.CheckConstraint(name="invoice_number_is_not_blank", condition=~Q(number="")),
            models.CheckConstraint(
                name="invoice_amount_fits_its_colour",
                condition=(
                    Q(red_of__isnull=True, amount__gte=0, tax__gte=0)
                    | Q(red_of__isnull=False, amount__lte=0, tax__lte=0)
                ),
            ),
            models.CheckConstraint(
                name="invoice_figures_are_finite",
                condition=Q(
                    amount__gt=-(10**12), amount__lt=10**12, tax__gt=-(10**12), tax__lt=10**12, tax_rate__gte=0,
                    tax_rate__lt=1,
                ),
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(fields=["customer", "state"], name="invoice_by_customer"),
            models.Index(fields=["date", "id"], name="invoice_by_day"),
            models.Index(fields=["updated_at"], name="invoice_by_updated"),
        ]

    def __str__(self) -> str:
        return self.number

    def chain_roots(self) -> models.QuerySet[Any]:
        """The orders of its lines: whoever invoices or ships the same goods waits for them."""
        return Order.objects.filter(pk__in=InvoiceLine.objects.filter(invoice=self.pk).values("order"))

    @cached_property
    def lines_now(self) -> list[InvoiceLine]:
        """各行，按行号；锁住以后只读一次。"""
        return list(self.lines.select_related("order", "order_line").order_by("position"))

    @cached_property
    def billing(self) -> dict[int, Any]:
        """各行现在还有多少没开票（锁住以后算一次）。"""
        from ledger.billing import left_to_invoice

        return left_to_invoice(self._order_lines())

    @cached_property
    def originals(self) -> dict[int, Any]:
        """所冲原票各行还有多少没冲（锁住以后算一次）。"""
        from ledger.billing import left_to_take_back

        return left_to_take_back(self.red_of) if self.red_of else {}

    def _order_lines(self) -> list[OrderLine]:
        for line in self.lines_now:
            line.order_line.order = line.order
        return [line.order_line for line in self.lines_now]

    @property
    def is_red(self) -> bool:
        """是不是红字发票。"""
        return self.red_of_id is not None

    # --- the machine, in the order of life ---------------------------------------------------------------------------
    @transition(
        field=state,
        source=State.DRAFT,
        target=State.ISSUED,
        permission=Right("ledger.issue_invoice"),
        conditions=[guards.goods_were_shipped, guards.amounts_still_agree, guards.red_within_original],
        custom={"label": _("开出发票"), "article": "第六章，开票", "rule": "A63"},
    )
    def issue(self, *, by: User) -> None:
        """发票开出：只减未开票，不动应收（第六章，开票）。"""
        self.issued_by = by
        self.issued_at = clock.now()

    @transition(
        field=state,
        source=State.DRAFT,
        target=State.DISCARDED,
        permission=Right("ledger.discard_invoice"),
        custom={"label": _("作废草稿"), "article": "第六章，开票", "rule": "A63"},
    )
    def discard(self, *, by: User) -> None:
        """还没开出的作废，号码可以再用（第六章，开票）。"""


class InvoiceLine(AppendOnly):
    """发票的一行：哪一行货、多少、多少钱；红字行为负并指明原行（A63）。"""

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField(_("行号"))
    order = models.ForeignKey(Order, models.PROTECT, related_name="invoice_lines", verbose_name=_("业务单"))
    order_line = models.ForeignKey(OrderLine, models.PROTECT, related_name="invoice_lines", verbose_name=_("业务单行"))
    red_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="red_lines", verbose_name=_("所冲原行")
    )
    quantity = columns.quantity(_("数量"))
    unit_price = columns.price(_("单价"))
    amount = columns.money(_("含税金额"))
    tax = columns.money(_("税额"))

    class Meta(AppendOnly.Meta):
        verbose_name = verbose_name_plural = _("发票行")
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["invoice", "position"], name="invoice_line_positions_differ"),
            models.UniqueConstraint(fields=["invoice", "order_line"], name="order_line_once_per_invoice"),
            models.CheckConstraint(
                name="invoice_line_fits_its_colour",
                condition=(
                    Q(red_of__isnull=True, quantity__gt=0, amount__gte=0, tax__gte=0)
                    | Q(red_of__isnull=False, quantity__lt=0, amount__lte=0, tax__lte=0)
                ),
            ),
            models.CheckConstraint(
                name="invoice_line_figures_are_finite",
                condition=Q(
                    quantity__gt=-(10**11), quantity__lt=10**11, unit_price__gte=0, unit_price__lt=10**12,
                    amount__gt=-(10**12), amount__lt=10**12, tax__gt=-(10**12), tax__lt=10**12,
                ),
            ),
            models.CheckConstraint(name="invoice_line_is_not_its_own_red", condition=~Q(red_of=F("id"))),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["order", "order_line"], name="invoice_line_by_order")]

    def __str__(self) -> str:
        return f"{self.invoice_id}/{self.position}"
