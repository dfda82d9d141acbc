"""How an act becomes a row of the log."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from parties.models import User
from workflow.deputies import named
from workflow.models import Stateful, TransitionLog


@dataclass(frozen=True, slots=True)
class Words:
    """What a log row says beside who and when: the act, by which article, why, and its old and new values."""

    move: str
    label: str
    article: str
    rule: str
    reason: str = ""
    data: Any = None


def entry(subject: Stateful, words: Words, *, source: str, actor: User) -> TransitionLog:
    """The row that tells this act on a document which already stands where the act brought it."""
    return TransitionLog(
        subject_type=subject._meta.db_table,
        subject_id=subject.pk,
        version=subject.revision,
        move=words.move,
        label=str(words.label),
        source=source,
        target=subject.state,
        actor=actor,
        actor_name=named(actor, subject.is_of),
        reason=words.reason,
        article=words.article,
        rule=words.rule,
        data_text=canonical_data(words.data) if words.data else "",
        chain=subject.chain,
    )


def canonical_data(data: Any) -> str:
    """Old and new values of an act as the log keeps them: sorted keys, no blanks."""
    return json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
