"""Who may by the matrix, and how a row is asked as somebody."""

from __future__ import annotations

from typing import Any

from parties.models import User
from tests.pages import words
from tests.permissions.bodies import body_of
from tests.permissions.matrix import PUBLIC, Row
from tests.permissions.world import World

PREFERRED = ("xiaoli", "laowang", "gm", "director", "finance", "warehouse", "material", "printing_qc", "planning")


def may(row: Row, user: User) -> bool:
    """What the matrix says of this person; the role table says who holds the right."""
    if not row.right:
        return not row.bound or user.username in row.named
    return row.right in user.rights and user.username not in row.named


def one_who_may(row: Row, world: World) -> str:
    """Somebody for whom the act must pass; nobody in particular where one need not log in."""
    able = [name for name, user in world.people if may(row, user)]
    who = min(able, key=lambda name: PREFERRED.index(name) if name in PREFERRED else len(PREFERRED))
    return "" if row.who == PUBLIC else who


def address(row: Row, world: World) -> str:
    """The row's address with the document in it."""
    return row.template.format(**world.of[row.about])


def ask(row: Row, world: World, who: str) -> Any:
    """The row's act, done by somebody, and taken back."""
    return world.ask(who, row.method, address(row, world), body_of(row, world))


def said(answer: Any) -> str:
    """What the answer says against it."""
    return words(answer)[-400:] if "html" in answer["Content-Type"] else answer.content.decode()[:400]
