"""`python -m tests.bench.pictures`: the README's pictures, taken from the installation that GENDAN_URL names."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.bench.talk import Line, accounts

SITE = os.environ.get("GENDAN_URL", "http://127.0.0.1:8000")
FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
CHROMIUM = "/usr/bin/chromium"
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync")


def log_in(page: Page, username: str) -> None:
    """Through the login form, as a person does."""
    page.goto(f"{SITE}/login/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", accounts()[username]["password"])
    page.click("button[type=submit]")
    page.wait_for_load_state()


def main() -> int:
    """An order in production, as its coordinator sees it."""
    rows = Line().get("xiaoli", "orders/?state=producing")["results"]
    number = next((row["number"] for row in rows if row["at_risk"]), rows[0]["number"])
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        log_in(page, "xiaoli")
        page.goto(f"{SITE}/orders/{number}/?tab=follow")
        page.screenshot(path=FOLDER / "order.png")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
