"""第三方物流（第五章，A55）。"""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _


@pghistory.track(append_only=True)
class Carrier(models.Model):
    """承运商：送货单上选它，停用了就不能再选（A55）。"""

    code = models.CharField(_("承运商编号"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=80)
    phone = models.CharField(_("电话"), max_length=40, blank=True)
    active = models.BooleanField(_("在用"), default=True)

    class Meta:
        verbose_name = verbose_name_plural = _("承运商")
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.name
