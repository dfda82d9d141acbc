"""A lean client of the API for measuring: one kept connection per person, standard library only."""

from __future__ import annotations

import http.client
import json
import os
import time
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

SITE = urlsplit(os.environ.get("GENDAN_URL", "http://127.0.0.1:8000"))


def accounts() -> dict[str, dict[str, str]]:
    """The demo accounts by username."""
    rows = json.loads((Path(os.environ["GENDAN_HOME"]) / "demo-accounts.json").read_text())
    return {row["username"]: row for row in rows}


class Kept(http.client.HTTPConnection):
    """A kept connection that opens itself anew before the server's patience with an idle one ends."""

    IDLE = 2.0

    def __init__(self) -> None:
        super().__init__(SITE.hostname or "127.0.0.1", SITE.port or 80, timeout=60)
        self.used = 0.0

    def fresh(self) -> Kept:
        """This connection, safe to send on."""
        if time.monotonic() - self.used > self.IDLE:
            self.close()
        self.used = time.monotonic()
        return self


class Line:
    """One kept connection; every answer's time is remembered as (what, seconds)."""

    def __init__(self) -> None:
        self.connection = Kept()
        self.times: list[tuple[str, float]] = []
        self.tokens = {name: row["api_token"] for name, row in accounts().items()}

    def send(self, username: str, method: str, path: str, body: Any = None, *, what: str = "") -> dict[str, Any]:
        """Send as this person; anything but a success is an error that shows the answer."""
        headers = {"Authorization": f"Token {self.tokens[username]}", "Content-Type": "application/json"}
        if method == "POST":
            headers["Idempotency-Key"] = str(uuid.uuid4())
        data = None if body is None else json.dumps(body)
        begun = time.perf_counter()
        self.connection.fresh().request(method, f"/api/v1/{path}", data, headers)
        answer = self.connection.getresponse()
        raw = answer.read()
        self.times.append((what or f"{method} {path.split('/')[0]}", time.perf_counter() - begun))
        if answer.status >= 300:
            raise RuntimeError(f"{method} {path} as {username}: {answer.status} {raw[:400].decode(errors='replace')}")
        found: dict[str, Any] = json.loads(raw)
        return found

    def get(self, username: str, path: str) -> dict[str, Any]:
        return self.send(username, "GET", path)

    def post(self, username: str, path: str, body: Any = None) -> dict[str, Any]:
        words = [word for word in path.strip("/").split("/") if not any(character.isdigit() for character in word)]
        return self.send(username, "POST", path, {} if body is None else body, what=" ".join(words))
