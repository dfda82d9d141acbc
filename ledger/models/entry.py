"""发出商品台账（附件5）：发货、补发、退货、更正各一行，只加不改（A61）。"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.models import columns
from orders.models import Order, OrderLine
from orders.models.part import OfOrder
from parties.models import Customer
from workflow import clock
from workflow.history import AppendOnlyQuerySet
from workflow.models import AppendOnly


class EntryQuerySet(OfOrder, AppendOnlyQuerySet):
    """Ledger rows, narrowed to the orders that a person may see."""

    def goods_out(self) -> Self:
        """发出的行（发货与补发）和入账的费用，退货与更正跟在它们后面。"""
        return self.filter(kind__in=GOODS_OUT)


class Entry(AppendOnly):
    """发出商品台账的一行：只加不改，更正另起一行并指明所更正者（A61）。

    A fee (开机费、制版费) is entered beside the goods: `quantity` counts what is charged, and nothing left the house.

    `quantity` is what moved (returns negative); `billable` is the part that is invoiced and owed: replacements and
    returns that are not credited have none. `amount` and `tax` follow from `billable` at `unit_price`.
    """

    class Kind(models.TextChoices):
        DISPATCH = "dispatch", _("发货")
        REPLACEMENT = "replacement", _("补发")
        RETURN = "return", _("退货")
        CORRECTION = "correction", _("更正")
        FEE = "fee", _("费用")

    kind = models.CharField(_("类别"), max_length=12, choices=Kind)
    order = models.ForeignKey(Order, models.PROTECT, related_name="ledger_entries", verbose_name=_("业务单"))
    order_line = models.ForeignKey(OrderLine, models.PROTECT, related_name="ledger_entries", verbose_name=_("业务单行"))
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", verbose_name=_("客户"))
    delivery_line = models.ForeignKey(
        "shipping.DeliveryLine",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="ledger_entries",
        verbose_name=_("送货单行"),
    )
    return_line = models.ForeignKey(
        "shipping.ReturnLine",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="ledger_entries",
        verbose_name=_("退货单行"),
    )
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followers", verbose_name=_("所属发货行")
    )
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name=_("所更正的行")
    )
    quantity = columns.quantity(_("数量"))
    billable = columns.quantity(_("计价数量"))
    unit_price = columns.price(_("单价"))
    amount = columns.money(_("含税金额"))
    tax = columns.money(_("税额"))
    day = models.DateField(_("日期"))
    remark = models.CharField(_("备注"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("记账人"))
    recorded_at = models.DateTimeField(_("记账时间"), default=clock.now)

    objects: ClassVar[EntryQuerySet] = EntryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(AppendOnly.Meta):
        verbose_name = verbose_name_plural = _("台账")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["delivery_line"],
                condition=Q(kind__in=("dispatch", "replacement")),
                name="delivery_line_is_entered_once",
            ),
            models.UniqueConstraint(
                fields=["return_line"], condition=Q(kind="return"), name="return_line_is_entered_once"
            ),
            models.UniqueConstraint(fields=["corrects"], name="entry_is_corrected_once"),
            models.CheckConstraint(
                name="entry_kind_fits_its_signs",
                condition=(
                    Q(kind="dispatch", quantity__gt=0, billable=F("quantity"), amount__gte=0, tax__gte=0)
                    | Q(kind="replacement", quantity__gt=0, billable=0, amount=0, tax=0)
                    | Q(kind="return", quantity__lt=0, billable=0, amount=0, tax=0)
                    | Q(kind="return", quantity__lt=0, billable=F("quantity"), amount__lte=0, tax__lte=0)
                    | Q(kind="correction", quantity=0, billable=0)
                    | Q(kind="fee", quantity__gt=0, billable=F("quantity"), amount__gte=0, tax__gte=0)
                ),
            ),
            models.CheckConstraint(
                name="entry_of_goods_names_its_delivery",
                condition=Q(kind="fee", delivery_line__isnull=True)
                | Q(kind="correction")
                | Q(~Q(kind__in=("fee", "correction")), delivery_line__isnull=False),
            ),
            models.CheckConstraint(
                name="entry_correction_names_its_row",
                condition=Q(kind="correction", corrects__isnull=False)
                | Q(~Q(kind="correction"), corrects__isnull=True),
            ),
            models.CheckConstraint(
                name="entry_figures_are_finite",
                condition=Q(
                    quantity__gt=-(10**11),
                    quantity__lt=10**11,
                    unit_price__gte=0,
                    unit_price__lt=10**12,
                    amount__gt=-(10**12),
                    amount__lt=10**12,
                    tax__gt=-(10**12),
                    tax__lt=10**12,
                ),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["order", "order_line"], name="entry_by_order"),
            models.Index(fields=["day", "id"], name="entry_by_day"),
            models.Index(fields=["customer", "day", "id"], name="entry_by_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.get_kind_display()} {self.quantity}"

    @property
    def delivery_number(self) -> str:
        """凭哪张送货单；费用没有送货单。"""
        return self.delivery_line.delivery.number if self.delivery_line else ""

    @property
    def signed_on(self) -> dt.date | None:
        """那张送货单签收的日期。"""
        return self.delivery_line.delivery.signed_on if self.delivery_line else None


GOODS_OUT = (Entry.Kind.DISPATCH, Entry.Kind.REPLACEMENT, Entry.Kind.FEE)
