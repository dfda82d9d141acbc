"""A client that does not give up: the same request with the same key until it is answered."""

import json
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable
from typing import Any

from tests.runtime.house import House

PATIENCE = 60.0


class Persistent:
    """Carries the story's requests; before a step that is in `faults` something is done to the house."""

    def __init__(self, house: House, faults: dict[str, Callable[[], object]]) -> None:
        self.site, self.faults = f"http://127.0.0.1:{house.port}/api/v1/", dict(faults)
        accounts = json.loads((house.home / "demo-accounts.json").read_text())
        self.tokens = {row["username"]: row["api_token"] for row in accounts}
        self.repeated = 0

    def get(self, username: str, path: str) -> dict[str, Any]:
        return self.ask(username, path, None)

    def post(self, username: str, path: str, body: Any = None) -> dict[str, Any]:
        fault = self.faults.pop(path.strip("/").split("/")[-1], None)
        if fault:
            fault()
        return self.ask(username, path, json.dumps(body or {}).encode())

    def ask(self, username: str, path: str, data: bytes | None) -> dict[str, Any]:
        headers = {"Authorization": f"Token {self.tokens[username]}", "Content-Type": "application/json"}
        request = urllib.request.Request(self.site + path, data, headers | {"Idempotency-Key": str(uuid.uuid4())})
        end = time.monotonic() + PATIENCE
        while True:
            try:
                with urllib.request.urlopen(request, timeout=20) as reply:
                    found: dict[str, Any] = json.load(reply)
                    return found
            except urllib.error.HTTPError as error:
                if error.code < 500 or time.monotonic() > end:
                    raise AssertionError(f"{path}: {error.code} {error.read()[:300].decode()}") from error
            except OSError:
                if time.monotonic() > end:
                    raise
            self.repeated += 1
            time.sleep(0.2)
