"""What a move waits for (guards), who may make it (rights), and the sentence that says no (refusals)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from parties.models import User


@dataclass(frozen=True, slots=True)
class Refusal:
    """一句话的拒绝：缺什么、按哪一条；`cure` 是能补上它的页面（可空）。"""

    words: str
    article: str
    rule: str
    cure: str = ""


class Blocked(Exception):
    """The move waits for something: every reason at once (HTTP 422)."""

    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__("；".join(refusal.words for refusal in self.refusals))


class WrongState(Exception):
    """The document stands where this move does not start (HTTP 409)."""


class Stale(Exception):
    """Somebody else changed the document since it was read (HTTP 409, with If-Match 412)."""


class Guard:
    """A fact that a move waits for; asked once per locked instance, so the machine and django-fsm see one answer."""

    def __init__(self, asks: Callable[[Any], bool | Iterable[str]], *, words: str, article: str, rule: str) -> None:
        self.asks = asks
        self.words = words
        self.article = article
        self.rule = rule
        self.__name__ = asks.__name__
        self.__doc__ = asks.__doc__

    def __call__(self, subject: Any) -> bool:
        return not self.refusals(subject)

    def refusals(self, subject: Any) -> tuple[Refusal, ...]:
        """Every sentence that stands against the move; empty when the fact holds."""
        if isinstance(subject, tuple):  # a document and a person: asked anew
            return self._ask(subject)
        answers: dict[Guard, tuple[Refusal, ...]] = subject.__dict__.setdefault("_guard_answers", {})
        if self not in answers:
            answers[self] = self._ask(subject)
        return answers[self]

    def _ask(self, subject: Any) -> tuple[Refusal, ...]:
        answer = self.asks(subject)
        if isinstance(answer, bool):
            return () if answer else (Refusal(str(self.words), self.article, self.rule),)
        return tuple(Refusal(str(words), self.article, self.rule) for words in answer)


def guard(words: Any = "", *, article: str, rule: str) -> Callable[[Callable[[Any], bool | Iterable[str]]], Guard]:
    """Make a guard of a question: `-> bool` (True = nothing missing) or `-> Iterable[str]` (sentences missing)."""

    def wrap(asks: Callable[[Any], bool | Iterable[str]]) -> Guard:
        return Guard(asks, words=words, article=article, rule=rule)

    return wrap


class Right:
    """Who may: a right of the role table, narrowed by a relation (`when`), refused by another (`unless`)."""

    def __init__(
        self,
        right: str,
        *,
        when: Callable[[Any, User], bool] | None = None,
        unless: Guard | None = None,
    ) -> None:
        self.right = right
        self.when = when
        self.unless = unless

    def __call__(self, subject: Any, user: User) -> bool:
        return self.held(subject, user) and not self.objections(subject, user)

    def held(self, subject: Any, user: User) -> bool:
        """Whether the person has the right for this very document."""
        return user.may(self.right) and (self.when is None or self.when(subject, user))

    def objections(self, subject: Any, user: User) -> tuple[Refusal, ...]:
        """Why this person, though entitled, may not (separation of duties)."""
        return self.unless._ask((subject, user)) if self.unless else ()
