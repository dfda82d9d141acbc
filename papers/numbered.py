"""A document that is binding carries a gapless number; a draft answers to a provisional one (I27)."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from papers.numbering import next_number
from workflow import clock

NUMBER_NEVER_CHANGES = pgtrigger.Protect(
    name="number_never_changes",
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(old__formal_number__isnull=False, new__formal_number__df=pgtrigger.F("old__formal_number")),
)


class NumberedQuerySet(models.QuerySet[Any]):
    """Finds a document by its formal number or by the provisional one that keeps resolving."""

    def numbered(self, number: str) -> Self:
        """按单号找：正式单号，或草稿时的暂用号（两者都一直有效）。"""
        number = number.strip().upper()
        head = f"{self.model.provisional_prefix}-"
        tail = number.removeprefix(head)
        if number.startswith(head) and tail.isascii() and tail.isdecimal() and len(tail) < 18:
            return self.filter(pk=int(tail))
        return self.filter(formal_number=number)


class Numbered(models.Model):
    """有单号的单据：生效时取号，取了就不改（第二十条）。"""

    series: ClassVar[str]
    provisional_prefix: ClassVar[str]

    formal_number = models.CharField(_("单号"), max_length=20, null=True, unique=True, editable=False)  # noqa: DJ001 - null until binding

    objects: ClassVar[models.Manager[Any]] = NumberedQuerySet.as_manager()

    class Meta:
        abstract = True
        triggers: ClassVar = [NUMBER_NEVER_CHANGES]
        constraints: ClassVar = [
            models.CheckConstraint(name="%(class)s_number_is_not_blank", condition=~Q(formal_number=""))
        ]

    @property
    def number(self) -> str:
        """What works in paths and on screens: the formal number, else the provisional one."""
        return self.formal_number or f"{self.provisional_prefix}-{self.pk:06d}"

    def take_number(self) -> None:
        """Take the next number of the series, last in the transaction that makes the document binding."""
        if self.formal_number is None:
            self.formal_number = next_number(self.series, clock.today())
