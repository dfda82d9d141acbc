"""到货日期的两次确认，与总监对一张送货单的放行（第五章，A52、A53）。"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow import clock
from workflow.models import AppendOnly


class Confirmation(AppendOnly):
    """一次确认：跟谁、怎么说的、说好哪天到；日期改了就重新确认两次（A52）。"""

    delivery = models.ForeignKey("shipping.Delivery", models.PROTECT, related_name="confirmations")
    arrival_date = models.DateField(_("到货日期"))
    with_whom = models.CharField(_("跟谁确认"), max_length=60)
    how = models.CharField(_("方式"), max_length=40)
    said = models.CharField(_("说了什么"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("确认人"))
    at = models.DateTimeField(_("时间"), default=clock.now)

    class Meta(AppendOnly.Meta):
        verbose_name = verbose_name_plural = _("到货确认")
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.arrival_date} {self.with_whom}"


class DispatchException(AppendOnly):
    """总监放行一张送货单的款项关口，理由留存（A53）。"""

    delivery = models.ForeignKey("shipping.Delivery", models.PROTECT, related_name="exceptions")
    reason = models.TextField(_("理由"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("批准人"))
    at = models.DateTimeField(_("时间"), default=clock.now)

    class Meta(AppendOnly.Meta):
        verbose_name = verbose_name_plural = _("发货例外")

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.by_id}"
