"""Pages as a supervisor opens them, warm, one after another."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlencode

from tests.bench.talk import SITE, Kept, Line, accounts

ROUNDS = 40


class Browser:
    """Just enough of a browser: cookies, the login form, GET."""

    def __init__(self, username: str) -> None:
        self.connection = Kept()
        self.cookies: dict[str, str] = {}
        self.get("/login/")
        words = {
            "username": username,
            "password": accounts()[username]["password"],
            "csrfmiddlewaretoken": self.cookies["csrftoken"],
        }
        self._send("POST", "/login/", urlencode(words))
        if "sessionid" not in self.cookies:
            raise RuntimeError(f"{username} could not log in")

    def get(self, path: str) -> bytes:
        """The page; anything but 200 is an error."""
        status, body = self._send("GET", path)
        if status != 200:
            raise RuntimeError(f"GET {path}: {status}")
        return body

    def _send(self, method: str, path: str, body: str | None = None) -> tuple[int, bytes]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = f"http://{SITE.netloc}"
        self.connection.fresh().request(method, path, body, headers)
        answer = self.connection.getresponse()
        raw = answer.read()
        for header in answer.headers.get_all("Set-Cookie") or []:
            if found := re.match(r"([^=]+)=([^;]*)", header):
                self.cookies[found[1]] = found[2]
        return answer.status, raw


def browse() -> Iterator[tuple[str, int, list[float]]]:
    """(what, goal in ms, times) of the home page, the lists and an order's page."""
    browser, line = Browser("laowang"), Line()
    number = line.get("laowang", "orders/?state=producing&page_size=1")["results"][0]["number"]
    pages = [
        ("home page, HTML", 80, "/"),
        ("order list of 50 rows, HTML", 60, "/orders/"),
        ("search of the order list, HTML", 60, "/orders/?" + urlencode({"q": "瑞禾"})),
        ("order page, HTML", 80, f"/orders/{number}/"),
    ]
    for what, goal, path in pages:
        yield what, goal, _timed(lambda path=path: browser.get(path))  # type: ignore[misc]
    yield "order list of 50 rows, API", 40, _timed(lambda: line.get("laowang", "orders/"))


def _timed(do: Callable[[], object]) -> list[float]:
    times = []
    for _ in range(3):
        do()
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        do()
        times.append(time.perf_counter() - begun)
    return times
