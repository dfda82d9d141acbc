"""业务种类是数据（第五条）：评审部门、节点、必填要求、溢短、发放部门都写在种类里。"""

from __future__ import annotations

from typing import Any, ClassVar

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


@pghistory.track(append_only=True)
class BusinessKind(models.Model):
    """业务种类：印刷类、纸品类……（A5）。

    `departments` and `copies` are department codes; `milestones` rows {code, name, department, days};
    `required_order` and `required_line` name what a submission must fill in (A6.1d);
    `options`: deposit_at_issue, fax_talk, buffer_days (days added to the latest planned date, A17).
    """

    code = models.SlugField(_("代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=40)
    version = models.PositiveIntegerField(_("版本"), default=1)
    departments: Any = models.JSONField(_("评审部门"), default=list)
    copies: Any = models.JSONField(_("通知单发放部门"), default=list)
    milestones: Any = models.JSONField(_("节点"), default=list)
    required_order: Any = models.JSONField(_("整单必填"), default=list)
    required_line: Any = models.JSONField(_("行必填"), default=list)
    over_percent = models.DecimalField(_("溢 %"), max_digits=5, decimal_places=2, default=0)
    under_percent = models.DecimalField(_("短 %"), max_digits=5, decimal_places=2, default=0)
    options: Any = models.JSONField(_("选项"), default=dict)
    active = models.BooleanField(_("在用"), default=True)

    class Meta:
        verbose_name = verbose_name_plural = _("业务种类")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="kind_tolerances_are_percent",
                condition=Q(over_percent__gte=0, over_percent__lte=100, under_percent__gte=0, under_percent__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return self.name
