"""How floors speak without importing upward: facts, questions, contributions; handlers register on start."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from workflow.guards import Refusal

F = TypeVar("F")
Reaction = Callable[[Any], None]
Objection = Callable[[Any], Iterable[Refusal]]
Contribution = Callable[[Any], Any]

REACTIONS: dict[type, list[Reaction]] = defaultdict(list)
OBJECTIONS: dict[type, list[Objection]] = defaultdict(list)
CONTRIBUTIONS: dict[type, list[Contribution]] = defaultdict(list)


def on(fact: type[F]) -> Callable[[Callable[[F], None]], Callable[[F], None]]:
    """Register a reaction of a higher floor to a fact; it runs in the same transaction."""

    def wrap(reaction: Callable[[F], None]) -> Callable[[F], None]:
        REACTIONS[fact].append(reaction)
        return reaction

    return wrap


def announce(fact: object) -> None:
    """Tell the higher floors what has happened; their reactions commit or fail with it."""
    for reaction in REACTIONS[type(fact)]:
        reaction(fact)


def objects_to(question: type[F]) -> Callable[[Callable[[F], Iterable[Refusal]]], Callable[[F], Iterable[Refusal]]]:
    """Register a higher floor's objections to a question asked before a move."""

    def wrap(objection: Callable[[F], Iterable[Refusal]]) -> Callable[[F], Iterable[Refusal]]:
        OBJECTIONS[question].append(objection)
        return objection

    return wrap


def ask(question: object) -> Iterator[Refusal]:
    """Put a question to the higher floors; every objection is a refusal with its article."""
    for objection in OBJECTIONS[type(question)]:
        yield from objection(question)


def contributes(request: type[F]) -> Callable[[Callable[[F], Any]], Callable[[F], Any]]:
    """Register what a higher floor adds to a page or a figure of a lower one."""

    def wrap(contribution: Callable[[F], Any]) -> Callable[[F], Any]:
        CONTRIBUTIONS[request].append(contribution)
        return contribution

    return wrap


def collect(request: object) -> list[Any]:
    """Ask all higher floors for their contribution; one answer each, in floor order."""
    return [contribution(request) for contribution in CONTRIBUTIONS[type(request)]]
