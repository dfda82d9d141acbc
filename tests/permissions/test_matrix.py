"""The matrix holds: who is not in it is refused and leaves no trace, and the same request passes for who is."""

from __future__ import annotations

import pytest
from django.urls import get_resolver

from parties.models import User
from parties.roles import FUNCTION_RIGHTS, Role
from tests.permissions.bodies import body_of
from tests.permissions.matrix import ADMIN, CLOSED, NOTHING, OPEN, PUBLIC, ROWS, Row, routes_of
from tests.permissions.people import address, ask, may, one_who_may, said
from tests.permissions.world import World

BOUND = [row for row in ROWS if row.bound]
REDUNDANT = {"xiaochen", "evp", "engineering2", "paper_mfg", "paper_qc", "purchasing", "hr"}  # as somebody else is
BY_FUNCTION = frozenset().union(*FUNCTION_RIGHTS.values())
REFUSED = {403, 404}


def redundant(row: Row, name: str, user: User) -> bool:
    """Same role and function as another; on a page, same role where the function has no say (the API asks all)."""
    alike = user.role == Role.DEPARTMENT and name != "engineering" and row.right not in BY_FUNCTION
    return name in REDUNDANT or (alike and not row.is_api)


def refusals_missing(row: Row, world: World) -> list[str]:
    """Those who may not and are not refused, or leave a trace; a document that they cannot see is 400 in a body."""
    found = []
    for name, user in world.people:
        if may(row, user) or (name not in row.named and redundant(row, name, user)):
            continue
        known = row.parameters or row.about == NOTHING or world.sees(user, row.about)
        answer, traces = world.ask_and_count(name, row.method, address(row, world), body_of(row, world))
        if answer.status_code not in (REFUSED if known else REFUSED | {400}):
            found.append(f"{name}: {answer.status_code}")
        if traces:
            found.append(f"{name} left a trace")
    return found


def test_every_address_of_the_house_is_declared() -> None:
    declared = {row.route for row in ROWS}
    assert set(routes_of()) - declared == set(), "not in the matrix"
    assert declared - set(routes_of()) == set(), "gone, but still in the matrix"
    assert len({(row.method, row.route) for row in ROWS}) == len(ROWS)


def test_every_method_of_an_address_is_declared(world: World) -> None:
    wrong = []
    for route in sorted(set(routes_of())):
        rows = [row for row in ROWS if row.route == route]
        if not rows:
            continue  # the test above names it
        who = "" if rows[0].who == PUBLIC else "director"
        answer = world.ask(who, "BREW", address(rows[0], world))
        allowed = set(answer.headers.get("Allow", "").replace(" ", "").split(",")) - {"HEAD", "OPTIONS"}
        if answer.status_code != 405 or allowed != {row.method for row in rows}:
            wrong.append((route, answer.status_code, allowed))
    assert wrong == []


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_nobody_passes_without_logging_in(row: Row, world: World) -> None:
    answer = ask(row, world, "")
    if row.who == CLOSED:
        assert answer.status_code == 404
    elif row.who == PUBLIC:
        assert answer.status_code in {200, 302, 400, 503}
    elif row.is_api:
        assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    else:
        assert answer["Location"].startswith("/login/?next=/")


@pytest.mark.parametrize("row", BOUND, ids=str)
def test_who_may_not_is_refused_and_leaves_no_trace(row: Row, world: World) -> None:
    assert refusals_missing(row, world) == []


@pytest.mark.parametrize("row", [row for row in OPEN if row.who != PUBLIC], ids=str)
def test_the_same_request_passes_for_who_may(row: Row, world: World) -> None:
    who = one_who_may(row, world)
    answer = ask(row, world, who)
    assert answer.status_code < (400 if row.bound else 401), (who, answer.status_code, said(answer))


ACTS = ("invoices/<int:pk>/issue/", "deliveries/<slug:number>/dispatch/", "orders/<str:number>/authorise-over/")


@pytest.mark.parametrize("act", ACTS)
def test_a_house_without_rights_would_be_noticed(act: str, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    row = next(row for row in ROWS if row.method == "POST" and row.route == f"api/v1/{act}")
    assert refusals_missing(row, world) == []
    monkeypatch.setattr(User, "may", lambda user, right: True)
    assert "sales: 20" in " ".join(refusals_missing(row, world))


def test_the_back_office_is_the_administrators_alone(world: World) -> None:
    site = next(p for p in get_resolver().url_patterns if str(p.pattern) == ADMIN)
    listed = [f"/{ADMIN}", *(f"/{ADMIN}{p.pattern}" for p in site.url_patterns if "<" not in str(p.pattern))]
    for path in (path for path in listed if "^" not in path and "(" not in path):
        passed = [name for name, _user in world.people if world.ask(name, "GET", path).status_code == 200]
        assert set(passed) <= {"admin"} or path.endswith(("login/", "jsi18n/")), (path, passed)
