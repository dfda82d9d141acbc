"""What every page sends along, and that looking writes nothing (RELIABILITY 5.1, row 3.x)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.permissions.bodies import body_of
from tests.permissions.matrix import OPEN, ROWS, Row
from tests.permissions.people import address, one_who_may, said
from tests.permissions.world import World

GETS = [row for row in OPEN if row.method == "GET"]
STORED = {"files/<int:pk>/", "files/waiting/<int:pk>/"}  # bytes as they were handed in, each under its own policy
HEADERS = {"X-Frame-Options": "DENY", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}


def lacking(answer: Any) -> list[str]:
    """What the answer's headers do not say."""
    policy = answer.headers.get("Content-Security-Policy", "")
    found = [name for name, value in HEADERS.items() if answer.headers.get(name) != value]
    found += [part for part in ("default-src", "object-src 'none'", "base-uri 'none'") if part not in policy]
    found += [part for part in ("unsafe-inline", "unsafe-eval", "http:", "*") if part in policy]
    kept = answer.headers.get("Cache-Control", "")
    return found if "no-store" in kept else [*found, f"Cache-Control: {kept}"]


@pytest.mark.parametrize("row", GETS, ids=str)
def test_looking_writes_nothing_and_is_kept_by_nobody(row: Row, world: World) -> None:
    answer = world.look(one_who_may(row, world), address(row, world), body_of(row, world))
    assert answer.status_code in {200, 202, 302} or row.route == "readyz", (answer.status_code, said(answer))
    if row.route in STORED:
        assert (answer["Cache-Control"], answer["X-Content-Type-Options"]) == ("private, no-cache", "nosniff")
    else:
        assert lacking(answer) == []


def test_a_writing_look_would_be_noticed(world: World) -> None:
    path = address(next(row for row in ROWS if row.route == "orders/<slug:number>/submit/"), world)
    assert world.look("xiaoli", path, method="POST").status_code == 500
    assert world.ask("xiaoli", "POST", path).status_code == 302


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        ("", "/orders/", 302),
        ("xiaoli", "/orders/GD26-999999/", 404),
        ("xiaoli", "/no/such/page/", 404),
        ("xiaoli", "/invoices/new/", 403),
        ("xiaoli", "/orders/?nonsense=1", 400),
        ("", "/api/v1/orders/", 401),
        ("xiaoli", "/api/v1/orders/GD26-999999/", 404),
    ],
)
def test_a_refusal_is_guarded_like_a_page(who: str, path: str, status: int, world: World) -> None:
    answer = world.ask(who, "GET", path)
    assert (answer.status_code, lacking(answer)) == (status, [])
