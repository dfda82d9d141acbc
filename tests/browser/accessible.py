"""What a page must hold for everybody: WCAG 2.1 A and AA as far as axe-core can tell, and no scrolling sideways."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from playwright.sync_api import Page

from tests.browser.stage import DESK, PHONE

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
RUN = """async (levels) => {
    const found = await axe.run(document, {
        runOnly: {type: "tag", values: levels}, resultTypes: ["violations"], preload: false,
    });
    return found.violations.map((one) => ({rule: one.id, where: one.nodes.map((node) => node.target.join(" "))}));
}"""
WIDTHS = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"


@cache
def axe() -> str:
    """axe-core's own text; run from outside the page, it needs no hole in the page's policy."""
    return (settings.NODE_MODULES / "axe-core" / "axe.min.js").read_text()


def troubles(page: Page) -> list[str]:
    """Everything that is wrong with the page in front of us, at a desk and on a phone."""
    page.evaluate(axe())
    found = []
    for width, height in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{width}: {words(one)}" for one in page.evaluate(RUN, LEVELS)]
        wide, seen = page.evaluate(WIDTHS)
        found += [f"{width}: scrolls sideways, {wide} > {seen}"] if wide > seen else []
    return found


def words(violation: dict[str, Any]) -> str:
    """One violation in one line: the rule and the first places."""
    places = violation["where"]
    return f"{violation['rule']} × {len(places)}: {', '.join(places[:3])}"
