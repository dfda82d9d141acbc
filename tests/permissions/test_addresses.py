"""What does not exist and what is not yours are one answer, and no address breaks, whatever is written into it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pytest

from orders.models.seeing import OrderQuerySet
from tests.permissions.bodies import body_of
from tests.permissions.matrix import OPEN, ROWS, Row
from tests.permissions.people import address, may, one_who_may
from tests.permissions.world import World

SHARED = {"customer", "product", "carrier", "processor", "verify"}  # master data and what is public belong to nobody
OWNED = [row for row in ROWS if row.parameters and row.about not in SHARED]
LOOKED_UP = {row.route: row for row in ROWS if row.parameters}.values()  # one act for each address
STRANGERS = ("xiaochen", "hr")
ABSENT: dict[str, Any] = {"pk": 99999999, "number": "GD26-999999"}
GARBAGE = ("%00", "9" * 31, "..%2f..%2fetc", quote("１２３"), "%ff%fe", "x" * 400)
TOKENS = re.compile(r'(name="csrfmiddlewaretoken" value="|"X-CSRFToken": ")[^"]*')
MUCH, ODD = "9" * 31, quote("٣'<script>％")
ASKED = {"after": MUCH, "before": f"~{MUCH}", "cursor": MUCH, "page_size": MUCH, "order": ODD, "q": ODD, "chip": ODD,
         "since": "2026-02-30", "from": "0000-00-00", "customer": ODD, "tab": ODD, "view": MUCH}  # fmt: skip


def differences(row: Row, world: World) -> list[str]:
    """Strangers to whom somebody else's document and none at all are not the same."""
    found = []
    for who in STRANGERS:
        theirs, none = (_answer(row, world, who, where) for where in ({}, ABSENT))
        allowed = {404} if may(row, world.cast.people[who]) else {403, 404}
        if theirs != none or theirs[0] not in allowed:
            found.append(f"{who}: {theirs[0]} and {none[0]}")
    return found


def _answer(row: Row, world: World, who: str, where: dict[str, Any]) -> tuple[int, str]:
    given = {**world.of[row.about], **{k: v for k, v in where.items() if k in row.parameters}}
    path = row.template.format(**given)
    answer = world.ask(who, row.method, path, body_of(row, world))
    text = TOKENS.sub("", answer.content.decode()).replace(path, "")
    return answer.status_code, text


@pytest.mark.parametrize("row", OWNED, ids=str)
def test_what_is_not_yours_is_answered_like_what_is_not_there(row: Row, world: World) -> None:
    assert differences(row, world) == []


def test_a_house_where_all_see_all_would_be_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OrderQuerySet, "visible_to", lambda rows, user: rows)
    rows = [
        row for row in OWNED if row.is_api and row.method == "GET" and row.about in {"order.issued", "delivery.draft"}
    ]
    assert rows
    assert [str(row) for row in rows if differences(row, world) == []] == []


@pytest.mark.parametrize("row", LOOKED_UP, ids=str)
def test_no_address_breaks(row: Row, world: World) -> None:
    who, body, broken = one_who_may(row, world), body_of(row, world), []
    for name in row.parameters:
        for garbage in GARBAGE:
            path = row.template.format(**{**world.of[row.about], name: garbage})
            if world.ask(who, row.method, path, body).status_code >= 500:
                broken.append(path)
    assert broken == []


@pytest.mark.parametrize("row", [row for row in OPEN if row.method == "GET" and not row.parameters], ids=str)
def test_no_question_breaks(row: Row, world: World) -> None:
    who, broken = one_who_may(row, world), []
    for name, garbage in ASKED.items():
        path = f"{address(row, world)}?{name}={garbage}"
        if world.ask(who, "GET", path).status_code >= 500:
            broken.append(path)
    assert broken == []


@pytest.mark.parametrize("query", ["q=%00", "order=a%00b", "%00=1"])
@pytest.mark.parametrize("path", ["/orders/", "/deliveries/new/", "/invoices/", "/api/v1/orders/", "/api/v1/carriers/"])
def test_a_nul_is_no_words(path: str, query: str, world: World) -> None:
    who = "finance" if path == "/invoices/" else "xiaoli"
    answer = world.ask(who, "GET", f"{path}?{query}")
    assert (answer.status_code, "problem+json" in answer["Content-Type"]) == (400, path.startswith("/api/"))


def test_a_nul_in_a_form_is_no_words(world: World) -> None:
    assert world.ask("finance", "POST", "/invoices/new/", {"customer": "C001\0"}).status_code == 400
    assert world.ask("xiaoli", "POST", "/deliveries/new/", {"order": "\0"}).status_code == 400


API = [row for row in ROWS if row.route.startswith("api/v1/") and row.method == "GET"]


@pytest.mark.parametrize("row", API, ids=str)
def test_the_api_refuses_a_parameter_that_it_does_not_know(row: Row, world: World) -> None:
    who = one_who_may(row, world)
    for query in ("nonsense=1", "creator__password__startswith=a", "ordering=password"):
        assert world.ask(who, "GET", f"{address(row, world)}?{query}").status_code == 400
