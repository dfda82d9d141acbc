"""印成的文件与每一次打印。"""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from papers.models.paper import Paper
from workflow import clock
from workflow.history import APPEND_ONLY_TRIGGERS, AppendOnly


class PrintLog(AppendOnly):
    """第 n 次打印：何人、何时、哪一份，连同当时已知的签收与实际日期（第二十条）。"""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="prints")
    nth = models.PositiveIntegerField(_("第几次"))
    copy = models.CharField(_("份、联"), max_length=40, blank=True)
    priced = models.BooleanField(_("列价格"))
    facts: Any = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("打印人"))
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField(_("打印时间"), default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = _("打印记录")
        constraints: ClassVar = [models.UniqueConstraint(fields=["paper", "nth"], name="prints_are_counted_once")]
        triggers: ClassVar = APPEND_ONLY_TRIGGERS

    def __str__(self) -> str:
        return f"{self.paper_id} 第 {self.nth} 次"


class Rendering(AppendOnly):
    """一张单据印成的文件：原件、作废件、打印件各自留存，原件的字节永不替换（第二十条、第二十二条）。"""

    class Face(models.TextChoices):
        """印成哪一面。"""

        ISSUE = "issue", _("原件")
        VOID = "void", _("作废件")
        PRINT = "print", _("打印件")

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="renderings")
    face = models.CharField(max_length=10, choices=Face)
    priced = models.BooleanField()
    print_log = models.OneToOneField(PrintLog, models.PROTECT, null=True, blank=True, related_name="rendering")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = _("印成")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["paper", "face", "priced"],
                condition=models.Q(print_log__isnull=True),
                name="one_rendering_per_face",
            ),
            models.CheckConstraint(
                name="a_print_names_its_log",
                condition=models.Q(face="print", print_log__isnull=False)
                | (~models.Q(face="print") & models.Q(print_log__isnull=True)),
            ),
        ]
        triggers: ClassVar = APPEND_ONLY_TRIGGERS

    def __str__(self) -> str:
        return f"{self.paper_id} {self.face}"
