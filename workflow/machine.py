"""The one door to a state change: lock, ask, change, save, log — in this order, in one transaction (DESIGN §5)."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from parties.models import User
from workflow.columns import changed_fields, stored
from workflow.events import ask
from workflow.guards import Blocked, Guard, Refusal, Right, Stale, WrongState
from workflow.log import Words, entry
from workflow.models import Stateful, TransitionLog
from workflow.models.stateful import Root
from workflow.prepared import locking

M = TypeVar("M", bound=Stateful)
P = ParamSpec("P")
R = TypeVar("R")


@dataclass(slots=True)
class Held:
    """The rows that a transaction holds, and how often it wrote: what was read since its last write is still true."""

    rows: dict[tuple[type, int], Any] = field(default_factory=dict)
    writes: int = 0


_held: ContextVar[Held | None] = ContextVar("held_rows", default=None)


def _wrote() -> None:
    """Something was written in this transaction: what was read before it is asked anew."""
    if (held := _held.get()) is not None:
        held.writes += 1


@dataclass(frozen=True)
class Step:
    """A move as declared on the model: from where, to where, who, what it waits for, by which article."""

    name: str
    label: str
    sources: frozenset[str]
    target: str
    right: Right
    guards: tuple[Guard, ...]
    asks: Callable[[Any], object] | None
    article: str
    rule: str
    driven: bool
    needs_reason: bool
    takes_number: bool
    method: Callable[..., Any]


@dataclass(frozen=True)
class Offer:
    """A move that this person may make from here, with what is still missing (buttons, the API's `moves`)."""

    name: str
    label: str
    article: str
    refusals: tuple[Refusal, ...] = field(default=())
    needs_reason: bool = False

    @property
    def verb(self) -> str:
        """The move as it stands in a URL."""
        return self.name.replace("_", "-")


def together(act: Callable[P, R]) -> Callable[P, R]:
    """Run an act in one transaction, joining the one that is already open (tests' own wrapping apart)."""

    @functools.wraps(act)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        blocks = connection.atomic_blocks
        if blocks and not getattr(blocks[-1], "_from_testcase", False):
            return act(*args, **kwargs)
        with unit_of_work():
            return act(*args, **kwargs)

    return run


@contextmanager
def unit_of_work() -> Iterator[None]:
    """One transaction that remembers which rows it holds: the latest instance of each is not read again."""
    with transaction.atomic():
        token = _held.set(Held())
        try:
            yield
        finally:
            _held.reset(token)


@functools.cache
def steps_of(model: type[Stateful]) -> dict[str, Step]:
    """Every move of a model in the order of its life."""
    found: dict[str, Step] = {}
    for cls in reversed(model.__mro__):
        for name, method in vars(cls).items():
            meta = getattr(method, "_django_fsm", None)
            if meta is not None:
                found[name] = _step(name, method, meta)
    return found


def _step(name: str, method: Callable[..., Any], meta: Any) -> Step:
    first = next(iter(meta.transitions.values()))
    custom = first.custom
    return Step(
        name=name,
        label=custom["label"],
        sources=frozenset(str(source) for source in meta.transitions),
        target=str(first.target),
        right=first.permission,
        guards=tuple(first.conditions),
        asks=custom.get("asks"),
        article=custom["article"],
        rule=custom["rule"],
        driven=custom.get("driven", False),
        needs_reason=custom.get("needs_reason", False),
        takes_number=custom.get("takes_number", False),
        method=method,
    )


def locked(subject: M) -> M:
    """Lock the chain root (the orders) first, then the document, and read both anew; what was handed in is dead."""
    latest = _held.get()
    if latest is not None and latest.rows.get((type(subject), subject.pk)) is subject:
        return subject if subject.__dict__.get("_read_at") == latest.writes else _as_new(subject, latest.writes)
    held = _locked_roots(subject)
    model = type(subject)
    fresh: M | None = locking(model, model.lock_with).find(subject.pk)
    if fresh is None:
        raise model.DoesNotExist
    fresh.take_roots(held)
    expected = getattr(subject, "expected_revision", None)
    if expected is not None and expected != fresh.revision:
        raise Stale(_("别人刚改过这张单，请看过新内容再做"))
    if latest is not None:
        latest.rows.update({(type(row), row.pk): row for row in (*held, fresh)})
        fresh.__dict__["_read_at"] = latest.writes
    return fresh


def _locked_roots(subject: Stateful) -> list[Any]:
    roots = subject.chain_roots()
    if isinstance(roots, Root):
        found = locking(roots.model, roots.brings).find(roots.pk)
        return [found] if found is not None else []
    return list(roots.order_by("pk").select_for_update(no_key=True, of=("self",))) if roots is not None else []


def _as_new(subject: M, writes: int) -> M:
    """A row that this very transaction has locked and saved is as fresh as the table; its answers are forgotten."""
    kept = subject.__dict__
    kept["_read_at"] = writes
    kept.pop("_guard_answers", None)
    for name in [name for name in kept if isinstance(getattr(type(subject), name, None), functools.cached_property)]:
        del kept[name]
    return subject


@together
def begin(subject: M, *, actor: User, label: str, article: str, rule: str, reason: str = "", data: Any = None) -> M:
    """Save a new document in its first state and log its birth."""
    initial = subject._meta.get_field("state").get_default()  # type: ignore[union-attr]
    if subject.state != initial:
        raise WrongState(_("新单据只能从第一个状态开始"))
    subject.revision = 1
    subject.save(force_insert=True)
    _wrote()
    words = Words("create", label, article, rule, reason, data)
    entry(subject, words, source="", actor=actor).save(force_insert=True)
    return subject


@together
def begin_all(subjects: list[M], *, actor: User, label: str, article: str, rule: str) -> list[M]:
    """Save several new documents of one kind and log their births: two statements, however many they are."""
    if not subjects:
        return subjects
    for subject in subjects:
        subject.revision = 1
    type(subjects[0])._base_manager.bulk_create(subjects)
    _wrote()
    words = Words("create", label, article, rule)
    TransitionLog.objects.bulk_create(entry(subject, words, source="", actor=actor) for subject in subjects)
    return subjects


@together
def record(
    subject: M,
    act: str,
    *,
    actor: User,
    label: str,
    article: str,
    rule: str,
    reason: str = "",
    data: Any = None,
    save: bool = True,
) -> M:
    """Log an act that moves no state on a document that `locked` has given; `save` writes its changed fields too."""
    subject.revision += 1
    if save:
        subject.save()
    else:
        type(subject)._base_manager.filter(pk=subject.pk).update(revision=subject.revision)
    _wrote()
    state = subject.state
    words = Words(act, label, article, rule, reason, data)
    entry(subject, words, source=state, actor=actor).save(force_insert=True)
    return subject


@together
def perform(subject: M, move: str, *, actor: User, reason: str = "", data: Any = None, **given: Any) -> M:
    """Lock, ask, change, save, log — and return the fresh document; what was handed in is dead."""
    fresh = locked(subject)
    step = step_from_here(fresh, move)
    may(step, fresh, actor)
    reason = reason.strip()
    if step.needs_reason and not reason:
        raise ValidationError({"reason": _("请写明理由")})
    if refusals := refusals_to(step, fresh):
        raise Blocked(refusals)
    source = fresh.state
    before = stored(fresh)
    getattr(fresh, move)(by=actor, **given)
    fresh.revision += 1
    if step.takes_number:  # last of all, so that the counter row is locked for a moment only
        fresh.take_number()
    fresh.save(update_fields=changed_fields(fresh, before))
    _wrote()
    words = Words(move, step.label, step.article, step.rule, reason, data)
    entry(fresh, words, source=source, actor=actor).save(force_insert=True)
    return fresh


def step_from_here(subject: Stateful, move: str) -> Step:
    """The step, if the machine has it and it starts where the document stands."""
    step = steps_of(type(subject)).get(move)
    state = subject.state
    if step is None or state not in step.sources:
        label = step.label if step else move
        where = subject.get_state_display()
        raise WrongState(_("现在是「%(state)s」，不能「%(move)s」") % {"state": where, "move": label})
    return step


def may(step: Step, subject: Stateful, actor: User) -> None:
    """Raise PermissionDenied, with the sentence, unless this person may make this move on this document."""
    if not step.right.held(subject, actor):
        raise PermissionDenied(_("您没有「%(move)s」的权限") % {"move": step.label})
    if objections := step.right.objections(subject, actor):
        raise PermissionDenied("；".join(refusal.words for refusal in objections))


def refusals_to(step: Step, subject: Stateful) -> tuple[Refusal, ...]:
    """Everything the move still waits for: its guards, then the higher floors' objections."""
    found = [refusal for guard in step.guards for refusal in guard.refusals(subject)]
    if step.asks is not None:
        found.extend(ask(step.asks(subject)))
    return tuple(found)


def offers(subject: Stateful, user: User) -> list[Offer]:
    """The moves this person may make from here, each with what is still missing."""
    return list(_offers(subject, user))


def _offers(subject: Stateful, user: User) -> Iterator[Offer]:
    state = subject.state
    for step in steps_of(type(subject)).values():
        if step.driven or state not in step.sources or not step.right.held(subject, user):
            continue
        refusals = (*step.right.objections(subject, user), *refusals_to(step, subject))
        yield Offer(step.name, str(step.label), step.article, refusals, step.needs_reason)
