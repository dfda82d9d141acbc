"""Every page is for everybody: axe finds nothing of WCAG 2.1 A or AA, nothing scrolls sideways (DESIGN 7)."""

from __future__ import annotations

import pytest

from tests.browser.accessible import troubles
from tests.browser.stage import People
from tests.browser.worlds import WORLDS
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize("chapter", WORLDS)
def test_pages_are_accessible_and_fit(people: People, cast: Cast, chapter: str) -> None:
    found = []
    for who, path in WORLDS[chapter](cast):
        page = people.at(who, path) if who else people.stranger(path)
        found += [f"{who} {path} {trouble}" for trouble in troubles(page)]
    assert not found, "\n".join(found)


def test_a_fault_is_found(people: People) -> None:
    page = people.stranger("/login/")
    page.evaluate("document.querySelector('label').remove()")
    page.evaluate("document.querySelector('main').style.width = '2000px'")

    found = troubles(page)

    assert any("label" in one for one in found)
    assert any("scrolls sideways" in one for one in found)
