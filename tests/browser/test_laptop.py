"""手提电脑 1280 宽：固定宽的列占满以后，剩给最后那一列的还得写得下字。"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.stage import People, picture
from tests.cast import Cast, draft

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
LEGIBLE = 60  # pixels: four characters in a line


def width_of(page: Page, heading: str) -> float:
    box = page.locator("th", has_text=heading).first.bounding_box()
    return box["width"] if box else 0.0


@pytest.mark.parametrize(("person", "path", "heading"), [
    ("xiaoli", "/orders/", "风险"),
    ("xiaoli", "/orders/{number}/edit/", "后加工"),
])  # fmt: skip
def test_no_column_is_squeezed_out(people: People, cast: Cast, person: str, path: str, heading: str) -> None:
    number = draft(cast).number
    page = people.at(person)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(path.format(number=number))

    assert width_of(page, heading) >= LEGIBLE
    assert page.evaluate("document.documentElement.scrollWidth") == 1280
    picture(page, f"laptop-{heading}")
