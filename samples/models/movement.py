"""样品少了的每一次：用掉、退还、寄出、遗失；只加不改（C7）。"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samples.models.dispatch import SampleDispatch
from samples.models.loan import Loan
from samples.models.sample import Sample
from workflow import clock
from workflow.models import AppendOnly


class SampleMovement(AppendOnly):
    """少了一次：多少、为什么；客户的东西丢了，写明谁赔（C7）。"""

    class Kind(models.TextChoices):
        USED = "used", _("用掉")
        RETURNED = "returned", _("退还客户")
        LOST = "lost", _("遗失、损坏")
        SENT = "sent", _("寄出")

    sample = models.ForeignKey(Sample, models.PROTECT, related_name="movements", verbose_name=_("样品"))
    kind = models.CharField(_("怎样"), max_length=10, choices=Kind)
    quantity = models.DecimalField(_("数量"), max_digits=14, decimal_places=3)
    words = models.TextField(_("说明"))
    payer = models.CharField(_("谁赔"), max_length=60, blank=True)
    loan = models.OneToOneField(Loan, models.PROTECT, null=True, blank=True, related_name="movement")
    dispatch = models.ForeignKey(SampleDispatch, models.PROTECT, null=True, blank=True, related_name="movements")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("登记人"))
    at = models.DateTimeField(_("时间"), default=clock.now)

    class Meta(AppendOnly.Meta):
        verbose_name = verbose_name_plural = _("样品去向")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="sample_movement_is_a_quantity", condition=Q(quantity__gt=0, quantity__lt=10**11)
            ),
            models.CheckConstraint(name="sample_movement_is_explained", condition=~Q(words="")),
        ]
        indexes: ClassVar = [models.Index(fields=["sample", "-id"], name="movement_by_sample")]

    def __str__(self) -> str:
        return f"{self.sample_id} {self.kind} {self.quantity}"
