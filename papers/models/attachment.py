"""附件：按内容存放的文件。"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow import clock
from workflow.history import APPEND_ONLY_TRIGGERS, AppendOnly


class Attachment(AppendOnly):
    """归在一份单据上的一个文件：内容即地址，存入后不改不删（第二十条）。"""

    about = models.CharField(_("所属"), max_length=80)
    kind = models.CharField(_("种类"), max_length=40, blank=True)
    name = models.CharField(_("文件名"), max_length=255)
    media_type = models.CharField(_("类型"), max_length=100)
    size = models.PositiveIntegerField(_("字节"))
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("上传人")
    )
    uploaded_by_name = models.CharField(max_length=80)
    at = models.DateTimeField(_("上传时间"), default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = _("附件")
        indexes: ClassVar = [models.Index(fields=["about", "at"], name="attachment_about")]
        triggers: ClassVar = APPEND_ONLY_TRIGGERS

    @property
    def is_picture(self) -> bool:
        """Whether there is a small picture of it to show."""
        return self.media_type.startswith("image/")

    def __str__(self) -> str:
        return self.name
