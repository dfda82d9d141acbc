"""签字：签的是哪一份内容，谁签、代谁签、凭哪份授权书；只加不改（I19）。"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from papers.canonical import HASH_VERSION
from parties.models import Authorisation, Means
from reviews.models.answer import Answer
from reviews.models.notice import Notice
from workflow import clock
from workflow.models import AppendOnly


class Signature(AppendOnly):
    """一次签字：内容的 sha256、业务单版本、签字人、时间与再证明是本人的时间、凭什么（第十九条、第二十条）。"""

    class Act(models.TextChoices):
        SIGN = "sign", _("签字")
        COUNTERSIGN = "countersign", _("补签")

    act = models.CharField(_("签署"), max_length=12, choices=Act, default=Act.SIGN)
    answer = models.ForeignKey(Answer, models.PROTECT, null=True, blank=True, related_name="signatures")
    notice = models.ForeignKey(Notice, models.PROTECT, null=True, blank=True, related_name="signatures")
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("签字人"))
    signer_name = models.CharField(_("签字人姓名"), max_length=80)
    is_proxy = models.BooleanField(_("代签"), default=False)
    authorisation = models.ForeignKey(
        Authorisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("授权书")
    )
    sha256 = models.CharField(_("内容指纹"), max_length=64)
    hash_version = models.PositiveSmallIntegerField(default=HASH_VERSION)
    order_version = models.PositiveIntegerField(_("业务单版本"))
    at = models.DateTimeField(_("时间"), default=clock.now)
    auth_time = models.DateTimeField(_("证明是本人的时间"), null=True, blank=True)
    auth_means = models.CharField(_("凭什么证明"), max_length=12, choices=Means, blank=True)

    class Meta(AppendOnly.Meta):
        verbose_name = verbose_name_plural = _("签字")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="signature_is_of_one_document",
                condition=Q(answer__isnull=False, notice__isnull=True) | Q(answer__isnull=True, notice__isnull=False),
            ),
            models.CheckConstraint(
                name="proxy_signs_by_authorisation",
                condition=Q(is_proxy=True, authorisation__isnull=False) | Q(is_proxy=False, authorisation__isnull=True),
            ),
            models.UniqueConstraint(fields=["notice"], condition=Q(notice__isnull=False), name="notice_is_signed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.signer_name} {self.sha256[:8]}"
