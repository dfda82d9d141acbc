"""What may never be changed afterwards: append-only tables and the hash chain of the log (I9, I16–I18, I46)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, ClassVar, NoReturn

import pgtrigger
from django.db import models
from django.utils.translation import gettext as _

APPEND_ONLY_TRIGGERS = [
    pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
    pgtrigger.Trigger(
        name="no_truncate",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="RAISE EXCEPTION 'gendan: % is append-only', TG_TABLE_NAME;",
    ),
]


class AppendOnlyError(TypeError):
    """Somebody tried to rewrite what is only ever added to."""

    def __init__(self) -> None:
        super().__init__(_("这里只加不改，更正请另记一笔"))


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """A queryset that adds and reads, nothing else."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError

    def delete(self) -> NoReturn:
        raise AppendOnlyError

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError


class AppendOnly(models.Model):
    """只加不改的一行：更正另起一行并指明所更正者（A61）。"""

    append_only = True

    objects: ClassVar[models.Manager[Any]] = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True
        triggers: ClassVar = APPEND_ONLY_TRIGGERS

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError


def digest(row: Any) -> str:
    """The hash of one log row, computed as the database trigger computes it."""
    parts = [
        row.prev_hash, row.chain, str(row.chain_seq), row.subject_type, str(row.subject_id), str(row.version),
        row.move, row.source, row.target, str(row.actor_id), row.actor_name, row.reason, row.article, row.rule,
        str(_micros(row.at)), row.data_text,
    ]  # fmt: skip
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


def _micros(moment: Any) -> int:
    return int(moment.timestamp()) * 1_000_000 + int(moment.microsecond)


def verify_chain(chain: str | None = None) -> Iterator[str]:
    """Every break of the log's hash chain, named by row; silence means the chain holds."""
    from workflow.models import TransitionLog

    rows = TransitionLog.objects.order_by("chain", "chain_seq")
    if chain is not None:
        rows = rows.filter(chain=chain)
    last: Any = None
    for row in rows.iterator(chunk_size=2000):
        follows = last is not None and last.chain == row.chain
        expected = (last.chain_seq + 1, last.hash) if follows else (1, "")
        if (row.chain_seq, row.prev_hash) != expected:
            yield f"{row.chain} #{row.chain_seq} (id {row.pk}): 前后不接"
        if digest(row) != row.hash:
            yield f"{row.chain} #{row.chain_seq} (id {row.pk}): 内容与指纹不符"
        last = row
