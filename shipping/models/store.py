"""成品库（E7）：只记进出，结存总是算出来的。"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from orders.models import OrderLine
from shipping.models.limits import NEVER_NEGATIVE
from workflow import clock
from workflow.models import AppendOnly


class StoreEntry(AppendOnly):
    """成品库的一笔进出：检验合格入库、发货出库、退货入库；每行结存不为负（E7）。"""

    class Kind(models.TextChoices):
        PASSED = "passed", _("成品入库")
        DISPATCHED = "dispatched", _("成品出库")
        RETURNED = "returned", _("退货入库")

    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="store_entries", verbose_name=_("业务单行"))
    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    quantity = models.DecimalField(_("数量（出为负）"), max_digits=14, decimal_places=3)
    day = models.DateField(_("日期"), default=clock.today)
    source = models.CharField(_("来源"), max_length=80, unique=True)
    note = models.CharField(_("说明"), max_length=120, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("经手"))
    at = models.DateTimeField(_("时间"), default=clock.now)

    class Meta(AppendOnly.Meta):
        verbose_name = verbose_name_plural = _("成品库进出")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="store_quantity_is_a_quantity",
                condition=Q(quantity__gt=-(10**11), quantity__lt=10**11) & ~Q(quantity=0),
            ),
            models.CheckConstraint(
                name="store_goes_out_by_dispatch_alone",
                condition=(
                    Q(kind="dispatched", quantity__lt=0) | Q(kind="returned", quantity__gt=0) | Q(kind="passed")
                ),
            ),
        ]
        triggers: ClassVar = [*AppendOnly.Meta.triggers, NEVER_NEGATIVE]

    def __str__(self) -> str:
        return f"{self.line_id} {self.quantity:+}"
