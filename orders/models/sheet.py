"""登记表单开着时先交上来的文件：单还没存，文件已经在（第六条，A6.1a）。"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow import clock


class FormSheet(models.Model):
    """一张开着的登记表单，按页面自己的记号；它的文件存单时归到业务单上，只有开表的人看得见（B7）。"""

    token = models.CharField(_("记号"), max_length=64, unique=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("谁开的"))
    at = models.DateTimeField(_("时间"), default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = _("登记表单")

    def __str__(self) -> str:
        return self.token

    @property
    def about(self) -> str:
        """How attachments name it."""
        return f"{self._meta.db_table}:{self.pk}"
