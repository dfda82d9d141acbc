"""Who sits at the browser: one logged-in window per person, watched for everything that must not happen in it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, WebError, expect

PASSWORD = "hengcai-yinwu-2026"
DESK, PHONE = (1440, 900), (390, 844)
PATIENCE = 30_000  # milliseconds: a busy machine is slow, not broken
REFUSALS = frozenset({400, 403, 404, 409, 422})
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip

expect.set_options(timeout=PATIENCE)


def gallery() -> Path:
    """Where pictures go: never into the repository."""
    folder = Path(os.environ.get("GENDAN_PICTURES") or Path(tempfile.gettempdir()) / "gendan-pictures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class People:
    """`people.at("xiaoli")`: the window of 李晓雯 on her desk; `people.phone("gm")`: the same person on a phone."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.windows: dict[str, Page] = {}
        self.contexts: list[BrowserContext] = []
        self.wrongs: list[str] = []

    def at(self, username: str, path: str = "") -> Page:
        """Her window at a desk, on this page if one is named."""
        return self._sit(username, DESK, path)

    def phone(self, username: str, path: str = "") -> Page:
        """The same session on a phone."""
        return self._sit(username, PHONE, path)

    def stranger(self, path: str) -> Page:
        """Somebody who is not logged in."""
        page = self._window("")
        page.goto(path)
        return page

    def close(self) -> None:
        for context in self.contexts:
            context.close()

    def _sit(self, username: str, size: tuple[int, int], path: str) -> Page:
        if username not in self.windows:
            self.windows[username] = self._log_in(username)
        page = self.windows[username]
        page.set_viewport_size({"width": size[0], "height": size[1]})
        if path:
            page.goto(path)
        return page

    def _log_in(self, username: str) -> Page:
        page = self._window(username)
        page.goto("/login/")
        page.get_by_label("账号").fill(username)
        page.get_by_label("口令").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url("**/")
        return page

    def _window(self, username: str) -> Page:
        context = self.browser.new_context(
            base_url=self.address, locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce"
        )
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        who = username or "—"
        context.on("console", lambda message: self._hear(who, message))
        context.on("weberror", lambda error: self._break(who, error))
        context.on("response", lambda response: self._receive(who, response))
        return context.new_page()

    def _hear(self, who: str, message: ConsoleMessage) -> None:
        """An error in the console; that a refusal came back is none (those are seen in `_receive`)."""
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.wrongs.append(f"{who}: console: {message.text}")

    def _break(self, who: str, error: WebError) -> None:
        self.wrongs.append(f"{who}: script: {error.error}")

    def _receive(self, who: str, response: Response) -> None:
        asked = f"{response.request.method} {response.url.removeprefix(self.address)}"
        file = "/static/" in response.url
        if response.status >= 400 and (file or response.status not in REFUSALS):
            self.wrongs.append(f"{who}: {response.status} {asked}")


def picture(page: Page, name: str) -> None:
    """Keep how the page looks now: the whole page at a desk, what stands on the screen of a phone."""
    size = page.viewport_size
    page.screenshot(path=gallery() / f"{name}.png", full_page=size is None or size["width"] > PHONE[0])
