"""What papers asks the chapters: who may see a document's files, and what became known after its paper was issued."""

from collections.abc import Callable
from typing import Protocol

from papers.shapes import Facts
from parties.models import User

MaySee = Callable[[User, int], bool]
Knows = Callable[[int], Facts]

MayRead = Callable[[User, int], bool]

SIGHT: dict[str, MaySee] = {}
NARROWER: dict[str, MayRead] = {}
KNOWLEDGE: dict[str, list[Knows]] = {}


class Document(Protocol):
    """Anything that names itself as papers, attachments and duties name it: `<table>:<id>`."""

    @property
    def about(self) -> str: ...


def sees(table: str) -> Callable[[MaySee], MaySee]:
    """Register, in a chapter's contributions, who may see what is filed on its documents (B7).

    The rule gets the person and the document's id: `@sees("orders_order") def ...(user, pk) -> bool`.
    """

    def wrap(rule: MaySee) -> MaySee:
        SIGHT[table] = rule
        return rule

    return wrap


def reads(kind: str) -> Callable[[MayRead], MayRead]:
    """Register who, of those who see the document, reads this kind of paper on it: `@reads("review")`."""

    def wrap(rule: MayRead) -> MayRead:
        NARROWER[kind] = rule
        return rule

    return wrap


def may_read(user: User, about: str, kind: str) -> bool:
    """Whether this person may read a paper of this kind that is filed on the document."""
    rule = NARROWER.get(kind)
    return may_see(user, about) and (rule is None or rule(user, parted(about)[1]))


def knows(table: str) -> Callable[[Knows], Knows]:
    """Register what a print shows beside the frozen content: acknowledgements, actual dates; several may know."""

    def wrap(answer: Knows) -> Knows:
        KNOWLEDGE.setdefault(table, []).append(answer)
        return answer

    return wrap


def may_see(user: User, about: str) -> bool:
    """Whether this person may see what is filed on the document; where nobody answers, nobody sees."""
    table, pk = parted(about)
    rule = SIGHT.get(table)
    return rule is not None and rule(user, pk)


def facts_about(about: str) -> Facts:
    """What the chapters know of the document by now, together; nothing where none answers."""
    table, pk = parted(about)
    known = Facts()
    for answer in KNOWLEDGE.get(table, []):
        known.update(answer(pk))
    return known


def parted(about: str) -> tuple[str, int]:
    """`orders_order:12` taken apart; a name without a number belongs to no document."""
    table, _, pk = about.partition(":")
    return table, int(pk) if pk.isascii() and pk.isdecimal() else 0


def named(document: Document | str) -> str:
    """The document's name as it is stored."""
    return document if isinstance(document, str) else document.about
