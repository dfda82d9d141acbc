"""业务种类是数据（第五条）：评审部门、节点、必填要求、溢短、发放部门都写在种类里。"""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from orders.kinds import KindRules, content_of, fingerprint_of, rules_of
from papers.canonical import plain
from workflow import clock
from workflow.models import AppendOnly


@pghistory.track(append_only=True)
class BusinessKind(models.Model):
    """业务种类：印刷类、纸品类……（A5）。

    `departments` and `copies` are department codes; `milestones` rows {code, name, department, days};
    `required_order` and `required_line` name what a submission must fill in (A6.1d);
    what stands in `options` is read by name in `orders.kinds.KindRules`. Here is what holds for new orders;
    an order asks its own version (`Order.kind`), never these fields.
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

    @property
    def rules(self) -> KindRules:
        """现在的规矩：新登记的单照它做（第五条）。"""
        return rules_of(content_of(self))

    def current_version(self) -> KindVersion:
        """现行的一版；内容还没有成版的，就此成版（第五条）。"""
        latest = self.latest_version()
        if latest is None or latest.sha256 != fingerprint_of(self):
            held = BusinessKind.objects.select_for_update(no_key=True).get(pk=self.pk)
            latest = held.latest_version()
            if latest is None or latest.sha256 != fingerprint_of(held):
                return held.keep(max(held.version, latest.number + 1 if latest else 1))
        return latest

    def latest_version(self) -> KindVersion | None:
        """最近存下的一版。"""
        found: KindVersion | None = KindVersion.objects.filter(kind=self.pk).order_by("-number").first()
        return found

    def keep(self, number: int, *, by: Any = None) -> KindVersion:
        """把现在的内容存成一版，只加不改（第五条）。"""
        made: KindVersion = KindVersion.objects.create(
            kind=self,
            number=number,
            content=plain(content_of(self)),
            sha256=fingerprint_of(self),
            made_by=by,
            made_by_name=str(by or ""),
        )
        return made


class KindVersion(AppendOnly):
    """业务种类的一版：全文与指纹，谁在何时定的；业务单留着登记时的那一版（A5）。"""

    kind = models.ForeignKey(BusinessKind, models.PROTECT, related_name="versions", verbose_name=_("业务种类"))
    number = models.PositiveIntegerField(_("版"))
    content: Any = models.JSONField(_("全文"))
    sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("谁")
    )
    made_by_name = models.CharField(_("姓名"), max_length=80, blank=True)
    made_at = models.DateTimeField(_("何时"), default=clock.now)

    class Meta(AppendOnly.Meta):
        verbose_name = verbose_name_plural = _("业务种类版本")
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "number"], name="one_kind_version_per_number")]

    def __str__(self) -> str:
        return f"{self.content['name']} v{self.number}"

    @cached_property
    def rules(self) -> KindRules:
        """这一版的规矩（第五条）。"""
        return rules_of(self.content)


_read: dict[int, KindVersion] = {}


def kept(version_id: int) -> KindVersion:
    """存下的某一版（第五条）。It is never changed, so each process reads it once."""
    if version_id not in _read:
        _read[version_id] = KindVersion.objects.get(pk=version_id)
    return _read[version_id]
