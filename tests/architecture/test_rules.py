"""What a guard, a move, an objection or a reminder cites exists in the regulation, and a test holds it."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

from workflow import regulation


def cited_by_tests() -> set[str]:
    found: set[str] = set()
    for path in (settings.BASE_DIR / "tests").rglob("test_*.py"):
        for marks in re.findall(r"mark\.rule\(([^)]*)\)", path.read_text()):
            found |= set(re.findall(r'"([^"]+)"', marks))
    return found


def test_every_cited_row_is_in_the_regulation() -> None:
    unknown = {rule for rule, _by in regulation.enforcers() if rule not in regulation.rows()}
    assert not unknown


def test_tests_cite_rows_that_exist() -> None:
    invariants = re.compile(r"[IF][0-9]+")
    assert not {rule for rule in cited_by_tests() if rule not in regulation.rows() and not invariants.fullmatch(rule)}


@pytest.mark.parametrize("rule", sorted({rule for rule, _by in regulation.enforcers()}))
def test_what_is_enforced_is_tested(rule: str) -> None:
    assert rule in cited_by_tests(), f"{rule} is enforced by {[by for r, by in regulation.enforcers() if r == rule]}"
