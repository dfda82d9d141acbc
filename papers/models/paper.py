"""单据：签发即定的内容，与它的作废。"""

from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from papers import qr
from papers.canonical import HASH_VERSION
from papers.kinds import KINDS
from papers.numbering import company_day
from workflow import clock
from workflow.history import APPEND_ONLY_TRIGGERS, AppendOnly, AppendOnlyQuerySet


class PaperQuerySet(AppendOnlyQuerySet):
    """Papers with their voiding, which every reader asks for."""

    def of(self, about: str) -> "PaperQuerySet":
        """The papers filed on one document, newest version last."""
        return self.filter(about=about).select_related("voiding").order_by("version", "id")

    def current(self) -> "PaperQuerySet":
        """现行的单据：未作废（第二十二条）。"""
        return self.filter(voiding__isnull=True)


class Paper(AppendOnly):
    """一张签发的单据：编号、版本、内容与指纹一次写定，更改另出新单（第二十条、第二十二条）。"""

    kind = models.CharField(_("单据种类"), max_length=40)
    about = models.CharField(_("所属"), max_length=80)
    number = models.CharField(_("编号"), max_length=30)
    version = models.PositiveIntegerField(_("版本"), default=1)
    content: Any = models.JSONField(_("内容"))
    fingerprint = models.CharField(_("指纹"), max_length=64)
    hash_version = models.PositiveSmallIntegerField(default=HASH_VERSION)
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("签发归档"))
    filed_by_name = models.CharField(max_length=80)
    filed_at = models.DateTimeField(_("归档时间"), default=clock.now)

    objects: ClassVar[models.Manager[Any]] = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("单据")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "number", "version"], name="paper_number_has_no_twin"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["number"], name="paper_number"),
            models.Index(fields=["about", "version"], name="paper_about"),
        ]
        triggers: ClassVar = APPEND_ONLY_TRIGGERS

    def __str__(self) -> str:
        return self.number

    @cached_property
    def voided(self) -> "PaperVoid | None":
        """作废的记录；现行则无（第二十二条）。"""
        found: PaperVoid | None = getattr(self, "voiding", None)
        return found

    @property
    def voided_at(self) -> datetime | None:
        """作废时间；现行则无（第二十二条）。"""
        return self.voided.at if self.voided else None

    @property
    def title(self) -> str:
        """业务通知单，更改者为业务通知单（更改）（第二十二条）。"""
        return KINDS[self.kind].title + (translated("（更改）") if self.content.get("change") else "")

    @property
    def holders(self) -> list[str]:
        """Whose copies there are: departments of a notice, holders of a delivery note."""
        return [copy.get("holder") or copy.get("department", "") for copy in self.content.get("copies") or []]

    @property
    def verify_url(self) -> str:
        """扫码核验的公开地址（第二十二条）。"""
        return qr.verify_path(self.number, self.fingerprint)


class PaperVoid(AppendOnly):
    """一张单据的作废：何时、何人、何故，被哪一张取代；作废不可撤回（第二十二条）。"""

    paper = models.OneToOneField(Paper, models.PROTECT, primary_key=True, related_name="voiding")
    reason = models.CharField(_("理由"), max_length=300)
    successor = models.CharField(_("取代者"), max_length=30, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField(_("作废时间"), default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = _("作废")
        triggers: ClassVar = APPEND_ONLY_TRIGGERS

    def __str__(self) -> str:
        return f"{self.paper_id} {self.cause}"

    @property
    def cause(self) -> str:
        """已更改（有取代者）、已过期（有效期过后才作废）或已取消（第二十二条、B1）。"""
        if self.successor:
            return translated("已更改")
        last_day = self.paper.content.get("valid_until", "")
        over = last_day and company_day(self.at).isoformat() > last_day
        return translated("已过期") if over else translated("已取消")
