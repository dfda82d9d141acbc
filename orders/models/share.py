"""还有谁看得见：评审、发放、通知发货、台账各写一行（DESIGN §4）。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from parties.models import Department


class OrderShare(models.Model):
    """一张业务单让一个部门看见，及其缘由（第三条、B7）。"""

    class Reason(models.TextChoices):
        REVIEW = "review", _("参加评审")
        COPY = "copy", _("领有通知单")
        NOTIFY = "notify", _("通知发货")
        LEDGER = "ledger", _("台账")

    order = models.ForeignKey("orders.Order", models.CASCADE, related_name="shares")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    reason = models.CharField(_("缘由"), max_length=10, choices=Reason)

    class Meta:
        verbose_name = verbose_name_plural = _("可见部门")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["department", "order", "reason"], name="one_share_per_reason")
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.department_id} {self.reason}"
