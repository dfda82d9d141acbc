"""`make handbook`: the handbook's pictures, taken from the installation that GENDAN_URL names, one after the other."""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import shutil
import sys
from collections.abc import Callable
from zoneinfo import ZoneInfo

from PIL import Image
from playwright.sync_api import Browser, Error, Locator, Page, Response, sync_playwright

from tests.bench.pictures import QUIET
from tests.bench.talk import accounts
from tests.handbook.shelf import HEAVIEST, LIST, PICTURES, Shot, shots

SITE = os.environ.get("GENDAN_URL", "http://127.0.0.1:8000")
ZONE = os.environ.get("TIME_ZONE") or "Asia/Shanghai"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE = 10_000  # milliseconds
COLOURS = (96, 64, 48, 32, 24, 16)


class Missed(Exception):
    """A picture that could not be taken, and why."""


def settle(page: Page) -> None:
    page.wait_for_load_state("networkidle")


def seen(found: Locator) -> Locator:
    """The first that can be seen: the same words may also stand in a closed dialog."""
    return found.filter(visible=True).first


def labelled(page: Page, label: str) -> Locator:
    """The field of this label; a star or a hint may stand behind it."""
    return seen(page.get_by_label(re.compile(rf"^{re.escape(label)}(\s|$)")))


def day(after: str) -> str:
    return str(dt.datetime.now(ZoneInfo(ZONE)).date() + dt.timedelta(days=int(after)))


def pick(page: Page, group: str, option: str) -> None:
    seen(page.get_by_role("group", name=group).get_by_text(option, exact=True)).click()


# What the list may ask for; "fill 工序 = 印刷" is the verb, then what, then with what.
VERBS: dict[str, Callable[[Page, str, str], object]] = {
    "link": lambda page, name, _: seen(page.get_by_role("link", name=name)).click(),
    "button": lambda page, name, _: seen(page.get_by_role("button", name=name)).click(),
    "open": lambda page, css, _: seen(page.locator(css)).click(),
    "fill": lambda page, label, value: labelled(page, label).fill(value),
    "type": lambda page, label, value: labelled(page, label).press_sequentially(value),
    "key": lambda page, key, _: page.keyboard.press(key),
    "day": lambda page, label, after: labelled(page, label).fill(day(after)),
    "select": lambda page, label, value: labelled(page, label).select_option(label=value),
    "pick": pick,
    "text": lambda page, words, _: seen(page.get_by_text(words, exact=True)).click(),
    "show": lambda page, css, _: page.locator(css).first.evaluate("e => e.scrollIntoView({block: 'start'})"),
    "wait": lambda page, words, _: seen(page.get_by_text(words)).wait_for(),
}


def act(page: Page, step: str) -> None:
    """One step of the list, then wait until the page rests."""
    verb, _, rest = step.partition(" ")
    what, _, value = rest.partition(" = ")
    VERBS[verb](page, what.strip(), value.strip())
    settle(page)


class Gallery:
    """The windows of the people in front of the camera."""

    def __init__(self, browser: Browser) -> None:
        self.browser, self.people = browser, accounts()
        self.windows: dict[tuple[str, int], Page] = {}

    def take(self, shot: Shot) -> int:
        """Go there, do what comes before, take the picture; its weight."""
        page = self.window(shot.person, shot.width)
        page.set_viewport_size({"width": shot.size[0], "height": shot.size[1]})
        broken: list[str] = []
        watch = lambda answer: broken.append(f"{answer.status} {answer.url}") if wrong(answer) else None  # noqa: E731
        page.on("response", watch)
        page.goto(SITE + shot.page)
        settle(page)
        for step in shot.before:
            act(page, step)
        if broken:
            raise Missed("; ".join(broken))
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            raise Missed("the page is wider than the screen")
        weight = keep(shot, page.screenshot(animations="disabled"))
        page.remove_listener("response", watch)
        for step in shot.after:
            act(page, step)
        return weight

    def window(self, person: str, width: int) -> Page:
        """A window of this person, logged in; without a person, a stranger's."""
        if (person, width) not in self.windows:
            context = self.browser.new_context(locale="zh-CN", timezone_id=ZONE, reduced_motion="reduce")
            context.set_default_timeout(PATIENCE)
            page = context.new_page()
            if person:
                log_in(page, person, self.people[person]["password"])
            self.windows[person, width] = page
        return self.windows[person, width]


def wrong(answer: Response) -> bool:
    """A page that is not there, or broke; a refusal (422) may be what the picture shows."""
    return answer.status in {403, 404} or answer.status >= 500


def log_in(page: Page, username: str, password: str) -> None:
    page.goto(f"{SITE}/login/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", password)
    page.click("button[type=submit]")
    settle(page)


def keep(shot: Shot, taken: bytes) -> int:
    """Write it with as many colours as its weight allows."""
    with Image.open(io.BytesIO(taken)) as picture:
        plain = picture.convert("RGB")
    for colours in COLOURS:
        small = plain.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        written = io.BytesIO()
        small.save(written, "PNG", optimize=True)
        if len(written.getvalue()) <= HEAVIEST:
            break
    else:
        raise Missed(f"{len(written.getvalue()) // 1024} KB, more than {HEAVIEST // 1024} KB allow")
    PICTURES.mkdir(exist_ok=True)
    shot.file.write_bytes(written.getvalue())
    return len(written.getvalue())


def main(words: list[str]) -> int:
    """All of the list, or only the named ones where the house is still as it was; what failed is named."""
    failed, total = [], 0
    with sync_playwright() as playwright:
        found = next(filter(None, map(shutil.which, BROWSERS)))
        gallery = Gallery(playwright.chromium.launch(executable_path=found, args=list(QUIET)))
        for shot in [shot for shot in shots() if not words or shot.name in words]:
            try:
                weight = gallery.take(shot)
            except (Missed, Error) as why:
                failed.append(shot.name)
                say(f"{shot.name}: MISSED: {str(why).splitlines()[0]}")
                continue
            total += weight
            say(f"{shot.name}: {weight // 1024} KB")
    say(f"{total // 1024} KB together" + (f"; not taken: {', '.join(failed)} (see {LIST.name})" if failed else ""))
    return 1 if failed else 0


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
