"""The permission matrix: every address of the house × method → who may, and what it addresses (RELIABILITY 5.2).

The rows stand in `pages.py`, `addresses.py` and the modules of `chapters/`, one line each: method, who, about, route.
`who` is

- `closed`: nobody, as soon as the house has people;
- `public`: nobody need log in; `everybody`: whoever is logged in, rows narrowed by relation;
- a right of parties/roles.py; `right!a,b`: its holders without these two, who lack the relation to this document;
- `=a,b`: exactly these two (a relation that no role carries).

`about` is the document of tests/permissions/world.py in the state from which the act starts, or `-`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.permissions.addresses import API, PRODUCTION_API
from tests.permissions.chapters import brought
from tests.permissions.pages import HOUSE, MONEY, ORDERS, OUTSOURCING, REVIEWS, SHIPPING, SHOP

PUBLIC, EVERYBODY, CLOSED, NOTHING = "public", "everybody", "closed", "-"
ADMIN = "admin/"
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
SCANNED = "^[Vv]/(?P<number>[A-Za-z0-9-]{1,40})/(?P<hash8>[A-Za-z0-9]{1,40})/?$"


@dataclass(frozen=True)
class Row:
    """One act at one address."""

    method: str
    who: str
    about: str
    route: str

    def __str__(self) -> str:
        return f"{self.method} /{self.route}"

    @property
    def right(self) -> str:
        """The right of the role table, where it is one."""
        return self.who.split("!")[0] if "." in self.who else ""

    @property
    def named(self) -> tuple[str, ...]:
        """The people who alone may (`=`), or who may not although they hold the right (`!`)."""
        _words, _sign, names = self.who.replace("=", "!").partition("!")
        return tuple(names.split(",")) if names else ()

    @property
    def bound(self) -> bool:
        """Whether somebody who is logged in may still be refused."""
        return self.who not in {PUBLIC, EVERYBODY}

    @property
    def is_api(self) -> bool:
        return self.route.startswith("api/")

    @property
    def template(self) -> str:
        """The address with its parameters in braces."""
        if self.route == SCANNED:
            return "/V/{number}/{hash8}/"
        return "/" + PARAMETER.sub(r"{\1}", self.route)

    @property
    def parameters(self) -> tuple[str, ...]:
        return tuple(re.findall(r"{(\w+)}", self.template))


def _read(*tables: str) -> tuple[Row, ...]:
    lines = [line.split() for table in tables for line in table.splitlines() if line.strip()]
    return tuple(Row(method, who, about, route if route != '""' else "") for method, who, about, route in lines)


ROWS = _read(HOUSE, ORDERS, REVIEWS, SHOP, OUTSOURCING, SHIPPING, MONEY, API, PRODUCTION_API, *brought("ROWS"))
OPEN = tuple(row for row in ROWS if row.who != CLOSED)


def routes_of(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """Every address that the house answers; the admin's own are one rule."""
    patterns: list[Any] = (resolver or get_resolver()).url_patterns
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if route.startswith(ADMIN):
            continue
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from routes_of(pattern, route)
