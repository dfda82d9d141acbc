"""送货单与退货单的行：一直连到业务单行（DESIGN §6：单行对单行）。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from orders.models import OrderLine
from reviews.models import Notice
from shipping.models.limits import NOT_LESS_THAN_SHIPPED, fixed_after


class DeliveryLine(models.Model):
    """送货单的一行：发某业务单行多少，另带多少备品；补货的行指明所补的退货行，不计价。"""

    delivery = models.ForeignKey("shipping.Delivery", models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField(_("行号"))
    order = models.ForeignKey("orders.Order", models.PROTECT, related_name="delivery_lines", verbose_name=_("业务单"))
    order_line = models.ForeignKey(OrderLine, models.PROTECT, related_name="delivery_lines", verbose_name=_("业务单行"))
    notice = models.ForeignKey(
        Notice, models.PROTECT, null=True, blank=True, related_name="delivery_lines", verbose_name=_("业务通知单")
    )
    quantity = models.DecimalField(_("数量"), max_digits=14, decimal_places=3)
    spare_quantity = models.DecimalField(_("备品"), max_digits=14, decimal_places=3, default=0)
    replaces = models.ForeignKey(
        "shipping.ReturnLine",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replacements",
        verbose_name=_("所补退货"),
    )
    packages = models.PositiveIntegerField(_("件数"), null=True, blank=True)
    remark = models.CharField(_("备注"), max_length=120, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("送货单行")
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["delivery", "position"], name="delivery_line_positions_differ"),
            models.CheckConstraint(
                name="delivery_quantity_is_positive", condition=Q(quantity__gt=0, quantity__lt=10**11)
            ),
            models.CheckConstraint(
                name="delivery_spare_is_a_quantity", condition=Q(spare_quantity__gte=0, spare_quantity__lt=10**11)
            ),
        ]
        triggers: ClassVar = fixed_after("shipping_delivery", "delivery", "draft")

    def __str__(self) -> str:
        return f"{self.delivery_id}/{self.position}"


class ReturnLine(models.Model):
    """退货单的一行：哪一行送货退回多少，货况如何。"""

    document = models.ForeignKey("shipping.Return", models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField(_("行号"))
    delivery_line = models.ForeignKey(
        DeliveryLine, models.PROTECT, related_name="returned_lines", verbose_name=_("送货单行")
    )
    order_line = models.ForeignKey(OrderLine, models.PROTECT, related_name="returned_lines", verbose_name=_("业务单行"))
    quantity = models.DecimalField(_("数量"), max_digits=14, decimal_places=3)
    condition = models.CharField(_("货况"), max_length=120, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("退货单行")
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "position"], name="return_line_positions_differ"),
            models.CheckConstraint(
                name="return_quantity_is_positive", condition=Q(quantity__gt=0, quantity__lt=10**11)
            ),
        ]
        triggers: ClassVar = fixed_after("shipping_return", "document", "registered")

    def __str__(self) -> str:
        return f"{self.document_id}/{self.position}"


class ShippedLine(OrderLine):
    """业务单行在发货这一章里的样子：数量不能改到净发货以下（第二十二条，I14）。"""

    class Meta:
        proxy = True
        triggers: ClassVar = [NOT_LESS_THAN_SHIPPED]
