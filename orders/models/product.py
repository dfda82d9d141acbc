"""产品（第二章）：编号、规格、单位与参考价；业务单行上另存快照（I30）。"""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from orders.models.kind import BusinessKind


@pghistory.track(append_only=True)
class Product(models.Model):
    """一种产品；价格只是参考，成交价在业务单行上。"""

    code = models.CharField(_("产品编号"), max_length=40, unique=True)
    name = models.CharField(_("品名"), max_length=120)
    specification = models.CharField(_("规格"), max_length=200, blank=True)
    unit = models.CharField(_("单位"), max_length=10)
    kind = models.ForeignKey(
        BusinessKind, models.PROTECT, null=True, blank=True, related_name="products", verbose_name=_("业务种类")
    )
    category = models.CharField(_("产品类别"), max_length=40, blank=True)
    default_price = models.DecimalField(_("参考价"), max_digits=18, decimal_places=6, null=True, blank=True)
    external_id = models.CharField(_("外部编号"), max_length=80, blank=True)
    active = models.BooleanField(_("在用"), default=True)

    class Meta:
        verbose_name = verbose_name_plural = _("产品")
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="product_price_is_money",
                condition=Q(default_price__isnull=True) | Q(default_price__gte=0, default_price__lt=10**12),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
