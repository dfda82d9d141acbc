"""Who may see what is filed: each chapter answers for its own documents, papers knows none of them."""

from collections.abc import Callable
from typing import Protocol

from parties.models import User

MaySee = Callable[[User, int], bool]

RULES: dict[str, MaySee] = {}


class Document(Protocol):
    """Anything that names itself as papers, attachments and duties name it: `<table>:<id>`."""

    @property
    def about(self) -> str: ...


def sees(table: str) -> Callable[[MaySee], MaySee]:
    """Register, in a chapter's contributions, who may see what is filed on its documents (B7).

    The rule gets the person and the document's id: `@sees("orders_order") def ...(user, pk) -> bool`.
    """

    def wrap(rule: MaySee) -> MaySee:
        RULES[table] = rule
        return rule

    return wrap


def may_see(user: User, about: str) -> bool:
    """Whether this person may see what is filed on the document; where nobody answers, nobody sees."""
    table, _, pk = about.partition(":")
    rule = RULES.get(table)
    return bool(rule and pk.isascii() and pk.isdecimal() and rule(user, int(pk)))


def named(document: Document | str) -> str:
    """The document's name as it is stored."""
    return document if isinstance(document, str) else document.about
