"""What must always hold (RELIABILITY 2): each floor proves its own, a command and every night ask all of them.

A proof yields a sentence for every break it finds; silence means that it holds.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

import structlog
from django.apps import apps
from django.db import connection
from django.utils.translation import gettext as _

from workflow.history import verify_chain
from workflow.machine import steps_of
from workflow.models import ProofRun, Stateful, TransitionLog

Proof = Callable[[], Iterator[str]]
MOST_NAMED = 1000

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Invariant:
    """One promise by its id of RELIABILITY 2, what it says, and who proves it."""

    id: str
    words: str
    prove: Proof


INVARIANTS: list[Invariant] = []


def proves(id: str, words: str) -> Callable[[Proof], Proof]:
    """Register a proof under the invariant's id."""

    def wrap(prove: Proof) -> Proof:
        INVARIANTS.append(Invariant(id, words, prove))
        return prove

    return wrap


def broken() -> Iterator[str]:
    """Every break of every promise, with the promise's id."""
    for invariant in INVARIANTS:
        for words in invariant.prove():
            yield f"{invariant.id} {words}"


def prove_all() -> ProofRun:
    """自查一遍，记下结果；不对的也写进日志，好让值班的人看见。"""
    begun = time.monotonic()
    found = [words[:500] for words in islice(broken(), MOST_NAMED)]
    for words in found:
        log.error("invariant broken", words=words)
    return ProofRun.objects.create(seconds=round(time.monotonic() - begun, 1), found=found)


def machines() -> list[type[Stateful]]:
    """Every kind of document that has a state."""
    return [model for model in apps.get_models() if issubclass(model, Stateful) and not model._meta.proxy]


@proves("I15", "只走过声明过的动作")
def only_declared_moves() -> Iterator[str]:
    """Each logged step is one that its document's machine declares; an act that is no move keeps the state."""
    seen = TransitionLog.objects.order_by().values_list("subject_type", "move", "source", "target").distinct()
    declared = {model._meta.db_table: steps_of(model) for model in machines()}
    for table, move, source, target in seen:
        step = declared.get(table, {}).get(move)
        born = move == "create" and not source
        stays = step is None and source == target
        walks = step is not None and source in step.sources and target == step.target
        if not (born or stays or walks):
            yield _("%(table)s：「%(move)s」不能从 %(source)s 到 %(target)s") % {
                "table": table, "move": move, "source": source or "-", "target": target,
            }  # fmt: skip


GAPS = """
    SELECT subject_type, subject_id, version FROM (
        SELECT subject_type, subject_id, version, source,
               lag(version, 1, 0) OVER each_one AS before, lag(target, 1, '') OVER each_one AS stood
          FROM workflow_transitionlog
        WINDOW each_one AS (PARTITION BY subject_type, subject_id ORDER BY version)) AS steps
     WHERE version <> before + 1 OR source <> stood ORDER BY 1, 2, 3
"""


@proves("I17", "每张单据的留痕一步接一步")
def log_is_gapless() -> Iterator[str]:
    """Version n exists, so 1 to n-1 exist, each starting where the one before ended."""
    with connection.cursor() as cursor:
        cursor.execute(GAPS)
        for table, pk, version in cursor.fetchall():
            yield _("%(table)s:%(pk)s 的第 %(n)s 步接不上前一步") % {"table": table, "pk": pk, "n": version}


REPLAYED = """
    SELECT document.id FROM {table} AS document
      LEFT JOIN LATERAL (
           SELECT version, target FROM workflow_transitionlog AS step
            WHERE step.subject_type = %s AND step.subject_id = document.id
            ORDER BY version DESC LIMIT 1) AS last ON true
     WHERE last.target IS DISTINCT FROM document.state OR last.version IS DISTINCT FROM document.revision
     ORDER BY 1
"""


@proves("I18", "照留痕重走一遍，就是现在的状态")
def replay_gives_the_state() -> Iterator[str]:
    """The last logged step of every document ends in its present state and carries its present revision."""
    for model in machines():
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(REPLAYED.format(table=connection.ops.quote_name(table)), [table])
            for (pk,) in cursor.fetchall():
                yield _("%(table)s:%(pk)s 的状态与留痕不符") % {"table": table, "pk": pk}


@proves("I46", "留痕的指纹链没有断")
def chains_hold() -> Iterator[str]:
    """The hash chain of every order, and of every document that has none."""
    yield from verify_chain()
