"""报价单的行与数量阶梯：送出以后数据库也不让改（B1）。"""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from orders.models.product import Product
from orders.models.quotation import Quotation

ONLY_WHILE_DRAFT = """
    SELECT state INTO its_state FROM orders_quotation WHERE id = (ITS_QUOTATION);
    IF its_state <> 'draft' THEN
        RAISE EXCEPTION 'gendan: a quotation that was sent is never edited';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
    """


def _only_while_draft(its_quotation: str) -> pgtrigger.Trigger:
    """No row comes, changes or goes once its quotation (found by this SQL) is sent."""
    return pgtrigger.Trigger(
        name="only_while_draft",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("its_state", "TEXT")],
        func=ONLY_WHILE_DRAFT.replace("ITS_QUOTATION", its_quotation),
    )


class QuotationLine(models.Model):
    """报价单的一行：什么产品、什么做法、制版打样费、交货要几天（B1）。"""

    quotation = models.ForeignKey(Quotation, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField(_("行号"))
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
    tooling_fee = models.DecimalField(_("制版、模具费"), max_digits=14, decimal_places=2, default=0)
    proof_fee = models.DecimalField(_("打样费"), max_digits=14, decimal_places=2, default=0)
    lead_days = models.PositiveSmallIntegerField(_("交货天数"), null=True, blank=True)
    remark = models.CharField(_("备注"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("报价单行")
        ordering: ClassVar = ["position"]
        triggers: ClassVar = [_only_while_draft("COALESCE(NEW.quotation_id, OLD.quotation_id)")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["quotation", "position"], name="quotation_line_positions_differ"),
            models.CheckConstraint(
                name="quotation_fees_are_money",
                condition=Q(tooling_fee__gte=0, tooling_fee__lt=10**12, proof_fee__gte=0, proof_fee__lt=10**12),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.product_name}"

    @cached_property
    def steps_now(self) -> list[QuotationStep]:
        """数量阶梯，少的在前。"""
        return sorted(self.steps.all(), key=lambda step: step.quantity)

    @property
    def fees(self) -> Decimal:
        """制版费加打样费。"""
        return self.tooling_fee + self.proof_fee

    @property
    def making(self) -> str:
        """规格与做法连成一句。"""
        return "；".join(filter(None, (self.specification, self.material, self.printing, self.finishing)))


class QuotationStep(models.Model):
    """某个数量的单价；金额由系统算，按行四舍五入（I10）。"""

    line = models.ForeignKey(QuotationLine, models.CASCADE, related_name="steps")
    quantity = models.DecimalField(_("数量"), max_digits=14, decimal_places=3)
    unit_price = models.DecimalField(_("单价"), max_digits=18, decimal_places=6)
    amount = models.DecimalField(_("含税金额"), max_digits=14, decimal_places=2)
    tax_amount = models.DecimalField(_("税额"), max_digits=14, decimal_places=2)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = verbose_name_plural = _("数量阶梯")
        ordering: ClassVar = ["quantity"]
        triggers: ClassVar = [
            _only_while_draft(
                "SELECT quotation_id FROM orders_quotationline WHERE id = COALESCE(NEW.line_id, OLD.line_id)"
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["line", "quantity"], name="one_price_per_quantity"),
            models.CheckConstraint(name="step_quantity_is_positive", condition=Q(quantity__gt=0, quantity__lt=10**11)),
            models.CheckConstraint(name="step_price_is_money", condition=Q(unit_price__gte=0, unit_price__lt=10**12)),
            models.CheckConstraint(
                name="step_amount_is_money",
                condition=Q(amount__gte=0, amount__lt=10**12, tax_amount__gte=0, tax_amount__lt=10**12),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.unit_price}"
