"""文件：归在单据上的附件；表单先收下、还没归档的。按内容存放。"""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workflow import clock
from workflow.history import APPEND_ONLY_TRIGGERS, AppendOnly


class KeptFile(models.Model):
    """一个按内容存放的文件：叫什么、多大、谁何时交的。"""

    page = thumb = ""

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
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        """Whether there is a small picture of it to show."""
        return self.media_type.startswith("image/")


class Attachment(KeptFile, AppendOnly):
    """归在一份单据上的一个文件：内容即地址，存入后不改不删（第二十条）。"""

    page, thumb = "papers:attachment", "papers:thumbnail"

    class Meta:
        verbose_name = verbose_name_plural = _("附件")
        indexes: ClassVar = [models.Index(fields=["about", "at"], name="attachment_about")]
        triggers: ClassVar = APPEND_ONLY_TRIGGERS


class WaitingFileQuerySet(models.QuerySet[Any]):
    """Files that came before their document."""

    def waiting(self) -> "WaitingFileQuerySet":
        """还等着归档：没有归，也没有清掉。"""
        return self.filter(filed_at=None, cleared_at=None)


class WaitingFile(KeptFile):
    """表单先收下的文件：表单存了就归到单据上，一周没有存就清掉内容，只留下这一行（第六条，A6.1a）。"""

    page, thumb = "papers:waiting", "papers:waiting_thumbnail"

    filed_at = models.DateTimeField(_("归档时间"), null=True, blank=True)
    cleared_at = models.DateTimeField(_("清掉时间"), null=True, blank=True)

    objects: ClassVar[models.Manager[Any]] = WaitingFileQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("待归档文件")
        indexes: ClassVar = [
            models.Index(fields=["about"], name="waiting_file_about"),
            models.Index(fields=["at"], name="waiting_file_at", condition=Q(filed_at=None, cleared_at=None)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_file_is_filed_or_cleared", condition=Q(filed_at__isnull=True) | Q(cleared_at__isnull=True)
            ),
        ]
