"""原件归档：签字的业务通知单原件存在营销中心哪里（第六条）。"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reviews.models.notice import Notice
from workflow import clock
from workflow.models import AppendOnly


class ArchivedOriginal(AppendOnly):
    """一张通知单的签字原件：谁、何时、归在营销中心哪一格；只加不改，挪了地方另起一行（第六条）。"""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="originals", verbose_name=_("业务通知单"))
    place = models.CharField(_("归在哪里"), max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("归档人"))
    at = models.DateTimeField(_("归档时间"), default=clock.now)

    class Meta(AppendOnly.Meta):
        verbose_name = verbose_name_plural = _("原件归档")
        constraints: ClassVar = [models.CheckConstraint(name="original_lies_somewhere", condition=~Q(place=""))]
        indexes: ClassVar = [models.Index(fields=["notice", "-id"], name="original_by_notice")]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.place}"
