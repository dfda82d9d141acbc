"""业务单行：一行一个产品，数量、单价、规格与要求（A6.1d）。"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from orders.kinds import KindRules
from orders.models.kind import BusinessKind, KindVersion, kept
from orders.models.product import Product

CENT = Decimal("0.01")
THOUSANDTH = Decimal("0.001")


class OrderLineQuerySet(models.QuerySet["OrderLine"]):
    """Lines of orders: goods that are made and shipped, and fees that are only charged."""

    def goods(self) -> Self:
        """要做、要检、要发的行；费用行不在内。"""
        return self.filter(fee=False)

    def fees(self) -> Self:
        """费用行：开机费、制版费、打样费等，只记账（A62）。"""
        return self.filter(fee=True)


class OrderLine(models.Model):
    """业务单的一行。金额由系统算：先按行四舍五入，合计等于各行之和（I10）。

    A line is goods, or (`fee`) a charge beside them (开机费、制版费、打样费): part of the total, of contracts, invoices
    and the ledger, nothing to review, make, inspect or ship. Whoever means goods asks `goods_now` or `.goods()`.
    """

    order = models.ForeignKey("orders.Order", models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField(_("行号"))
    business_kind = models.ForeignKey(
        BusinessKind, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("业务种类")
    )
    kind_version = models.ForeignKey(
        KindVersion, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("业务种类版本")
    )
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("产品")
    )
    product_code = models.CharField(_("产品编号"), max_length=40, blank=True)
    product_name = models.CharField(_("品名"), max_length=120)
    specification = models.CharField(_("规格"), max_length=200, blank=True)
    material = models.CharField(_("材料"), max_length=200, blank=True)
    printing = models.CharField(_("印刷"), max_length=200, blank=True)
    finishing = models.CharField(_("后加工"), max_length=200, blank=True)
    unit = models.CharField(_("单位"), max_length=10)
    quantity = models.DecimalField(_("数量"), max_digits=14, decimal_places=3)
    spare_quantity = models.DecimalField(_("备品"), max_digits=14, decimal_places=3, default=0)
    unit_price = models.DecimalField(_("单价"), max_digits=18, decimal_places=6)
    amount = models.DecimalField(_("含税金额"), max_digits=14, decimal_places=2)
    tax_amount = models.DecimalField(_("税额"), max_digits=14, decimal_places=2)
    requested_date = models.DateField(_("要求交期"))
    promised_date = models.DateField(_("承诺交期"), null=True, blank=True)
    over_percent = models.DecimalField(_("溢 %"), max_digits=5, decimal_places=2, default=0)
    under_percent = models.DecimalField(_("短 %"), max_digits=5, decimal_places=2, default=0)
    requirements: Any = models.JSONField(_("要求"), default=dict, blank=True)
    breakdown: Any = models.JSONField(_("颜色尺码"), default=list, blank=True)
    closed = models.BooleanField(_("已关闭"), default=False)
    fee = models.BooleanField(_("费用"), default=False)

    objects = OrderLineQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("业务单行")
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "id"], name="line_belongs_to_its_order"),
            models.UniqueConstraint(
                fields=["order", "position"], name="line_positions_differ", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(name="line_quantity_is_positive", condition=Q(quantity__gt=0, quantity__lt=10**11)),
            models.CheckConstraint(
                name="line_spare_is_a_quantity", condition=Q(spare_quantity__gte=0, spare_quantity__lt=10**11)
            ),
            models.CheckConstraint(name="line_price_is_money", condition=Q(unit_price__gte=0, unit_price__lt=10**12)),
            models.CheckConstraint(
                name="line_amount_is_money",
                condition=Q(amount__gte=0, amount__lt=10**12, tax_amount__gte=0, tax_amount__lt=10**12),
            ),
            models.CheckConstraint(
                name="line_tolerances_are_percent",
                condition=Q(over_percent__gte=0, over_percent__lte=100, under_percent__gte=0, under_percent__lte=100),
            ),
            models.CheckConstraint(
                name="fee_is_no_goods",
                condition=Q(fee=False)
                | Q(spare_quantity=0, over_percent=0, under_percent=0, product__isnull=True, breakdown=[]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.product_name}"

    @property
    def kind(self) -> KindRules:
        """这一行照哪个种类的规矩：行上写明的，没有就是整单的，都是登记时的那一版（A6.4e）。"""
        if self.kind_version_id is not None:
            return kept(self.kind_version_id).rules
        return self.business_kind.rules if self.business_kind is not None else self.order.kind

    @property
    def least(self) -> Decimal:
        """短缺容差之内算交齐的最小数量（A5）。"""
        return (self.quantity * (100 - self.under_percent) / 100).quantize(THOUSANDTH, ROUND_CEILING)

    @property
    def most(self) -> Decimal:
        """溢装容差之内最多可发的数量（A5）；再多要有超发授权。"""
        return (self.quantity * (100 + self.over_percent) / 100).quantize(THOUSANDTH)

    @property
    def production_quantity(self) -> Decimal:
        """生产数量：订货加备品。"""
        return self.quantity + self.spare_quantity

    def price_up(self, *, tax_rate: Decimal, prices_include_tax: bool) -> None:
        """算出本行含税金额与税额（I10：按行四舍五入）。"""
        self.amount, self.tax_amount = amounts(
            self.quantity, self.unit_price, tax_rate=tax_rate, prices_include_tax=prices_include_tax
        )


def totals(lines: Iterable[OrderLine]) -> tuple[Decimal, Decimal]:
    """(含税合计, 税额合计)：各行相加，关了的行只算已经净发的；一张单值多少，全系统只看这一处（A62、第二十二条）。"""
    found = list(lines)
    return sum((line.amount for line in found), Decimal(0)), sum((line.tax_amount for line in found), Decimal(0))


def amounts(
    quantity: Decimal, unit_price: Decimal, *, tax_rate: Decimal, prices_include_tax: bool
) -> tuple[Decimal, Decimal]:
    """(含税金额, 税额)，各到分，ROUND_HALF_UP；全系统只有这一处算价（I10）。"""
    base = (quantity * unit_price).quantize(CENT, ROUND_HALF_UP)
    if prices_include_tax:
        net = (base / (1 + tax_rate)).quantize(CENT, ROUND_HALF_UP)
        return base, base - net
    tax = (base * tax_rate).quantize(CENT, ROUND_HALF_UP)
    return base + tax, tax
