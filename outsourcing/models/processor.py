"""加工商（第四章，A42）：能做什么、怎么联系；停用的不能再选。"""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


@pghistory.track(append_only=True)
class Processor(models.Model):
    """一家加工商；加工单上另存一份名称与联系方式的快照（I30）。"""

    code = models.CharField(_("加工商编号"), max_length=40, unique=True)
    name = models.CharField(_("加工商名称"), max_length=120)
    capability = models.CharField(_("能做什么"), max_length=200, blank=True)
    contact = models.CharField(_("联系人"), max_length=40, blank=True)
    phone = models.CharField(_("电话"), max_length=40, blank=True)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    terms = models.CharField(_("结算方式"), max_length=100, blank=True)
    external_id = models.CharField(_("外部编号"), max_length=80, blank=True)
    suspended = models.BooleanField(_("停用"), default=False)
    suspended_reason = models.CharField(_("停用原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("加工商")
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [models.CheckConstraint(name="processor_has_a_code", condition=~Q(code=""))]

    def __str__(self) -> str:
        return self.name
