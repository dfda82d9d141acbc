"""有状态的单据：状态只在门里改，改了必有留痕（I15–I17）。"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin

STATE_NEEDS_LOG = pgtrigger.Trigger(
    name="state_needs_log",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("state"),  # type: ignore[no-untyped-call]
    timing=pgtrigger.Deferred,
    declare=[("came_from", "TEXT")],
    func="""
    came_from := CASE WHEN TG_OP = 'INSERT' THEN '' ELSE OLD.state END;
    IF came_from <> NEW.state AND NOT EXISTS (
        SELECT 1 FROM workflow_transitionlog
         WHERE subject_type = TG_TABLE_NAME AND subject_id = NEW.id
           AND source = came_from AND target = NEW.state
           AND xid = pg_current_xact_id()::text::bigint) THEN
        RAISE EXCEPTION 'gendan: % % changed to % without its log row', TG_TABLE_NAME, NEW.id, NEW.state;
    END IF;
    RETURN NULL;
    """,
)

STATE_TRIGGERS = [
    STATE_NEEDS_LOG,
    pgtrigger.Protect(name="no_hard_delete", operation=pgtrigger.Delete),
]


@dataclass(frozen=True, slots=True)
class Root:
    """The one document whose lock another's moves take first, and the relations to bring along."""

    model: type[models.Model]
    pk: int
    brings: tuple[str, ...] = ()


class Stateful(ConcurrentTransitionMixin, models.Model):
    """A document with a machine: `state` is moved by `workflow.machine.perform` alone.

    `revision` counts every logged act on the document; it is the ETag and the log's version.
    `lock_with` names the relations that the locked re-read brings along, `found_with` the columns by which the lock
    finds the document's orders.
    """

    revision = models.PositiveIntegerField(_("修订"), default=0, editable=False)

    lock_with: ClassVar[tuple[str, ...]] = ()
    found_with: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True
        triggers: ClassVar = STATE_TRIGGERS

    def refresh_from_db(self, using: str | None = None, fields: Any = None, from_queryset: Any = None) -> None:
        """Read a column that a narrow look-up left out; a whole document is never refreshed, it is read anew.

        The library's own way takes the state's protection off the class meanwhile, for every thread (STYLE 2.1).
        """
        if fields is None:
            raise TypeError("a document is read anew, never refreshed")
        rows = type(self)._base_manager.db_manager(using).filter(pk=self.pk)
        columns = {field.name: field.attname for field in self._meta.concrete_fields}
        self.__dict__.update(rows.values(*(columns.get(name, name) for name in fields)).get())

    def chain_roots(self) -> models.QuerySet[Any] | Root | None:
        """The orders whose locks this document's moves take first, or None when it is a root itself."""
        return None

    def take_roots(self, roots: Iterable[Any]) -> None:
        """Keep the locked roots at hand, so that guards read them and nothing staler."""

    def is_of(self, person: Any) -> bool:
        """Whether the document is this person's business by their own office; what has no order is whoever's acts."""
        order = getattr(self, "order", None)
        return order is None or bool(order.is_of(person))

    @property
    def chain(self) -> str:
        """The hash chain this document's log rows belong to: its order's, or its own."""
        return f"{self._meta.db_table}:{self.pk}"

    @property
    def about(self) -> str:
        """How papers, attachments and duties name this document."""
        return f"{self._meta.db_table}:{self.pk}"
